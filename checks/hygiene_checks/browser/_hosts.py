"""The site that an address names."""

from __future__ import annotations

import re

from hygiene_checks.browser._bounded import MOST

__all__ = ["SiteNames", "host_of"]

_LONGEST = 255
"""Characters of a host: RFC 1035 allows no more, a hostile store does not care."""

_DIGITS = "0123456789"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*")


def host_of(address: object) -> str | None:
    """The host in lower case, `www.` kept, without user name and port; None where the
    address names none (`file:`, `about:`, `data:`, no text, a port that is no number).
    Never raises: what is malformed gives what stands in the host's place.
    """
    if not isinstance(address, str):
        return None
    scheme, mark, rest = address.partition("://")
    if not mark or not _SCHEME.fullmatch(scheme) or scheme.lower() == "file":
        return None
    end = min((rest.find(each) for each in "/?#\\" if each in rest), default=len(rest))
    host = rest[:end].rpartition("@")[2]
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    else:
        host, _, port = host.partition(":")
        if port.strip(_DIGITS):
            # No port, so no host: a name and a password, with a slash in one of them.
            return None
    return host[:_LONGEST].lower() or None


class SiteNames:
    """`host_of` for very many addresses: each ordinary authority is parsed once."""

    def __init__(self) -> None:
        self._known: dict[str, str | None] = {}

    def of(self, address: object) -> str | None:
        """The same as `host_of(address)`."""
        try:
            scheme, empty, authority, *_ = address.split("/", 3)  # type: ignore[attr-defined]
        except (AttributeError, ValueError, TypeError):
            return host_of(address)
        if empty or scheme not in {"https:", "http:"} or len(authority) > _LONGEST:
            return host_of(address)
        if authority not in self._known:
            if len(self._known) == MOST:
                self._known.clear()
            self._known[authority] = host_of(f"{scheme}//{authority}/")
        return self._known[authority]
