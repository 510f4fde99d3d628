"""Small files of a Firefox profile with a line, or a block of lines, for each site.

Formats of Firefox 153 (`serviceworker.txt` version 12, `cert_override.txt`,
`enumerate_devices.txt`) and of releases up to 110 or so, which kept the tables of strict
transport and of other ways to a host as lines; later ones keep them in slots of fixed
size, with a sum over each, and so go whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, TypeAlias

from hygiene.contract import Kept, Kind, Planned, RemoveTree, ReplaceFile, Tick
from hygiene_checks.browser._sql import unknown_unless
from hygiene_checks.browser.forgetting._bytes import mentions
from hygiene_checks.browser.forgetting._planning import Part, attempt, is_there
from hygiene_checks.browser.forgetting.firefox_texts import line_names

if TYPE_CHECKING:
    from hygiene.contract import Home, Place
    from hygiene_checks.browser.forgetting._naming import Naming

__all__ = ["plan_lines"]

_LARGEST = 16 << 20
"""Bytes; real ones have a few kilobytes."""

Cut: TypeAlias = Callable[["Naming", str], tuple[str, int]]
"""Gives the text without what names the site, and how much went."""


def _lines(naming: Naming, text: str) -> tuple[str, int]:
    lines = text.splitlines(keepends=True)
    left = [line for line in lines if not line_names(naming, line)]
    return "".join(left), len(lines) - len(left)


_END = "#\n"


def _blocks(naming: Naming, text: str) -> tuple[str, int]:
    """`serviceworker.txt`: the version, then a block for each that ends with `#`."""
    head, newline, rest = text.partition("\n")
    blocks = rest.split(_END)
    left = [block for block in blocks[:-1] if not line_names(naming, block)]
    after = _END.join([*left, blocks[-1]])
    return head + newline + after, len(blocks) - 1 - len(left)


_EDITED: tuple[tuple[str, Kept, Cut], ...] = (
    ("serviceworker.txt", Kept.SITE_DATA, _blocks),
    ("cert_override.txt", Kept.CONNECTIONS, _lines),
    ("SiteSecurityServiceState.txt", Kept.CONNECTIONS, _lines),
    ("AlternateServices.txt", Kept.CONNECTIONS, _lines),
    ("SecurityPreloadState.txt", Kept.CONNECTIONS, _lines),
    ("enumerate_devices.txt", Kept.SITE_SETTINGS, _lines),
)
_WHOLE = (
    "SiteSecurityServiceState.bin",
    "AlternateServices.bin",
)


def plan_lines(home: Home, place: Place, naming: Naming) -> Iterator[Planned]:
    """Lines that go, and the files of slots in which the site has one."""
    for name, kept, cut in _EDITED:
        path = f"{place.folder}/{name}"
        part = Part(place, kept, path)
        yield from attempt(place, path, partial(_edited, home, part, naming, cut))
    for name in _WHOLE:
        path = f"{place.folder}/{name}"
        part = Part(place, Kept.CONNECTIONS, path)
        yield from attempt(place, path, partial(_slots, home, part, naming))


def _edited(home: Home, part: Part, naming: Naming, cut: Cut) -> Iterator[Planned]:
    if not is_there(home, part.store):
        return
    data = home.read(part.store, limit=_LARGEST)
    text, number = cut(naming, data.decode("utf-8", "surrogateescape"))
    step = ReplaceFile(
        store=part.store,
        before=sha256(data).hexdigest(),
        after=text.encode("utf-8", "surrogateescape"),
    )
    yield from part.clearing([step] if number else (), {"records": number})


def _slots(home: Home, part: Part, naming: Naming) -> Iterator[Planned]:
    if not is_there(home, part.store):
        return
    entry = home.entry(part.store)
    unknown_unless(entry is not None and entry.kind is Kind.FILE)
    holds = mentions(home, part.store, naming)
    yield from part.clearing(
        [RemoveTree(store=part.store)] if holds else (),
        {"files": 1},
        tick=Tick.ON,
        more=True,
    )
