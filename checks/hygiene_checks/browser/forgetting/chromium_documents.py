"""Members of Chromium's JSON documents that name a site: `Preferences`, and what the
network part of the browser noted. Chromium 156 and older names.

Only members that tell of visits, permissions and connections go. A start page, a list of
own shortcuts or an installed app that names the site is a wish of the person's: it stays.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, EditJson, Json, JsonPath, Kept, Why
from hygiene_checks.browser._sql import unknown_unless
from hygiene_checks.browser.forgetting._bytes import addresses_in
from hygiene_checks.browser.forgetting._planning import attempt

if TYPE_CHECKING:
    from hygiene.contract import Home, Planned
    from hygiene_checks.browser.forgetting._naming import Names
    from hygiene_checks.browser.forgetting.chromium_ground import Ground

__all__ = ["PREFERENCES", "network_notes", "preferences", "sends_to_account"]

PREFERENCES = "Preferences"
_LIMIT = 64 << 20
_UNREAD = frozenset(
    (
        "account_info",
        "gaia_cookie",
        "password_hash_data_list",
        "protection",
        "super_mac",
    )
)
"""Accounts and check sums."""

_EXCEPTIONS = ("profile", "content_settings", "exceptions")
_OF_VISITS = (
    (*_EXCEPTIONS, "site_engagement"),
    (*_EXCEPTIONS, "media_engagement"),
    ("zerosuggest",),
)
"""What only follows from visits, and nobody chose."""

_OF_SITE = (
    _EXCEPTIONS,
    ("profile", "content_settings", "pattern_pairs"),
    ("profile", "per_host_zoom_levels"),
    ("partition", "per_host_zoom_levels"),
    ("zerosuggest",),
    ("media", "engagement"),
    ("translate_site_blocklist",),
    ("translate_site_blocklist_with_time",),
    ("translate_site_blacklist",),
    ("translate_site_blacklist_with_time",),
    ("optimization_guide", "hintsfetcher"),
    ("dns_prefetching",),
    ("privacy_sandbox", "fledge_join_blocked"),
    ("site_isolation",),
    ("safety_hub",),
    ("gcm", "push_messaging_application_id_map"),
    ("custom_handlers", "ignored_protocol_handlers"),
)
"""Members below which whatever names a site may go."""


def preferences(ground: Ground, *, settings: bool) -> Iterator[Planned]:
    """Members of `Preferences` that name the site: with `settings` all that belongs to
    it, else only what follows from visits. What a person set for the site is named then.
    """
    store = ground.path(PREFERENCES)
    plan = partial(_preferences, ground, settings=settings)
    yield from attempt(ground.place, store, plan)
    if settings:
        store = ground.path(_SECURED)
        yield from attempt(ground.place, store, partial(_secured, ground))


_SECURED = "Secure Preferences"
"""Settings with a check sum over each: start pages, tabs that are always open (on Windows
and macOS). A person chose them."""


def _secured(ground: Ground) -> Iterator[Planned]:
    document = _settings(ground.home, ground.path(_SECURED))
    found = [] if document is None else list(_naming(ground.names, document[1], ()))
    yield from ground.stays(Kept.SITE_SETTINGS, _SECURED, len(found))


def _preferences(ground: Ground, *, settings: bool) -> Iterator[Planned]:
    document = _settings(ground.home, ground.path(PREFERENCES))
    if document is None:
        return
    found = list(_naming(ground.names, document[1], ()))
    if not settings:
        found = _below(found, _OF_SITE)
    gone = _below(found, _OF_SITE if settings else _OF_VISITS)
    yield from _edited(ground, PREFERENCES, Kept.SITE_SETTINGS, document[0], gone)
    yield from ground.stays(Kept.SITE_SETTINGS, PREFERENCES, len(found) - len(gone))


def _below(found: Iterable[JsonPath], tops: Collection[JsonPath]) -> list[JsonPath]:
    return [path for path in found if any(path[: len(top)] == top for top in tops)]


def _document(home: Home, store: str) -> tuple[str, Json] | None:
    """The SHA-256 of the file and what it says; None where there is none."""
    if home.entry(store) is None:
        return None
    before = sha256(home.read(store, limit=_LIMIT)).hexdigest()
    return before, home.json(store, drop=_UNREAD, limit=_LIMIT)


def _settings(home: Home, store: str) -> tuple[str, Json] | None:
    """The same of settings, which have names. Raises `CannotLook`."""
    document = _document(home, store)
    unknown_unless(document is None or isinstance(document[1], dict))
    return document


def _edited(
    ground: Ground, name: str, kept: Kept, before: str, gone: Collection[JsonPath]
) -> Iterator[Planned]:
    steps = []
    if gone:
        steps.append(
            EditJson(store=ground.path(name), before=before, remove=tuple(gone))
        )
    yield from ground.part(kept, name).clearing(steps, {"records": len(gone)})


def _naming(names: Names, node: Json, path: JsonPath) -> Iterator[JsonPath]:
    """Paths of members and elements that name the site, none below another."""
    if isinstance(node, dict):
        for name, value in node.items():
            if _pattern_names(names, name):
                yield (*path, name)
            else:
                yield from _naming(names, value, (*path, name))
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from _naming(names, value, (*path, place))
    elif isinstance(node, str) and _text_names(names, node):
        yield path


_WILD = "[*.]"
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*+://")


def _pattern_names(names: Names, text: str) -> bool:
    """Whether one side of a pattern of a content setting (`https://[*.]example.org:443,*`)
    is the site.
    """
    for part in text.split(","):
        bare = part.strip()
        # Matched at the start alone: a search would begin anew at each letter of a word.
        if found := _SCHEME.match(bare):
            bare = bare[found.end() :]
        bare = bare.removesuffix(":*")
        if names.either(part) or names.host(bare.partition("/")[0].removeprefix(_WILD)):
            return True
    return False


def _text_names(names: Names, text: str) -> bool:
    if names.either(text) or _pattern_names(names, text):
        return True
    # Answers of a search service that are kept as one text.
    return text.startswith(")]}'") and any(
        map(names.address, addresses_in(text.encode("utf-8", "ignore")))
    )


def network_notes(ground: Ground) -> Iterator[Planned]:
    """Servers, reports and hashed hosts. On Windows and in some builds the files lie in a
    folder of their own.
    """
    for folder in ("", "Network/"):
        for name, find in (
            ("TransportSecurity", _hashed),
            ("Network Persistent State", _servers),
            ("SCT Auditing Pending Reports", _servers),
        ):
            store = f"{folder}{name}"
            yield from attempt(
                ground.place, ground.path(store), partial(_notes, ground, store, find)
            )


def _notes(
    ground: Ground, name: str, find: Callable[[Names, Json], Iterator[JsonPath]]
) -> Iterator[Planned]:
    document = _document(ground.home, ground.path(name))
    if document is not None:
        gone = list(find(ground.names, document[1]))
        yield from _edited(ground, name, Kept.CONNECTIONS, document[0], gone)


def _hashed(names: Names, document: Json) -> Iterator[JsonPath]:
    """Hosts by hash: `{"sts": [{"host": ...}]}`, before 2020 `{HASH: {...}}`."""
    if not isinstance(document, dict):
        raise CannotLook(Why.UNKNOWN_FORMAT)
    hashes = {_hash(host) for host in names.seen}
    for name, value in document.items():
        if name in hashes:
            yield (name,)
        elif isinstance(value, list):
            for place, each in enumerate(value):
                if isinstance(each, dict) and each.get("host") in hashes:
                    yield (name, place)


def _hash(host: str) -> str:
    """Base64 of the SHA-256 of the name in the form of DNS: each label after its length,
    and a zero.
    """
    wire = bytearray()
    for label in host.encode("utf-8", "surrogateescape").split(b"."):
        wire += bytes([len(label) % 256]) + label
    return b64encode(sha256(wire + b"\0").digest()).decode("ascii")


def _servers(names: Names, document: Json) -> Iterator[JsonPath]:
    """Elements of lists, each about one server, and members named by one."""
    return _records(names, document, ())


def _records(names: Names, node: Json, path: JsonPath) -> Iterator[JsonPath]:
    if isinstance(node, dict):
        for name, value in node.items():
            if _pattern_names(names, name):
                yield (*path, name)
            else:
                yield from _records(names, value, (*path, name))
    elif isinstance(node, list):
        for place, value in enumerate(node):
            if any(_note_names(names, each) for each in _strings(value)):
                yield (*path, place)
            else:
                yield from _records(names, value, (*path, place))


def _strings(node: Json) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for name, value in node.items():
            yield name
            yield from _strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _strings(value)


def _note_names(names: Names, text: str) -> bool:
    if names.either(text):
        return True
    try:
        raw = b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False
    return any(map(names.address, addresses_in(raw)))


_ACCOUNT_UNREAD = frozenset(
    (
        *("content_settings", "extensions", "gaia_cookie", "password_hash_data_list"),
        *("protection", "zerosuggest", "email", "full_name", "given_name"),
        *("picture_url", "last_username", "last_signed_in_username"),
    )
)


def sends_to_account(home: Home, folder: str) -> bool:
    """Whether the browser of this profile is signed in, so that what it keeps may be sent
    to an account: `account_info`, `google.services` and `sync` are absent in a profile
    that never was (Chromium 156). Raises `CannotLook`.
    """
    store = f"{folder}/{PREFERENCES}"
    if home.entry(store) is None:
        return False
    document = home.json(store, drop=_ACCOUNT_UNREAD, limit=_LIMIT)
    return any(
        bool(_at(document, path))
        for path in (
            ("account_info",),
            ("google", "services", "account_id"),
            ("google", "services", "consented_to_sync"),
            ("sync", "has_setup_completed"),
        )
    )


def _at(document: Json, path: tuple[str, ...]) -> Json:
    for name in path:
        document = document.get(name) if isinstance(document, dict) else None
    return document
