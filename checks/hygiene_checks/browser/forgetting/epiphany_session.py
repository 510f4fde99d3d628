"""The open tabs of GNOME Web: `session_state.xml` (43), windows with an `embed` for each
tab, whose way back and forth stands in base64. Every byte that stays is as it was.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as BadBase64
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING
from xml.parsers import expat

from hygiene.contract import (
    CannotLook,
    Kept,
    Planned,
    RemoveTree,
    ReplaceFile,
    Tick,
    Why,
)
from hygiene_checks.browser.forgetting._bytes import addresses_in
from hygiene_checks.browser.forgetting._planning import Part, attempt, is_there

if TYPE_CHECKING:
    from hygiene.contract import Home, Place

__all__ = ["plan_session"]

_FILE = "session_state.xml"
_LARGEST = 32 << 20


@dataclass(slots=True, eq=False)
class _Element:
    """One element by the bytes from its `<` on; `end` is behind its `>`."""

    name: str
    attributes: dict[str, str]
    start: int
    end: int = 0
    tabs: list[_Element] = field(default_factory=list)


def plan_session(
    home: Home, place: Place, page: Callable[[str], bool]
) -> Iterator[Planned]:
    """Tabs whose page goes, and the way back and forth of others that has one that does.
    A document that cannot be read goes whole or not at all.
    """
    path = f"{place.folder}/{_FILE}"
    part = Part(place, Kept.OPEN_TABS, path)
    return attempt(place, path, partial(_planned, home, part, page))


def _planned(home: Home, part: Part, page: Callable[[str], bool]) -> Iterator[Planned]:
    if not is_there(home, part.store):
        return
    data = home.read(part.store, limit=_LARGEST)
    try:
        windows = _windows(data)
    except (expat.ExpatError, CannotLook, ValueError, LookupError):
        yield from part.clearing(
            [RemoveTree(store=part.store)], {"files": 1}, tick=Tick.ON, more=True
        )
        return
    cuts, tabs, others = _cuts(data, windows, page)
    step = ReplaceFile(
        store=part.store, before=sha256(data).hexdigest(), after=_without(data, cuts)
    )
    yield from part.clearing([step] if cuts else (), {"items": tabs, "records": others})


def _windows(data: bytes) -> list[_Element]:
    """The windows of the document, each with its tabs. Raises `ExpatError` and
    `CannotLook`.
    """
    parser = expat.ParserCreate()
    way: list[_Element] = []
    windows: list[_Element] = []
    if b"\0" in data:
        # Two bytes a letter: the places of tags could not be told.
        raise CannotLook(Why.UNKNOWN_FORMAT)

    def start(name: str, attributes: dict[str, str]) -> None:
        way.append(_Element(name, attributes, parser.CurrentByteIndex))

    def end(_name: str) -> None:
        element = way.pop()
        opened = data.index(b">", _behind_attributes(data, element.start)) + 1
        empty = data[opened - 2 : opened] == b"/>"
        closed = data.index(b">", parser.CurrentByteIndex) if not empty else opened - 1
        element.end = closed + 1
        if element.name == "embed" and way:
            way[-1].tabs.append(element)
        elif element.name == "window":
            windows.append(element)

    def refuse(*_: object) -> None:
        raise CannotLook(Why.UNKNOWN_FORMAT)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.EntityDeclHandler = refuse
    parser.Parse(data, True)
    return windows


_NAME = re.compile(rb"<[^\s/>]++")
_ATTRIBUTE = re.compile(
    rb"\s++(?P<name>[^\s=]++)\s*+=\s*+(?P<text>\"[^\"]*+\"|'[^']*+')"
)


def _attributes(data: bytes, index: int) -> Iterator[re.Match[bytes]]:
    """The attributes of the tag at `index`, each with the space before it. Matched one
    after the other: what stands in one of their texts is none.
    """
    found = _NAME.match(data, index)
    while found and (found := _ATTRIBUTE.match(data, found.end())):
        yield found


def _behind_attributes(data: bytes, index: int) -> int:
    """Where the tag at `index` has no more of them: a `>` may stand in their texts."""
    return max((each.end() for each in _attributes(data, index)), default=index)


def _attribute(data: bytes, index: int, name: bytes) -> re.Match[bytes] | None:
    return next((e for e in _attributes(data, index) if e["name"] == name), None)


def _cuts(
    data: bytes,
    windows: list[_Element],
    page: Callable[[str], bool],
) -> tuple[list[tuple[int, int, bytes]], int, int]:
    """Stretches of bytes with what stands there instead; tabs and other things."""
    cuts: list[tuple[int, int, bytes]] = []
    tabs = others = 0
    for window in windows:
        going = [each for each in window.tabs if page(each.attributes.get("url", ""))]
        tabs += len(going)
        gone = frozenset(going)
        if going and len(going) == len(window.tabs):
            cuts.append((window.start, window.end, b""))
            continue
        cuts += ((each.start, each.end, b"") for each in going)
        cuts += _active(data, window, gone)
        for each in window.tabs:
            if each not in gone and _leads(page, each.attributes.get("history")):
                found = _attribute(data, each.start, b"history")
                if found:
                    others += 1
                    cuts.append((found.start(), found.end(), b""))
    return cuts, tabs, others


def _active(
    data: bytes, window: _Element, going: frozenset[_Element]
) -> Iterator[tuple[int, int, bytes]]:
    """The number of the tab that is shown, from 0, once others are gone."""
    found = _attribute(data, window.start, b"active-tab")
    written = found["text"][1:-1] if found else b""
    if not found or not written.isdigit() or not going:
        return
    shown = min(int(written[:9]), len(window.tabs) - 1)
    left = [number for number, each in enumerate(window.tabs) if each not in going]
    before = sum(number < shown for number in left)
    new = min(before, len(left) - 1)
    if new != int(written[:9]):
        yield found.start("text") + 1, found.end("text") - 1, b"%d" % new


def _leads(page: Callable[[str], bool], history: str | None) -> bool:
    """Whether a way back and forth leads over a page that goes."""
    try:
        raw = b64decode(history or "", validate=True)
    except (BadBase64, ValueError):
        return True
    return any(map(page, addresses_in(raw)))


def _without(data: bytes, cuts: list[tuple[int, int, bytes]]) -> bytes:
    pieces: list[bytes] = []
    position = 0
    for start, end, instead in sorted(cuts):
        pieces += (data[position:start], instead)
        position = end
    return b"".join((*pieces, data[position:]))
