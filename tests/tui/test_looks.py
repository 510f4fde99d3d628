"""Contrast, colours, sizes, keys: what a person must be able to see."""

from __future__ import annotations

from itertools import product

import pytest
from rich.color import ColorType

from hygiene.contract.phrases import Phrases
from hygiene.tui import colours
from hygiene.tui.first_text import first_text
from hygiene.tui.screens.page import Page
from tests.tui.seeing import lines, seen
from tests.tui.test_leaving import PAGES, go, whole
from tests.tui.visits import SIZES, app

WORDS = Phrases("hygiene", "en")
KEYS_OF_LISTS = {"1 2 3", "Space", "Shift+Down", "Enter"}
PAIRS = [
    *product(("text", "muted", "accent"), ("background", "panel", "quiet")),
    ("cursor_text", "cursor"),
]


def light(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [part / 255 for part in bytes.fromhex(colour[1:])]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.rule("SR-49")
@pytest.mark.parametrize("of", [colours.DARK, colours.LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize(("text", "surface"), PAIRS, ids=str)
def test_every_text_stands_out_from_every_surface(
    of: colours.Colours, text: str, surface: str
) -> None:
    """By 4.5 at least."""
    lights = sorted((light(getattr(of, text)), light(getattr(of, surface))))
    assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5


@pytest.mark.rule("SR-09", "SR-49")
@pytest.mark.parametrize("page", PAGES)
async def test_nothing_shouts_and_no_color_means_none(
    page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With NO_COLOR nothing is drawn but the terminal's own two colours; nothing blinks
    and there is no exclamation mark.
    """
    monkeypatch.setenv("NO_COLOR", "1")
    async with app(whole()).run_test() as pilot:
        await go(pilot, page)
        assert "!" not in seen(pilot.app)
        for strip in pilot.app.screen._compositor.render_strips():
            for segment in strip:
                if (style := segment.style) is not None:
                    assert not style.blink
                    for colour in (style.color, style.bgcolor):
                        assert colour is None or colour.type is ColorType.DEFAULT


@pytest.mark.rule("SR-49")
async def test_without_colour_the_cursor_is_a_mark_and_reversed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Place and shape, not colour alone."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with app(whole()).run_test() as pilot:
        await go(pilot, "check")
        strips = pilot.app.screen._compositor.render_strips()
        here = [strip for strip in strips if strip.text.lstrip().startswith("\u203a")]
        assert len(here) == 1
        assert any(segment.style and segment.style.reverse for segment in here[0])


@pytest.mark.rule("SR-50")
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("page", PAGES)
async def test_the_keys_of_every_page_stand_whole_on_its_last_lines(
    page: str, size: tuple[int, int]
) -> None:
    """No hint is cut or pushed out, at any size, and each does what it says."""
    async with app(whole()).run_test(size=size) as pilot:
        await go(pilot, page)
        screen = pilot.app.screen
        assert isinstance(screen, Page)
        last = " ".join(" ".join(lines(pilot.app)[-6:]).split())
        for hint in screen.hints():
            assert f"{hint.key} {hint.label}" in last
        for hint in [*screen.hints(), *screen.rare_hints()]:
            assert not hint.key.startswith("screens.")
            assert not hint.label.startswith("screens.")
            name = hint.action.removeprefix("screen.").partition("(")[0]
            if hint.key not in KEYS_OF_LISTS:
                assert hasattr(screen, f"action_{name}"), name


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_first_text_stands_where_the_gate_will_have_it(
    width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Name, way out and title on the lines of the gate, within the width."""
    import os

    monkeypatch.setattr(
        os, "get_terminal_size", lambda _: os.terminal_size((width, 24))
    )
    monkeypatch.delenv("COLORTERM", raising=False)
    text = first_text(WORDS, "gate.title", 0x11)
    rows = text.removeprefix("\x1b[2J\x1b[H").split("\r\n")
    assert rows[0].startswith("  hygiene")
    assert rows[0].endswith("Leave now  Ctrl+Q")
    assert len(rows[0]) == width - 2
    assert rows[2] == "  Before you start"


@pytest.mark.rule("SR-49")
def test_the_first_text_has_colours_only_where_they_are_wanted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """True colour and no NO_COLOR."""
    monkeypatch.setenv("COLORTERM", "truecolor")
    assert "48;2;22;27;32m" in first_text(WORDS, "gate.title", 0x11)
    assert "48;2;250;248;244m" in first_text(WORDS, "gate.title", 0x11, "light")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "48;2" not in first_text(WORDS, "gate.title", 0x11)
