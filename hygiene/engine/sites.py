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
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


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
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    if found := _SCHEME.match(text):
        text = text[found.end() :]
    text = re.split(r"[/?#\\]", text, maxsplit=1)[0].rpartition("@")[2]
    if text.startswith("["):
        return _address(text[1:].partition("]")[0])
    if text.count(":") > 1:
        return _address(text)
    host = _encoded(text.partition(":")[0].strip("."))
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
