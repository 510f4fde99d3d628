"""Plans for one profile of Safari: its history and downloads, and what lies beside them in
the folders `Library` of the home and of the program's container.

Tables as in published schemas of Safari 15 (`History.db`) and 14 to 16 (the others), not
tried on macOS: a column that is not known stops the plan for its store. What has no
published form goes whole, by a tick, or stays and is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, Clearing, Planned
from hygiene_checks.browser.forgetting._naming import Naming
from hygiene_checks.browser.forgetting._planning import Forgetting, in_store, place_of
from hygiene_checks.browser.forgetting.safari_beside import (
    name_what_has_no_time,
    plan_caches,
    plan_rows_by_host,
    plan_site_data,
    plan_tabs,
    tell_of_site,
)
from hygiene_checks.browser.forgetting.safari_history import (
    clear_history_of_site,
    clear_history_of_span,
)
from hygiene_checks.browser.forgetting.safari_icons import plan_icons
from hygiene_checks.browser.forgetting.safari_lists import (
    downloads_of_site,
    downloads_of_span,
    member,
    searches_of_site,
    searches_of_span,
)

if TYPE_CHECKING:
    from hygiene.contract import Home, Place, Site, Span
    from hygiene_checks.browser._layouts import Profile

__all__ = ["SAFARI"]

_HISTORY = "History.db"
_LOCKS = (_HISTORY, f"{_HISTORY}-shm")
"""Safari, and the service that keeps its history, hold the index of the log."""


def safari_place(home: Home, profile: Profile) -> Place:
    """The profile, and what is locked while it is open. Whoever is signed in to iCloud is
    taken to send the history there: what says otherwise is not in the home.
    """
    try:
        account = home.entry("Library/Preferences/MobileMeAccounts.plist")
        syncs = account is not None and bool(
            member(home.plist(account.path), "Accounts")
        )
    except CannotLook:
        syncs = True
    return place_of(home, profile, map(profile.file, _LOCKS), syncs=syncs)


def plan_site(
    home: Home, profile: Profile, place: Place, site: Site
) -> Iterator[Planned]:
    """Everything in the profile that keeps the site."""
    naming = Naming(site)
    store = profile.file(_HISTORY)
    ask = partial(clear_history_of_site, place, store, naming)
    history = list(in_store(home, place, store, ask))
    parts = [
        *downloads_of_site(home, place, naming),
        *plan_icons(home, place, naming),
        *plan_rows_by_host(home, place, naming),
        *plan_site_data(home, place, naming),
    ]
    yield from parts
    certain = any(isinstance(each, Clearing) for each in (*parts, *history))
    yield from plan_tabs(home, place, naming, certain=certain)
    if certain:
        yield from plan_caches(home, place)
    yield from tell_of_site(home, place, naming, certain=certain)
    yield from searches_of_site(home, place, naming)
    yield from history


def plan_span(
    home: Home, profile: Profile, place: Place, span: Span
) -> Iterator[Planned]:
    """What was done in the profile in that time. Stores that have no times are named."""
    store = profile.file(_HISTORY)
    yield from downloads_of_span(home, place, span)
    yield from searches_of_span(home, place, span)
    ask = partial(clear_history_of_span, place, store, span)
    history = list(in_store(home, place, store, ask))
    if any(isinstance(each, Clearing) for each in history):
        yield from name_what_has_no_time(home, place)
    yield from history


SAFARI = Forgetting(place=safari_place, site=plan_site, span=plan_span)
"""Safari, each of its profiles by itself."""
