"""What could be cleared of one profile of the Chromium family: a site, or a stretch of
time. Stores as in Chromium 156; older and newer ones are met by what they hold.

The history is read first, since it tells what other stores only keep as a hash, and is
yielded last: after a stop, planning again still finds the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from hygiene.contract import (
    CannotLook,
    Clearing,
    Home,
    Kept,
    NotReached,
    Place,
    Planned,
    Platform,
    Site,
    Span,
    Stays,
)
from hygiene_checks.browser.forgetting._naming import Naming, NamingVisited
from hygiene_checks.browser.forgetting._planning import Forgetting, attempt, place_of
from hygiene_checks.browser.forgetting.chromium_bookmarks import bookmarks_of
from hygiene_checks.browser.forgetting.chromium_connections import connections, cookies
from hygiene_checks.browser.forgetting.chromium_documents import (
    network_notes,
    preferences,
    sends_to_account,
)
from hygiene_checks.browser.forgetting.chromium_elsewhere import (
    earlier_versions,
    kept_elsewhere,
)
from hygiene_checks.browser.forgetting.chromium_entries import (
    REMAINS,
    feature_stores,
    page_storage,
)
from hygiene_checks.browser.forgetting.chromium_forms import (
    forms_of_site,
    forms_of_span,
)
from hygiene_checks.browser.forgetting.chromium_ground import Ground
from hygiene_checks.browser.forgetting.chromium_icons import icons
from hygiene_checks.browser.forgetting.chromium_metrics import (
    METRICS,
    metrics,
    roots_of,
)
from hygiene_checks.browser.forgetting.chromium_pages import (
    ARCHIVE,
    HISTORY,
    History,
    history_of_site,
)
from hygiene_checks.browser.forgetting.chromium_sign_ins import sign_ins
from hygiene_checks.browser.forgetting.chromium_storage import site_storage
from hygiene_checks.browser.forgetting.chromium_suggestions import (
    suggestions,
    top_sites,
)
from hygiene_checks.browser.forgetting.chromium_times import history_of_span
from hygiene_checks.browser.forgetting.chromium_whole import (
    caches,
    jump_lists,
    last_downloads,
    old_stores,
    sessions,
)

if TYPE_CHECKING:
    from hygiene_checks.browser._layouts import Profile

__all__ = ["CHROMIUM"]

_LOCKED = (
    "History",
    "Cookies",
    "Network/Cookies",
    "Safe Browsing Cookies",
    "Web Data",
    "Login Data",
    "Login Data For Account",
    "Favicons",
    "Top Sites",
    "Shortcuts",
)
"""Stores that a running browser keeps open and locked. A lock on one of them says that
this very profile is open; those of its user-data folder, that the browser runs."""


def _place(home: Home, profile: Profile) -> Place:
    locks = [profile.file(name) for name in _LOCKED]
    for root in roots_of(profile.folder):
        locks.append(f"{root}/{METRICS}")
        if home.platform is Platform.WINDOWS:
            locks.append(f"{root}/lockfile")
    try:
        syncs = sends_to_account(home, profile.folder)
    except CannotLook:
        # What cannot be told is taken for a profile that sends.
        syncs = True
    return place_of(home, profile, locks, syncs=syncs)


def _plan_site(
    home: Home, profile: Profile, place: Place, site: Site
) -> Iterator[Planned]:
    del profile
    names = Naming(site)
    missed, history = _history(
        place, History(names), partial(history_of_site, home, place, names)
    )
    archive = partial(history_of_site, home, place, names, ARCHIVE)
    kept, bookmarks = bookmarks_of(home, place, names.address)
    ground = Ground(home, place, names, bookmarks)
    parts = [
        *(each for plan in _OF_SITE for each in plan(ground)),
        *preferences(ground, settings=True),
        *metrics(ground),
        *_archived(ground, archive),
    ]
    # A hash can only be looked for when all names are known.
    hashed = [*network_notes(ground), *feature_stores(ground)]
    certain = bool(history.clearings) or any(
        isinstance(each, Clearing) and not each.key.endswith(f":{REMAINS}")
        for each in (*parts, *hashed)
    )
    yield from hashed
    yield from _in_bulk(ground, certain=certain)
    yield from parts
    yield from kept
    yield from ground.stays(Kept.SEARCHES, HISTORY, history.mentions)
    yield from missed
    yield from history.clearings


_OF_SITE: tuple[Callable[[Ground], Iterator[Planned]], ...] = (
    icons,
    suggestions,
    top_sites,
    connections,
    page_storage,
    site_storage,
    cookies,
    sign_ins,
    forms_of_site,
    kept_elsewhere,
)


def _in_bulk(ground: Ground, *, certain: bool) -> Iterator[Planned]:
    yield from sessions(ground, certain=certain)
    yield from caches(ground, certain=certain)
    yield from old_stores(ground, certain=certain)
    yield from jump_lists(ground, certain=certain)


def _history(
    place: Place, none: History, read: Callable[[], History]
) -> tuple[list[Planned], History]:
    """What the history says, and that it could not be read."""
    try:
        return [], read()
    except CannotLook as refusal:
        store = f"{place.folder}/{HISTORY}"
        return [NotReached(store=store, why=refusal.why, program=place.program)], none


def _archived(ground: Ground, read: Callable[[], History]) -> Iterator[Planned]:
    return attempt(ground.place, ground.path(ARCHIVE), lambda: read().clearings)


def _plan_span(
    home: Home, profile: Profile, place: Place, span: Span
) -> Iterator[Planned]:
    del profile
    nothing = History(NamingVisited())
    missed, history = _history(
        place, nothing, partial(history_of_span, home, place, span)
    )
    kept, bookmarks = bookmarks_of(home, place, history.names.address)
    ground = Ground(home, place, history.names, bookmarks)
    yield from forms_of_span(ground, span)
    archive = partial(history_of_span, home, place, span, ARCHIVE)
    yield from _archived(ground, archive)
    if history.clearings:
        yield from sessions(ground, certain=True)
        yield from jump_lists(ground, certain=True)
        yield from last_downloads(ground)
        for plan in _OF_SPAN:
            yield from plan(ground)
        yield from preferences(ground, settings=False)
        yield from metrics(ground)
        yield from _not_by_time(ground)
        yield from earlier_versions(ground)
        yield from kept
    yield from missed
    yield from history.clearings


_OF_SPAN: tuple[Callable[[Ground], Iterator[Planned]], ...] = (
    partial(feature_stores, of_visits=True),
    network_notes,
    icons,
    suggestions,
    top_sites,
    connections,
)


def _not_by_time(ground: Ground) -> Iterator[Planned]:
    """What sites of that time alone left in stores that a stretch of time never takes,
    each store once.
    """
    counts: dict[tuple[str, Kept], int] = {}
    found = [each for plan in _NEVER for each in plan(ground)]
    for each in (*found, *caches(ground, certain=True)):
        if isinstance(each, NotReached):
            yield each
        elif each.kept is Kept.CACHE:
            counts[each.store, each.kept] = 0
        else:
            inside = each.store.removeprefix(f"{ground.place.folder}/")
            place = ground.path(inside.partition("/")[0])
            number = (
                each.count if isinstance(each, Stays) else sum(each.counts.values())
            )
            counts[place, each.kept] = counts.get((place, each.kept), 0) + number
    for (store, kept), count in counts.items():
        yield Stays(kept=kept, place=ground.place, store=store, count=count)


_NEVER: tuple[Callable[[Ground], Iterator[Planned]], ...] = (
    cookies,
    page_storage,
    site_storage,
    sign_ins,
)


CHROMIUM = Forgetting(_place, _plan_site, _plan_span)
