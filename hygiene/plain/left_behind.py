"""What this program leaves behind, in lines (SR-44)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hygiene.report import left_behind

if TYPE_CHECKING:
    from hygiene.plain.page import Page

__all__ = ["tell_left_behind"]


def tell_left_behind(page: Page) -> None:
    """The page, for the system of this session, until `b`."""
    page.head(page.words.say("left.title"))
    page.say("left.intro")
    for mark, sentences in left_behind.told(page.session.platform, page.words):
        page.console.say("", mark, *sentences)
    page.console.say("")
    page.back()
