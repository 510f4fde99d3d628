"""Settings that decide whether a browser keeps history, and how long."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from hygiene.contract import Home, Switch
from hygiene_checks.browser._chromium_settings import chromium_switch, read_preferences
from hygiene_checks.browser._places import Family
from hygiene_checks.browser._prefs import read_prefs
from hygiene_checks.browser._safari_settings import read_safari
from hygiene_checks.browser._settings import settings

if TYPE_CHECKING:
    from hygiene.contract import Outcome
    from hygiene_checks.browser._layouts import Profile

__all__ = ["history_settings"]

_States: TypeAlias = "Mapping[str, Switch]"


def history_settings(home: Home, profile: Profile, guide: str) -> Iterator[Outcome]:
    """The settings of one profile, or why they cannot be told. A profile that has no
    settings file yet says nothing of them.
    """
    tell = _READERS.get(profile.browser.family)
    if tell is None:
        return iter(())
    return settings(
        home, profile, lambda files: tell(home, profile) if files else {}, guide
    )


_RESTORE = 1
_NEW_TAB_FIRST = ("chromium", "chrome", "edge", "brave")
"""Ids that begin so are of browsers that open a new tab unless told otherwise."""


def _chromium(home: Home, profile: Profile) -> _States:
    """`session.restore_on_startup`: 1 the last tabs, 4 pages of choice, 5 a new tab
    (Chromium 156). Clearing on exit is a setting of Brave and Edge alone.
    """
    preferences = read_preferences(home, profile.file("Preferences")) or {}
    session = preferences.get("session")
    start = session.get("restore_on_startup") if isinstance(session, dict) else None
    ours = profile.browser.id.startswith(_NEW_TAB_FIRST)
    unset = Switch.OFF if ours else Switch.UNKNOWN
    states = {"restore-session": unset if start is None else _on(start == _RESTORE)}
    if profile.browser.id.startswith(("brave", "edge")):
        names = (
            "browser.clear_data.browsing_history_on_exit",
            "browser.clear_data_on_exit.browsing_history",
        )
        states["clear-on-exit"] = chromium_switch(preferences, names, Switch.UNKNOWN)
    return states


_CLEARED_ON_EXIT = (
    "privacy.clearOnShutdown_v2.browsingHistoryAndDownloads",
    "privacy.clearOnShutdown_v2.historyFormDataAndDownloads",
    "privacy.clearOnShutdown.history",
)
"""Three sets of names, the newest first. In each, history is cleared unless it says no."""


def _firefox(home: Home, profile: Profile) -> _States:
    prefs = read_prefs(home, profile.folder)
    # Forks ship other defaults than Firefox does.
    fork = not profile.browser.id.startswith("firefox")

    def switch(name: str, default: Switch) -> Switch:
        value = prefs.get(name)
        if value is None:
            return Switch.UNKNOWN if fork else default
        return _on(bool(value))

    remember = switch("places.history.enabled", Switch.ON)
    if prefs.get("browser.privatebrowsing.autostart"):
        remember = Switch.OFF
    clear = switch("privacy.sanitize.sanitizeOnShutdown", Switch.OFF)
    if clear is Switch.ON:
        said = (prefs[name] for name in _CLEARED_ON_EXIT if name in prefs)
        clear = _on(bool(next(said, True)))
    start = prefs.get("browser.startup.page", None if fork else 1)
    restore = Switch.UNKNOWN if start is None else _on(start == _LAST_TABS)
    return {
        "remember-history": remember,
        "clear-on-exit": clear,
        "restore-session": restore,
    }


_LAST_TABS = 3
"""`browser.startup.page`: 0 blank, 1 home page, 3 the last tabs."""


def _on(state: bool) -> Switch:
    return Switch.ON if state else Switch.OFF


_FOR_EVER = 365_000


def _safari(home: Home, profile: Profile) -> _States:
    """`HistoryAgeInDaysLimit`: 365,000 days when history is removed by hand only."""
    days = read_safari(home, profile).get("HistoryAgeInDaysLimit")
    if not isinstance(days, int):
        return {"clear-old-history": Switch.UNKNOWN}
    return {"clear-old-history": _on(days < _FOR_EVER)}


_READERS: Mapping[Family, Callable[[Home, Profile], _States]] = {
    Family.CHROMIUM: _chromium,
    Family.FIREFOX: _firefox,
    Family.SAFARI: _safari,
}
