"""What could be cleared of the browsers: one site, or what was done in a stretch of time.

Each family has a module of its own that says so for one profile; `FAMILIES` names them.
A profile of any other kind is named as not reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from hygiene.contract import NotChecked, NotReached, Why
from hygiene_checks.browser._places import Family
from hygiene_checks.browser._profiles import Profile, profiles
from hygiene_checks.browser._visit_stores import STORES
from hygiene_checks.browser.forgetting._unfinished import unfinished
from hygiene_checks.browser.forgetting.chromium import CHROMIUM
from hygiene_checks.browser.forgetting.days import days_of, sites_of
from hygiene_checks.browser.forgetting.epiphany import EPIPHANY
from hygiene_checks.browser.forgetting.falkon import FALKON
from hygiene_checks.browser.forgetting.firefox import FIREFOX
from hygiene_checks.browser.forgetting.safari import SAFARI

if TYPE_CHECKING:
    from hygiene.contract import Home, Planned, Site, Span
    from hygiene_checks.browser.forgetting._planning import Forgetting

__all__ = ["FAMILIES", "days_of", "plan_site", "plan_span", "sites_of"]

FAMILIES: Mapping[Family, Forgetting] = {
    Family.CHROMIUM: CHROMIUM,
    Family.FIREFOX: FIREFOX,
    Family.SAFARI: SAFARI,
    Family.EPIPHANY: EPIPHANY,
    Family.FALKON: FALKON,
}


def plan_site(home: Home, site: Site) -> Iterator[Planned]:
    """Everything that keeps the site in any profile of any browser of the home."""
    for profile in profiles(home):
        if isinstance(profile, Profile) and profile.browser.family in FAMILIES:
            family = FAMILIES[profile.browser.family]
            place = family.place(home, profile)
            yield from unfinished(home, place)
            yield from family.site(home, profile, place, site)
        else:
            yield _out_of_reach(profile)


def plan_span(home: Home, span: Span) -> Iterator[Planned]:
    """What was done in a stretch of time, in all browsers or, with a store, in the one
    profile whose history that is.
    """
    for profile in profiles(home):
        if isinstance(profile, Profile) and profile.browser.family in FAMILIES:
            if span.store in (None, _history(profile)):
                family = FAMILIES[profile.browser.family]
                place = family.place(home, profile)
                yield from unfinished(home, place)
                yield from family.span(home, profile, place, span)
        elif span.store is None:
            yield _out_of_reach(profile)


def _history(profile: Profile) -> str:
    return profile.file(STORES[profile.browser.family].file)


def _out_of_reach(found: Profile | NotChecked) -> NotReached:
    if isinstance(found, NotChecked):
        return NotReached(store=found.source, why=found.why, program=found.program)
    return NotReached(
        store=found.folder, why=Why.NOT_SUPPORTED, program=found.browser.name
    )
