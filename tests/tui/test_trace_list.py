"""A list of 100,000 traces sorts, narrows, marks and opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hygiene.contract import Trace, Untrusted
from hygiene.tui.widgets.trace_list import TraceList
from hygiene.tui.widgets.traces import Order, TraceRow, TraceRows
from tests.tui.lists import ListApp
from tests.tui.seeing import lines, seen, until
from tests.tui.visits import sites

if TYPE_CHECKING:
    from textual.pilot import Pilot

MANY = 100_000


@pytest.fixture(scope="module")
def many() -> list[Trace]:
    """A hundred thousand sites."""
    return list(sites(MANY)())


async def filled(pilot: Pilot[None], traces: list[Trace]) -> TraceList:
    """The list with those traces, in batches."""
    rows = pilot.app.query_one(TraceList)
    for at in range(0, len(traces), 500):
        rows.add([TraceRow(each) for each in traces[at : at + 500]])
        if at % 10_000 == 0:
            await pilot.pause()
    await until(pilot, lambda: rows.total == len(traces))
    return rows


def labels(rows: TraceList, number: int = 3) -> list[str]:
    """The first names in view."""
    return [str(rows.trace_at(at).label) for at in range(number)]


async def test_a_hundred_thousand_rows_sort_and_narrow(many: list[Trace]) -> None:
    """The counts are exact, the order right, whatever came in which batch."""
    async with ListApp().run_test(size=(80, 24)) as pilot:
        rows = await filled(pilot, many)
        counts = [rows.trace_at(at).count for at in range(MANY)]
        assert counts == sorted(counts, reverse=True)
        rows.sort(Order.NAME)
        assert labels(rows) == [f"site-{at:06}.example" for at in range(3)]
        rows.sort(Order.LAST)
        times = [str(rows.trace_at(at).last) for at in range(MANY)]
        assert times == sorted(times, reverse=True)
        rows.narrow("0999")
        wanted = [each for each in many if "0999" in str(each.label)]
        assert rows.in_view == len(wanted)
        rows.narrow("")
        assert rows.in_view == MANY


async def test_only_rows_in_view_are_drawn(many: list[Trace]) -> None:
    """End shows the last row, Home the first, pages go by what fits."""
    async with ListApp().run_test(size=(80, 24)) as pilot:
        rows = await filled(pilot, many)
        rows.sort(Order.NAME)
        await pilot.press("end")
        assert rows.cursor == MANY - 1
        assert f"site-{MANY - 1:06}" in seen(pilot.app)
        await pilot.press("home")
        assert "site-000000" in seen(pilot.app)
        await pilot.press("pagedown")
        assert rows.cursor == rows.rows_in_view
        await pilot.press("pageup")
        assert rows.cursor == 0


async def test_narrowing_ignores_case_and_underlines_what_fits() -> None:
    """Also with letters that fold to two."""
    traces = [
        Trace(key=name, label=Untrusted(name), kind="site")
        for name in ("Alpha.example", "beta.EXAMPLE", "Straße.example", "gamma.test")
    ]
    async with ListApp().run_test() as pilot:
        rows = await filled(pilot, traces)
        rows.narrow("EXAMPLE")
        assert rows.in_view == 3
        rows.narrow("strasse")
        assert labels(rows, 1) == ["Straße.example"]
        rows.narrow("example")
        rows.narrow("exam")
        assert rows.in_view == 3


async def test_numbers_stand_right_with_separators() -> None:
    """Columns end at the same place at every width."""
    traces = [
        Trace(key=str(n), label=Untrusted(f"name-{n}"), kind="site", count=n)
        for n in (7, 4321, 1234567)
    ]
    for width in (40, 80, 120):
        async with ListApp().run_test(size=(width, 24)) as pilot:
            await filled(pilot, traces)
            shown = [line for line in lines(pilot.app) if "name-" in line]
            assert [line.split()[-1] for line in shown] == ["1,234,567", "4,321", "7"]
            assert len({len(line) for line in shown}) == 1


async def test_the_last_column_goes_where_there_is_no_room(many: list[Trace]) -> None:
    """At 40 columns name and number, at 80 the last time too."""
    for width, dated in ((40, False), (80, True)):
        async with ListApp().run_test(size=(width, 24)) as pilot:
            await filled(pilot, many[:10])
            assert ("2026" in seen(pilot.app)) is dated


async def test_long_and_wide_names_are_cut_at_cells() -> None:
    """An ellipsis says so; the whole name is told on request."""
    name = "\u5bb6" * 60
    async with ListApp().run_test(size=(40, 10)) as pilot:
        rows = await filled(pilot, [Trace(key="a", label=Untrusted(name), kind="site")])
        assert "…" in seen(pilot.app)
        assert rows.cut_label() == name


async def test_space_marks_and_goes_on(many: list[Trace]) -> None:
    """Marks stay with their rows through sorting and narrowing."""
    async with ListApp().run_test() as pilot:
        rows = await filled(pilot, many[:100])
        rows.sort(Order.NAME)
        await pilot.press("space", "space", "down", "space")
        marked = [str(each.label) for each in rows.marked]
        assert marked == [f"site-{at:06}.example" for at in (0, 1, 3)]
        rows.narrow("nothing has this name")
        rows.sort(Order.LAST)
        assert len(rows.marked) == 3
        rows.narrow("")
        rows.sort(Order.NAME)
        await pilot.press("home", "space")
        assert len(rows.marked) == 2


async def test_shift_and_arrows_mark_a_run(many: list[Trace]) -> None:
    """Going back takes rows out again, earlier marks stay as they were."""
    async with ListApp().run_test() as pilot:
        rows = await filled(pilot, many[:100])
        rows.sort(Order.NAME)
        await pilot.press("down", "down", "space")
        await pilot.press("home", *["shift+down"] * 4)
        assert len(rows.marked) == 5
        await pilot.press(*["shift+up"] * 3)
        assert [str(each.label)[5:11] for each in rows.marked] == [
            "000000",
            "000001",
            "000002",
        ]
        await pilot.press("down", "shift+down")
        assert len(rows.marked) == 4


async def test_enter_and_a_second_click_open_the_row(many: list[Trace]) -> None:
    """A first click only takes the cursor there; the heading opens nothing."""
    app = ListApp()
    async with app.run_test() as pilot:
        rows = await filled(pilot, many[:50])
        await pilot.press("down", "enter")
        assert app.opened == [1]
        await pilot.click(TraceList, offset=(5, 5))
        assert rows.cursor == 4
        assert app.opened == [1]
        await pilot.click(TraceList, offset=(5, 5))
        assert app.opened == [1, 4]
        await pilot.click(TraceList, offset=(5, 0))
        assert app.opened == [1, 4]


async def test_the_cursor_stays_on_its_row_while_rows_come(many: list[Trace]) -> None:
    """Once it was moved; before, it stays on top."""
    async with ListApp().run_test() as pilot:
        rows = await filled(pilot, many[:1000])
        rows.sort(Order.NUMBER)
        await pilot.press("down", "down")
        before = rows.trace_at(rows.cursor)
        rows.add([TraceRow(each) for each in many[1000:3000]])
        await until(pilot, lambda: rows.total == 3000)
        assert rows.trace_at(rows.cursor) is before


async def test_an_empty_list_bears_every_key() -> None:
    """Nothing to move to, mark or open."""
    app = ListApp()
    async with app.run_test() as pilot:
        await pilot.press("down", "up", "end", "home", "pagedown", "space")
        await pilot.press("shift+down", "enter")
        assert app.opened == []
        assert app.query_one(TraceList).marked == []


@pytest.mark.rule("SR-15")
async def test_clearing_forgets_rows_and_marks(many: list[Trace]) -> None:
    """Rows that still wait to appear included."""
    async with ListApp().run_test() as pilot:
        rows = await filled(pilot, many[:100])
        await pilot.press("space")
        rows.add([TraceRow(each) for each in many[100:200]])
        rows.clear()
        await pilot.pause(0.3)
        assert rows.total == 0
        assert rows.marked == []
        assert "site-" not in seen(pilot.app)


def test_sorting_is_stable() -> None:
    """Rows with equal numbers keep the order they had by name."""
    rows = TraceRows()
    rows.add(
        TraceRow(Trace(key=name, label=Untrusted(name), kind="site", count=n % 2))
        for n, name in enumerate("dbca")
    )
    rows.sort(Order.NAME)
    rows.sort(Order.NUMBER)
    assert [each.label for each in rows.view] == ["a", "b", "c", "d"]
