"""What a person is told about a guide before its text."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from hygiene.guides.page import Guide

__all__ = ["notes"]


def notes(guide: Guide, language: str, today: date | None = None) -> list[str]:
    """The keys of the sentences that belong above `guide` where `language` was asked
    for: not translated, translation not reviewed (SR-12), maybe out of date (SR-57).
    """
    said = []
    if guide.language != language:
        said.append("screens.guides.english")
    if guide.translation_waits:
        said.append("screens.guides.translation")
    if guide.may_be_out_of_date(today or datetime.now(UTC).date()):
        said.append("screens.guides.old")
    return said
