"""Lists of Safari in property lists: downloads, and searches among the settings. Keys as in
Safari 14 to 16.
"""

from __future__ import annotations

import plistlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, Kept, Planned, ReplaceFile, Stays, Why
from hygiene_checks.browser._downloads import SAFARI_LIST
from hygiene_checks.browser._hosts import SiteNames
from hygiene_checks.browser.forgetting._planning import Part, attempt, is_there
from hygiene_checks.browser.forgetting.safari_folders import is_main, libraries
from hygiene_checks.browser.forgetting.safari_history import is_in

if TYPE_CHECKING:
    from hygiene.contract import Home, Place, Span
    from hygiene_checks.browser.forgetting._naming import Naming

__all__ = [
    "downloads_of_site",
    "downloads_of_span",
    "member",
    "searches_of_site",
    "searches_of_span",
]

_LARGEST = 8 << 20


def member(value: object, name: str) -> object:
    """A member of a property list; None where there is none."""
    return value.get(name) if isinstance(value, dict) else None


def downloads_of_site(home: Home, place: Place, naming: Naming) -> Iterator[Planned]:
    """Downloads from there."""
    return _downloads(
        home, place, lambda entry: naming.address(entry.get("DownloadEntryURL"))
    )


def downloads_of_span(home: Home, place: Place, span: Span) -> Iterator[Planned]:
    """Downloads that began or ended in that time."""
    return _downloads(home, place, partial(_downloaded, span))


def _downloads(
    home: Home, place: Place, goes: Callable[[dict[str, object]], bool]
) -> Iterator[Planned]:
    """Entries of the download list; the rest is written as it was read."""
    path = f"{place.folder}/{SAFARI_LIST}"
    part = Part(place, Kept.DOWNLOADS, path)
    return attempt(place, path, partial(_listed, home, part, goes))


def _listed(
    home: Home, part: Part, goes: Callable[[dict[str, object]], bool]
) -> Iterator[Planned]:
    if not is_there(home, part.store):
        return
    data = home.read(part.store, limit=_LARGEST)
    stored = home.plist(part.store)
    entries = member(stored, "DownloadHistory")
    if not isinstance(stored, dict) or not isinstance(entries, list):
        raise CannotLook(Why.UNKNOWN_FORMAT)
    left = [each for each in entries if not (isinstance(each, dict) and goes(each))]
    if number := len(entries) - len(left):
        step = ReplaceFile(
            store=part.store,
            before=sha256(data).hexdigest(),
            after=_written(
                {str(name): each for name, each in stored.items()}
                | {"DownloadHistory": left},
                data,
            ),
        )
        yield from part.clearing([step], {"downloads": number})


def _written(stored: dict[str, object], like: bytes) -> bytes:
    """A property list in the form that another one has. Raises `CannotLook`."""
    binary = like.startswith(b"bplist")
    try:
        return plistlib.dumps(
            stored,
            fmt=plistlib.FMT_BINARY if binary else plistlib.FMT_XML,
            sort_keys=False,
        )
    except (TypeError, ValueError, OverflowError, RecursionError):
        raise CannotLook(Why.UNKNOWN_FORMAT) from None


def searches_of_site(home: Home, place: Place, naming: Naming) -> Iterator[Planned]:
    """That searches are the site's name or its address."""
    return _searches(
        home, place, lambda words, _: naming.typed(words) or naming.address(words)
    )


def searches_of_span(home: Home, place: Place, span: Span) -> Iterator[Planned]:
    """That searches are of that time."""
    return _searches(home, place, lambda _, date: _was_then(date, span))


def _searches(
    home: Home, place: Place, wanted: Callable[[object, object], bool]
) -> Iterator[Planned]:
    """Recent searches stand among the settings, which macOS holds in its own memory."""
    for library in libraries(place) if is_main(place) else ():
        path = f"{library}/Preferences/com.apple.Safari.plist"
        yield from attempt(place, path, partial(_recent, home, place, path, wanted))


def _recent(
    home: Home, place: Place, path: str, wanted: Callable[[object, object], bool]
) -> Iterator[Planned]:
    if home.entry(path) is None:
        return
    recent = member(home.plist(path), "RecentWebSearches")
    number = sum(
        wanted(member(each, "SearchString"), member(each, "Date"))
        for each in (recent if isinstance(recent, list) else ())
    )
    if number:
        yield Stays(kept=Kept.SEARCHES, place=place, store=path, count=number)


def _was_then(date: object, span: Span) -> bool:
    """Whether a date of a property list, which has no time zone and is UTC, lies in it."""
    return isinstance(date, datetime) and is_in(
        date if date.tzinfo else date.replace(tzinfo=UTC), span
    )


def _downloaded(span: Span, entry: dict[str, object]) -> bool:
    host = SiteNames().of(entry.get("DownloadEntryURL"))
    return host not in span.left_out and any(
        _was_then(entry.get(name), span)
        for name in ("DownloadEntryDateAddedKey", "DownloadEntryDateFinishedKey")
    )
