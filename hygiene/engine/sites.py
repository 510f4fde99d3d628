"""What a person typed for a site, and the ways it can be meant."""

from __future__ import annotations

import ipaddress
import re
from functools import cache
from typing import TYPE_CHECKING

from hygiene.contract import Site

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

__all__ = ["readings"]

_LONGEST = 2048
"""Characters of an address that was pasted; a host itself has at most 253."""
_LONGEST_HOST = 253
_HOST = re.compile(
    r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*"
)
_SCHEME = re.compile(
    r"(view-source:)?([a-z][a-z0-9+.-]*://|https?:/?(?=[^/]))", re.IGNORECASE
)
_NO_SITE = frozenset(
    {
        *("about", "blob", "brave", "chrome", "chrome-extension", "data", "edge"),
        *("file", "ftp", "http", "https", "javascript", "mailto", "moz-extension"),
        *("opera", "tel", "view-source", "vivaldi"),
    }
)
"""What stands before a colon in an address, and never alone for a site."""
_AROUND = " \t\r\n,;\"'`<>(){}\u201c\u201d\u2018\u2019\u00ab\u00bb"
"""What comes along when a name is copied out of a text."""
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


def readings(text: str) -> tuple[Site, ...]:
    """The sites that `text` can mean, the widest first: a whole domain with all below
    it, then the one host that was typed. Empty where it names none.

    A whole address may be pasted. A name in other letters is turned into the form that
    browsers store (UTS 46). What counts as one domain is the public suffix list's word:
    `example.co.uk`, and `name.github.io` for itself.
    """
    host = _host(text)
    if host is None:
        return ()
    if _is_address(host):
        return (Site(host),)
    domain = _suffixes().privatesuffix(host)
    if domain is None:
        # A name within one network (`localhost`, `router`), or a suffix that belongs
        # to nobody: only itself is meant.
        return (Site(host),)
    whole = Site(domain, below=True)
    return (whole, Site(host))


def _host(text: str) -> str | None:
    """The host of what was typed or pasted, as browsers store it."""
    text = text.strip(_AROUND).removeprefix("*.")
    if not text or len(text) > _LONGEST:
        return None
    if found := _SCHEME.match(text):
        text = text[found.end() :]
    text = re.split(r"[/?#\\]", text, maxsplit=1)[0].rpartition("@")[2]
    if text.startswith("["):
        return _address(text[1:].partition("]")[0])
    if text.count(":") > 1:
        return _address(text)
    name, colon, _ = text.partition(":")
    if colon and name.lower() in _NO_SITE:
        return None
    host = _encoded(name.strip("."))
    if host and not _is_address(host) and _NUMBER.fullmatch(host.rpartition(".")[2]):
        # Another way to write an IP address, which browsers would turn into the usual.
        return None
    return (
        host if host and _HOST.fullmatch(host) and len(host) <= _LONGEST_HOST else None
    )


def _encoded(host: str) -> str | None:
    import idna  # noqa: PLC0415 - tables of letters; rarely needed

    if host.isascii():
        return host.lower()
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return None


def _address(text: str) -> str | None:
    try:
        return str(ipaddress.IPv6Address(text))
    except ValueError:
        return None


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415 - reads its list

    return PublicSuffixList()
