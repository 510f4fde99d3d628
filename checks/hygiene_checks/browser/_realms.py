"""The site that a stored sign-in is for."""

from __future__ import annotations

from hygiene_checks.browser._hosts import host_of

__all__ = ["site_of"]


def site_of(realm: str) -> str:
    """The host of a realm or address in lower case, without user name, port and path.

    Realms are origins (`https://example.org/`), perhaps with a name behind them
    (`https://example.org/Router`); Android apps (`android://HASH@org.example.app/`,
    where the app's name counts); mail and proxy accounts (`imap://`, `moz-proxy://`);
    and bare hosts in Falkon. What has no host is named by its scheme alone.
    """
    scheme, mark, _ = realm.partition("://")
    host = host_of(realm if mark else f"https://{realm}")
    return host or (f"{scheme}:" if mark else "?")
