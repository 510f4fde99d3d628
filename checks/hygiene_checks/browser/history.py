"""The check of pages that were visited in web browsers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from hygiene.contract import (
    CheckInfo,
    Finding,
    Group,
    Home,
    Level,
    NotChecked,
    Outcome,
    Planned,
    Progress,
    Site,
    Sitting,
    Span,
    Trace,
    Why,
    or_nothing_found,
)
from hygiene_checks.browser._choices import history_choices
from hygiene_checks.browser._downloads import SAFARI_LIST, safari_downloads
from hygiene_checks.browser._history_settings import history_settings
from hygiene_checks.browser._open_tabs import open_tabs
from hygiene_checks.browser._places import Family
from hygiene_checks.browser._profiles import Profile, profiles
from hygiene_checks.browser._sittings import join_sittings
from hygiene_checks.browser._stock import Stock, Tally
from hygiene_checks.browser._visit_stores import STORES, VisitStore
from hygiene_checks.browser._visits import count_visits, list_sites

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["HistoryCheck"]

_GUIDE = "browser-history"
_FEW = 5
"""Fewer visits and downloads than this are only a note."""


class HistoryCheck:
    """Pages visited in web browsers, profile by profile, by number of."""

    info = CheckInfo(
        id="browser-history",
        group=Group.PAGES,
        words="hygiene_checks.browser",
        headline=("pages",),
    )

    def run(self, home: Home) -> Iterator[Outcome | Progress]:
        """One answer for each history store and download list, and the settings."""
        return or_nothing_found(_answers(home))

    def sittings(self, home: Home) -> Iterable[Sitting]:
        """The sittings of the home, over all browsers and profiles, newest first."""
        return join_sittings(home)

    def plan_site(self, home: Home, site: Site) -> Iterator[Planned]:
        """What all browsers keep of the site, in all of their stores."""
        from hygiene_checks.browser.forgetting import (  # noqa: PLC0415 - only plans need it
            plan_site,
        )

        return plan_site(home, site)

    def plan_span(self, home: Home, span: Span) -> Iterator[Planned]:
        """What was done in the browsers in a stretch of time."""
        from hygiene_checks.browser.forgetting import (  # noqa: PLC0415 - only plans need it
            plan_span,
        )

        return plan_span(home, span)

    def sites_of(self, home: Home, span: Span) -> Iterable[Trace]:
        """The sites that were visited then, each with its pages in that time."""
        from hygiene_checks.browser.forgetting import (  # noqa: PLC0415 - only plans need it
            sites_of,
        )

        return sites_of(home, span)

    def days_of(self, home: Home, store: str) -> Iterable[Trace]:
        """The days on which one history has visits, newest first."""
        from hygiene_checks.browser.forgetting import (  # noqa: PLC0415 - only plans need it
            days_of,
        )

        return days_of(home, store)


def _answers(home: Home) -> Iterator[Outcome]:
    for profile in profiles(home):
        if isinstance(profile, NotChecked):
            yield profile
        elif profile.browser.family is Family.UNSUPPORTED:
            yield NotChecked(profile.folder, Why.NOT_SUPPORTED, profile.browser.name)
        elif profile.browser.family is Family.FOLDER_ONLY:
            yield _folder(profile)
        else:
            yield from _history(home, profile, STORES[profile.browser.family])
            yield from open_tabs(home, profile, _GUIDE)
            yield from history_settings(home, profile, _GUIDE)


def _folder(profile: Profile) -> Finding:
    """Tor Browser keeps no history by default: that it is there is what shows."""
    return Finding(
        topic="tor-browser",
        level=Level.NOTE,
        program=profile.browser.name,
        program_id=profile.browser.id,
        profile=profile.name,
        sources=(profile.folder,),
        guide=_GUIDE,
    )


def _history(home: Home, profile: Profile, store: VisitStore) -> Iterator[Outcome]:
    """Visits and downloads of one profile: found, nothing, or why not."""
    tally = Tally(home, profile.browser.name)
    tally.look(profile.file(store.file), partial(count_visits, store))
    if profile.browser.family is Family.SAFARI:
        tally.look(profile.file(SAFARI_LIST), safari_downloads)
    yield from tally.outcomes(profile.folder, partial(_found, home, profile, store))


def _found(home: Home, profile: Profile, store: VisitStore, tally: Tally) -> Finding:
    finding = replace(
        tally.finding(profile, "browser-history", _level(tally.total), _GUIDE),
        choices=history_choices(profile, tally.sources),
    )
    if not tally.total.counts.get("sites"):
        return finding
    path = profile.file(store.file)
    return replace(finding, traces=partial(list_sites, store, home, path))


def _level(total: Stock) -> Level:
    few = total.counts.get("visits", 0) + total.counts.get("downloads", 0) < _FEW
    return Level.NOTE if few else Level.WORTH_A_LOOK
