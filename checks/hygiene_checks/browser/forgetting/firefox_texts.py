"""Addresses and hosts inside the texts that Firefox stores of them.

Seen in profiles of Firefox 153: origins with attributes (`https://host^partitionKey=...`),
folders of site data, keys of the older web storage, and principals: JSON since Firefox 70
or so, before that and in `referrerInfo`, `policyContainer` and `csp` a binary form in
base64.
"""

from __future__ import annotations

import json
import re
from binascii import Error as BadBase64
from binascii import a2b_base64
from collections.abc import Iterator
from urllib.parse import unquote

from hygiene.contract import Json
from hygiene_checks.browser.forgetting._naming import Naming

__all__ = [
    "addresses_in",
    "attributes_name",
    "folder_names",
    "host_of_store_key",
    "line_names",
    "origin_names",
    "words_name",
]

_LONGEST = 1 << 20
"""Characters of one text that are looked into."""
_DEEPEST = 32


def attributes_name(naming: Naming, suffix: object) -> bool:
    """Whether origin attributes (`^userContextId=1&partitionKey=%28https%2Chost%29`)
    name the site as the one at the top of the window.
    """
    if not isinstance(suffix, str) or "=" not in suffix:
        return False
    return any(map(naming.host, _top_hosts(suffix)))


def _top_hosts(suffix: str) -> Iterator[str]:
    for part in suffix.lstrip("^").split("&"):
        name, _, value = part.partition("=")
        value = unquote(value)
        if name == "firstPartyDomain":
            yield value
        elif name == "partitionKey":
            # `(scheme,host[,port][,f])`; a bare host before Firefox 86.
            fields = value.strip("()").split(",")
            yield fields[1] if len(fields) > 1 else fields[0]


def origin_names(naming: Naming, origin: object) -> bool:
    """Whether an origin, or a bare host, with or without attributes names the site."""
    if not isinstance(origin, str):
        return False
    base, _, suffix = origin.partition("^")
    return naming.either(base) or attributes_name(naming, suffix)


_OLD_PREFIX = re.compile(r"\d+\+[tf]\+")


def folder_names(naming: Naming, name: str) -> bool:
    """Whether the folder of one origin below `storage/` names the site:
    `https+++host+8080^partitionKey=...`; `:` and `/` stand as `+` in it.
    """
    old = _OLD_PREFIX.match(name)
    base, _, suffix = name[old.end() if old else 0 :].partition("^")
    _, mark, rest = base.partition("+++")
    if rest.startswith("["):
        host = rest[1:].partition("]")[0].replace("+", ":")
    else:
        host = rest.partition("+")[0]
    return (bool(mark) and naming.host(host)) or attributes_name(naming, suffix)


def host_of_store_key(key: object) -> str:
    """The host of an `originKey` of the older web storage: `gro.elpmaxe.:https:443`."""
    return key.partition(":")[0][::-1].lstrip(".") if isinstance(key, str) else ""


def addresses_in(text: object) -> Iterator[str]:
    """Whole addresses, and the hosts of origin attributes as addresses, that a text
    holds: one address, a principal, or either of them in JSON or in base64. What stands
    inside another address, in its query say, is not one.
    """
    if not isinstance(text, str) or not text or len(text) > _LONGEST:
        return
    if text[0] in '{["':
        yield from _in_json(text)
    elif "://" in text:
        yield from _in_leaf(text)
    elif not (len(text) < _SHORTEST_BASE64 or text.strip(_BASE64)):
        yield from _in_base64(text)


_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_SHORTEST_BASE64 = 12


def _in_json(text: str) -> Iterator[str]:
    try:
        document: Json = json.loads(text)
    except (ValueError, RecursionError):
        return
    yield from _leaves(document, 0)


def _leaves(value: Json, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    if isinstance(value, str):
        yield from _in_leaf(value)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _in_leaf(name)
            yield from _leaves(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, depth + 1)


_NULL = "moz-nullprincipal:"
"""A principal of nobody; since Firefox 87 or so it says where it came from."""


def _in_leaf(text: str) -> Iterator[str]:
    if text.startswith(_NULL):
        text = text.partition("?")[2]
    address, _, suffix = text.partition("^")
    if "://" in address:
        yield address
    for host in _top_hosts(suffix or text):
        yield f"https://{host}/"


def _in_base64(text: str) -> Iterator[str]:
    try:
        data = a2b_base64(text)
    except (BadBase64, ValueError):
        return
    yield from _in_bytes(data)
    if b"\0h\0t\0t\0p" in data or b"h\0t\0t\0p\0" in data:
        # Policies are kept in two bytes a letter.
        yield from _in_bytes(data.replace(b"\0", b""))


_SCHEME = re.compile(rb"[A-Za-z][A-Za-z0-9+.-]{0,31}\Z")
_REST = re.compile(rb"[^\x00-\x20\"'<>\\`{|}\x7f-\xff;]*")
_KEY = re.compile(rb"\^?(?:partitionKey|firstPartyDomain)=[!-~]*")


def _in_bytes(data: bytes) -> Iterator[str]:
    """Addresses between whatever else there is; time grows with the length alone."""
    position = 0
    while (mark := data.find(b"://", position)) >= 0:
        scheme = _SCHEME.search(data, max(position, mark - 32), mark)
        end = mark + 3
        if (rest := _REST.match(data, end)) is not None:
            end = rest.end()
        if scheme is not None:
            yield from _in_leaf(data[scheme.start() : end].decode("ascii", "replace"))
        position = end
    for key in _KEY.finditer(data):
        for host in _top_hosts(key[0].decode("ascii", "replace")):
            yield f"https://{host}/"


_BETWEEN = re.compile(r"[\s\"'<>()\[\]{},;|]+")


def words_name(naming: Naming, text: object) -> bool:
    """Whether one of the words of a text is the site's name or an address of it."""
    if not isinstance(text, str) or naming.hint not in text.lower():
        return False
    return any(
        naming.address(word if "://" in word else f"http://{word}")
        for word in (each.strip(".:!?") for each in _BETWEEN.split(text[:_LONGEST]))
        if word
    )


_FIELDS = re.compile(r"[\s,;^&=()/|\"']+")


def line_names(naming: Naming, line: str) -> bool:
    """Whether a line of one of Mozilla's small text tables names the site: fields are
    hosts with a port or a mark behind (`host:443`, `host:HSTS`), origins or addresses.
    """
    if naming.hint not in line.lower():
        return False
    return any(
        naming.address(field)
        or any(map(naming.host, (field, *_without_ends(field.split(":")))))
        for field in (*line.split(), *_FIELDS.split(unquote(line)))
    )


def _without_ends(parts: list[str]) -> list[str]:
    return parts if len(parts) > 1 else []
