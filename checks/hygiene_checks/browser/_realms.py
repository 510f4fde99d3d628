"""The site that a stored sign-in is for."""

from __future__ import annotations

import re

from hygiene_checks.browser._hosts import host_of

__all__ = ["site_of"]

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,31})://")
"""More, or other characters, would be something else: a name and a password, say."""


def site_of(realm: str) -> str:
    """The host of a realm or address in lower case, without user name, port and path.

    Realms are origins (`https://example.org/`), perhaps with a name behind them
    (`https://example.org/Router`); Android apps (`android://HASH@org.example.app/`,
    where the app's name counts); mail and proxy accounts (`imap://`, `moz-proxy://`);
    and bare hosts in Falkon. What has no host is named by its scheme alone.
    """
    scheme = _SCHEME.match(realm)
    host = host_of(realm if scheme else f"https://{realm}")
    return host or (f"{scheme[1]}:" if scheme else "?")
