"""The way out is on every page, in the same corner, and asks nothing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, Static

from hygiene.tui.app import HygieneApp
from hygiene.tui.screens.contents import Contents
from hygiene.tui.screens.gate import Gate
from hygiene.tui.widgets.leave_control import LeaveControl
from hygiene.tui.widgets.row_list import RowList
from tests.tui.seeing import lines, until
from tests.tui.test_copies import saving
from tests.tui.visits import Way, app, visit

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from hygiene.wiring import Session

PAGES = {
    "gate": "",
    "help me decide": "d",
    "advice": "d y y y",
    "more": "m",
    "ending": "escape",
    "overview": "l",
    "sittings": "l t",
    "not looked at": "l n",
    "help": "l question_mark",
    "check": "l FULL enter",
    "finding": "l FULL enter enter",
    "names shown": "l FULL enter enter s",
    "typing a search": "l FULL enter enter s slash a",
    "contents": "g",
    "typing in contents": "g slash h",
    "guide": "g enter",
    "finding in a guide": "g enter slash a",
    "guide, scrolled to its end": "g enter end",
    "name of a site": "l f",
    "which site": "l f SITE enter",
    "plan, proof": "l f SITE enter enter PLAN",
    "plan, number": "l f SITE enter enter PLAN n",
    "typing the number": "l f SITE enter enter PLAN n 1",
    "plan, ticks": "l f SITE enter enter PLAN n shift+tab shift+tab",
    "plan, whole lists": "l f SITE enter enter PLAN m",
    "result": "l f SITE enter enter PLAN n 1 4 enter RESULT",
    "one sitting": "l FULL t SITTINGS enter SITES",
    "days": "l FULL enter enter tab tab tab enter DAYS",
    "copies": "l FULL c DRIVES",
    "copies, before saving": "l FULL c DRIVES enter",
    "copies, folder": "l FULL c DRIVES end enter",
    "copies, passphrase": "l FULL c DRIVES end enter FOLDER enter",
    "copies, saved": "l FULL c DRIVES enter tab enter SAVED",
}
"""Keys from the gate to each page; words in capitals wait, or type."""

_WAITS = {
    "FULL": "6 of 6",
    "PLAN": "14 pages of",
    "RESULT": "What became of it",
    "SITTINGS": "3 sittings",
    "SITES": "12 of 12",
    "DAYS": "5 days",
    "DRIVES": "KINGSTON",
    "SAVED": "copies-1",
}
_TYPED = {"SITE": "example.org", "FOLDER": "/tmp/papers"}


async def go(pilot: Pilot[bool], page: str) -> None:
    """Press the keys to a page."""
    for key in PAGES[page].split():
        if wanted := _WAITS.get(key):
            await until(pilot, partial(_is_said, pilot, wanted))
        elif text := _TYPED.get(key):
            await until(pilot, lambda: isinstance(pilot.app.focused, Input))
            pilot.app.screen.query_one(Input).value = text
        else:
            await pilot.press(key)
    await pilot.pause()


def _is_said(pilot: Pilot[bool], text: str) -> bool:
    """Whether the page says it, in view or not."""
    said = [*pilot.app.screen.query(Static), *pilot.app.screen.query(RowList)]
    return any(text in str(each.render()) for each in said)


def whole() -> Session:
    """A session in which every page can be reached."""
    held, _ = saving()
    return held


@pytest.mark.rule("SR-36")
@pytest.mark.parametrize("page", PAGES)
async def test_every_trigger_works_on_every_page(page: str) -> None:
    """Both keys, the control by mouse, the control by keyboard."""
    way = Way()
    async with app(whole(), way).run_test() as pilot:
        await go(pilot, page)
        await pilot.press("ctrl+q")
        assert way.times == 1
        await pilot.press("ctrl+c")
        assert way.times == 2
        await pilot.click(LeaveControl)
        assert way.times == 3
        pilot.app.screen.query_one(LeaveControl).focus()
        await pilot.press("enter")
        assert way.times == 4


@pytest.mark.rule("SR-36", "SR-59")
@pytest.mark.parametrize("size", [(80, 24), (40, 12)], ids=str)
@pytest.mark.parametrize("page", PAGES)
async def test_the_control_is_in_view_and_first_on_every_page(
    page: str, size: tuple[int, int]
) -> None:
    """Whole, in the upper right corner, also after scrolling; first in the order of
    Tab, whatever has the focus when the page opens.
    """
    async with app(whole()).run_test(size=size) as pilot:
        await go(pilot, page)
        assert isinstance(pilot.app.screen.focus_chain[0], LeaveControl)
        await pilot.press("pagedown", "pagedown")
        await pilot.pause()
        assert lines(pilot.app)[0].endswith("Leave now  Ctrl+Q")
        region = pilot.app.screen.query_one(LeaveControl).region
        assert (region.right, region.y) == (size[0] - 2, 0)


@pytest.mark.rule("SR-36")
async def test_another_leave_key_is_shown_and_works() -> None:
    """Ctrl+Q is then an ordinary key."""
    way = Way()
    seen_by = visit(None, way)
    seen_by.leave_key = "Ctrl+X"
    made = HygieneApp(seen_by, [Contents(seen_by)])
    async with made.run_test() as pilot:
        assert lines(made)[0].endswith("Leave now  Ctrl+X")
        await pilot.press("slash", "a", "ctrl+q")
        assert way.times == 0
        await pilot.press("ctrl+x")
        assert way.times == 1
        await pilot.press("ctrl+c")
        assert way.times == 2


@pytest.mark.rule("SR-36")
async def test_escape_is_back_and_never_the_way_out() -> None:
    """From the deepest page to the gate, one page a press."""
    way = Way()
    async with app(whole(), way).run_test() as pilot:
        await go(pilot, "names shown")
        for _ in range(10):
            if isinstance(pilot.app.screen, Gate):
                break
            await pilot.press("escape")
        assert isinstance(pilot.app.screen, Gate)
        assert way.times == 0


@pytest.mark.rule("SR-38", "SR-43", "SR-09")
async def test_what_textual_offers_and_nobody_wants_is_off() -> None:
    """No palette, no selection, no clipboard, no bell, no address opened."""
    made = app()
    async with made.run_test() as pilot:
        assert made.ENABLE_COMMAND_PALETTE is False
        assert made.ALLOW_SELECT is False
        await pilot.press("ctrl+p", "ctrl+backslash")
        assert isinstance(made.screen, Gate)
        made.copy_to_clipboard("canary")
        assert made.clipboard == ""
        made.open_url("https://example.org")
        made.bell()
