"""What stands on the screen, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App
    from textual.pilot import Pilot

__all__ = ["lines", "seen", "until", "words"]

_STEP = 0.02
_STEPS = 500


def lines(app: App[Any]) -> list[str]:
    """The rows of the screen, without blanks at their ends."""
    strips = app.screen._compositor.render_strips()
    return [strip.text.rstrip() for strip in strips]


def seen(app: App[Any]) -> str:
    """The whole screen."""
    return "\n".join(lines(app))


def words(app: App[Any]) -> str:
    """All words of the screen in reading order, one blank between them."""
    return " ".join(seen(app).split())


async def until(pilot: Pilot[Any], true: Callable[[], bool]) -> None:
    """Wait until something holds. Fails with the screen when it never does."""
    for _ in range(_STEPS):
        await pilot.pause()
        if true():
            await pilot.pause()
            return
        await pilot.pause(_STEP)
    raise AssertionError(seen(pilot.app))
