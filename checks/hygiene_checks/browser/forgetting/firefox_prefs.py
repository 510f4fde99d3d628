"""Preferences of a Firefox profile that name the site: `prefs.js` (Firefox 153).

The tiles that were pinned to, or taken from, the new-tab page go; pinned ones are
addresses, the others are marked by the MD5 of theirs, in base64. Other preferences are
the person's own settings (a home page, an exception) and stay.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import partial
from hashlib import md5, sha256
from typing import TYPE_CHECKING

from hygiene.contract import Json, Kept, Planned, ReplaceFile, Stays
from hygiene.contract.formats import mozilla_prefs
from hygiene_checks.browser.forgetting._planning import Part, attempt, is_there
from hygiene_checks.browser.forgetting.firefox_texts import words_name

if TYPE_CHECKING:
    from hygiene.contract import Home, Place
    from hygiene_checks.browser.forgetting._naming import Naming

__all__ = ["plan_prefs"]

_LARGEST = 8 << 20
_PINNED = "browser.newtabpage.pinned"
_BLOCKED = "browser.newtabpage.blocked"
_LINE = re.compile(r"user_pref\(\"([^\"\\]*)\", .*\);[ \t]*(\r?\n)?", re.DOTALL)


def plan_prefs(
    home: Home, place: Place, naming: Naming, addresses: Iterable[str]
) -> Iterator[Planned]:
    """Tiles of the site; `addresses` are those of its pages, as far as they are known."""
    path = f"{place.folder}/prefs.js"
    blocked = frozenset(map(_mark, addresses))
    yield from attempt(place, path, partial(_tiles, home, place, path, naming, blocked))


def _mark(address: str) -> str:
    raw = address.encode("utf-8", "surrogateescape")
    return b64encode(md5(raw, usedforsecurity=False).digest()).decode("ascii")


def _tiles(
    home: Home, place: Place, path: str, naming: Naming, blocked: frozenset[str]
) -> Iterator[Planned]:
    if not is_there(home, path):
        return
    data = home.read(path, limit=_LARGEST)
    lines = data.decode("utf-8", "surrogateescape").splitlines(keepends=True)
    number = settings = 0
    for place_of_line, line in enumerate(lines):
        found = _LINE.fullmatch(line)
        name = found[1] if found else ""
        if name in {_PINNED, _BLOCKED} and found:
            new, gone = _without(name, line, naming, blocked)
            lines[place_of_line] = new + (found[2] or "") if gone else line
            number += gone
        elif words_name(naming, line):
            settings += 1
    step = ReplaceFile(
        store=path,
        before=sha256(data).hexdigest(),
        after="".join(lines).encode("utf-8", "surrogateescape"),
    )
    yield from Part(place, Kept.TOP_SITES, path).clearing(
        [step] if number else (), {"records": number}
    )
    if settings:
        yield Stays(kept=Kept.SITE_SETTINGS, place=place, store=path, count=settings)


def _without(
    name: str, line: str, naming: Naming, blocked: frozenset[str]
) -> tuple[str, int]:
    """The line without the tiles that go, and how many went."""
    try:
        tiles: Json = json.loads(str(mozilla_prefs(line).get(name, "")))
    except (ValueError, RecursionError):
        return line, 0
    kept: Json = tiles
    gone = 0
    if isinstance(tiles, list):
        # A place in the list is a place on the page.
        kept = [None if _is_of(naming, each) else each for each in tiles]
        gone = sum(_is_of(naming, each) for each in tiles)
    elif isinstance(tiles, dict):
        kept = {mark: each for mark, each in tiles.items() if mark not in blocked}
        gone = len(tiles) - len(kept)
    written = json.dumps(json.dumps(kept, separators=(",", ":"), ensure_ascii=False))
    return f'user_pref("{name}", {written});', gone


def _is_of(naming: Naming, tile: Json) -> bool:
    return isinstance(tile, dict) and naming.address(tile.get("url"))
