"""Which clearings are offered beside a finding of a browser profile, narrow first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hygiene_checks.browser._places import Family
from hygiene_checks.browser._visit_stores import STORES

if TYPE_CHECKING:
    from hygiene_checks.browser._layouts import Profile

__all__ = ["CLEARABLE", "history_choices", "site_choice"]

CLEARABLE = frozenset(
    (
        *(Family.CHROMIUM, Family.FIREFOX),
        *(Family.SAFARI, Family.EPIPHANY, Family.FALKON),
    )
)
"""Families that can be planned for."""

_SITE = "forget-site"
_TIMES = ("clear-sitting", "clear-day", "clear-all")


def site_choice(profile: Profile) -> tuple[str, ...]:
    """To forget one site, in all that this profile and the others keep of it."""
    return (_SITE,) if profile.browser.family in CLEARABLE else ()


def history_choices(profile: Profile, sources: Sequence[str]) -> tuple[str, ...]:
    """The same, and times of this very history where it could be read: it is the first
    of the sources then.
    """
    site = site_choice(profile)
    if not site or profile.file(STORES[profile.browser.family].file) not in sources[:1]:
        return site
    return (*site, *_TIMES)
