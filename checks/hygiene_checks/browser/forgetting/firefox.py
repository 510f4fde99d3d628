"""Plans for one profile of a Firefox-family browser.

What keeps the site is told by many small stores, each with a module of its own. Names
are learnt from `places.sqlite`, so that it is cleared last: a second run finds the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from hygiene.contract import (
    CannotLook,
    Clearing,
    Kept,
    NotReached,
    Planned,
    Platform,
)
from hygiene.contract.formats import mozilla_prefs
from hygiene_checks.browser._hosts import host_of
from hygiene_checks.browser.forgetting._naming import Naming
from hygiene_checks.browser.forgetting._planning import (
    Forgetting,
    in_store,
    is_there,
    named_if_there,
    place_of,
)
from hygiene_checks.browser.forgetting.firefox_answers import opened_then
from hygiene_checks.browser.forgetting.firefox_caches import (
    cache_holds,
    name_caches,
    plan_caches,
)
from hygiene_checks.browser.forgetting.firefox_gone import SiteGone, SpanGone
from hygiene_checks.browser.forgetting.firefox_icons import FILE as ICONS
from hygiene_checks.browser.forgetting.firefox_icons import (
    IconsGoing,
    clear_icons,
)
from hygiene_checks.browser.forgetting.firefox_leftovers import plan_leftovers
from hygiene_checks.browser.forgetting.firefox_lines import plan_lines
from hygiene_checks.browser.forgetting.firefox_logins import plan_logins
from hygiene_checks.browser.forgetting.firefox_lone import plan_lone_hosts
from hygiene_checks.browser.forgetting.firefox_named import going_of_site
from hygiene_checks.browser.forgetting.firefox_pages import (
    EVER,
    Going,
    going_of_span,
    pages_at,
)
from hygiene_checks.browser.forgetting.firefox_places import (
    clear_places,
    clear_places_of_site,
)
from hygiene_checks.browser.forgetting.firefox_prefs import plan_prefs
from hygiene_checks.browser.forgetting.firefox_rows import (
    plan_cookies,
    plan_permissions,
    plan_rows,
)
from hygiene_checks.browser.forgetting.firefox_storage import plan_site_data
from hygiene_checks.browser.forgetting.firefox_tabs import plan_tabs
from hygiene_checks.browser.forgetting.firefox_words import (
    plan_forms,
    plan_forms_of_span,
    words_of_span,
)

if TYPE_CHECKING:
    from hygiene.contract import Database, Home, Json, Place, Site, Span
    from hygiene_checks.browser._layouts import Profile
    from hygiene_checks.browser.forgetting.firefox_session import Gone

__all__ = ["FIREFOX"]

_PLACES = "places.sqlite"
_LOCKS = ("places.sqlite", "cookies.sqlite", "favicons.sqlite")
_NOT_TOLD_BY_TIME = (
    (Kept.COOKIES, "cookies.sqlite"),
    (Kept.SITE_DATA, "storage/default"),
    (Kept.SITE_SETTINGS, "permissions.sqlite"),
    (Kept.SIGN_INS, "logins.json"),
)
_Find: TypeAlias = "Callable[[Database], Going]"
_Clear: TypeAlias = "Callable[[Database, Place, str, Going], Iterable[Planned]]"
_NOTHING = Going({}, {}, frozenset())


def firefox_place(home: Home, profile: Profile) -> Place:
    """The profile, what is locked while it is open, and whether it syncs."""
    lock = "parent.lock" if home.platform is Platform.WINDOWS else ".parentlock"
    locks = map(profile.file, (lock, *_LOCKS))
    return place_of(home, profile, locks, syncs=_syncs(home, profile))


def _syncs(home: Home, profile: Profile) -> bool:
    """Whether an account is signed in. What cannot be read counts as yes."""
    try:
        if is_there(home, profile.file("signedInUser.json")):
            return True
        prefs = profile.file("prefs.js")
        if home.entry(prefs) is None:
            return False
        text = home.read(prefs, limit=8 << 20).decode("utf-8", "replace")
    except CannotLook:
        return True
    return bool(mozilla_prefs(text).get("services.sync.username"))


def plan_site(
    home: Home, profile: Profile, place: Place, site: Site
) -> Iterator[Planned]:
    """Everything in the profile that keeps the site."""
    naming = Naming(site)
    going, pages = _pages(
        home,
        place,
        profile.file(_PLACES),
        partial(going_of_site, naming=naming),
        partial(clear_places_of_site, naming=naming),
    )
    icons = partial(_icons_of_site, naming)
    parts = [
        *plan_tabs(home, place, lambda _: (SiteGone(naming), 0), cookies=True),
        *_icons(home, place, going, icons, pages),
        *plan_forms(home, place, naming),
        *plan_permissions(home, place, naming),
        *plan_rows(home, place, naming),
        *plan_site_data(home, place, naming),
        *plan_lines(home, place, naming),
        *plan_prefs(home, place, naming, going.addresses if going else ()),
        *plan_logins(home, place, naming),
        *plan_cookies(home, place, naming),
    ]
    if _is_clearing((*parts, *pages)) or _cached(home, place, naming):
        parts += plan_caches(home, place)
    yield from parts
    yield from plan_leftovers(home, place, naming)
    yield from pages


def _is_clearing(parts: Iterable[Planned]) -> bool:
    return any(isinstance(each, Clearing) for each in parts)


def _cached(home: Home, place: Place, naming: Naming) -> bool:
    try:
        return cache_holds(home, place, naming)
    except CannotLook:
        # Whoever plans for the caches says why.
        return True


def _pages(
    home: Home, place: Place, store: str, find: _Find, clear: _Clear
) -> tuple[Going | None, tuple[Planned, ...]]:
    """What goes, and the parts of the plan for `places.sqlite`, of one state of it. None
    where that cannot be told.
    """

    def ask(database: Database) -> tuple[Going, tuple[Planned, ...]]:
        going = find(database)
        return going, tuple(clear(database, place, store, going))

    try:
        if not is_there(home, store):
            return _NOTHING, ()
        return home.query(store, ask)
    except CannotLook as refusal:
        missed = NotReached(store=store, why=refusal.why, program=place.program)
        return None, (missed,)


def _icons(
    home: Home,
    place: Place,
    going: Going | None,
    icons: Callable[[Going], IconsGoing],
    pages: Iterable[Planned],
) -> Iterator[Planned]:
    """Icons that go. Which of them a bookmark shows must be known for that."""
    store = f"{place.folder}/{ICONS}"
    if going is None:
        for each in pages:
            if isinstance(each, NotReached) and home.entry(store) is not None:
                yield NotReached(store=store, why=each.why, program=place.program)
        return
    ask = partial(clear_icons, place=place, store=store, going=icons(going))
    yield from in_store(home, place, store, ask)


def _icons_of_site(naming: Naming, going: Going) -> IconsGoing:
    return IconsGoing(naming.address, naming.address, going.bookmarked, naming.hint)


def _icons_of_span(going: Going) -> IconsGoing:
    return IconsGoing(
        page=going.addresses.__contains__,
        icon=lambda address: host_of(address) in going.lone_hosts,
        bookmarked=going.bookmarked,
    )


def plan_span(
    home: Home, profile: Profile, place: Place, span: Span
) -> Iterator[Planned]:
    """What was done in the profile in that time. Stores that have no times are named."""
    store = profile.file(_PLACES)
    going, pages = _pages(
        home, place, store, partial(going_of_span, span=span), clear_places
    )
    yield from _icons(home, place, going, _icons_of_span, pages)
    if going is not None and (going.visits or going.everything):
        # What tabs keep of words is known from the form words, which go after them.
        gone = SpanGone(going, words_of_span(home, place, span), span.left_out)
        judge = partial(_judged, home, store, going, gone)
        yield from plan_tabs(home, place, judge, cookies=False)
        yield from plan_lone_hosts(home, place, going)
    if going is not None and going.visits:
        yield from _not_told_by_time(home, place)
        yield from name_caches(home, place)
    yield from plan_forms_of_span(home, place, span)
    yield from pages


def _judged(
    home: Home, store: str, going: Going, gone: SpanGone, document: Json
) -> tuple[Gone, int]:
    """What of a session document goes, and how many pages may have to."""
    try:
        known = partial(_known, home, store)
        sure, perhaps = opened_then(document, gone, going.span or EVER, known)
    except CannotLook:
        # The history was read before: it changes, and the plan is made again.
        return gone, 0
    return gone.with_pages(sure), perhaps


def _known(home: Home, store: str, addresses: Collection[str]) -> Collection[str]:
    """Those of the addresses that the history has."""
    return home.query(store, partial(pages_at, addresses=addresses))


def _not_told_by_time(home: Home, place: Place) -> Iterator[Planned]:
    for kept, name in _NOT_TOLD_BY_TIME:
        yield from named_if_there(home, place, kept, f"{place.folder}/{name}")


FIREFOX = Forgetting(place=firefox_place, site=plan_site, span=plan_span)
"""Firefox, LibreWolf, Waterfox, Zen."""
