"""Settings that decide whether a browser keeps history, and how long."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from posixpath import basename, dirname
from typing import TYPE_CHECKING, TypeAlias

from hygiene.contract import CannotLook, Home, NotChecked, Switch
from hygiene_checks.browser._chromium_settings import chromium_switch, read_preferences
from hygiene_checks.browser._places import Family
from hygiene_checks.browser._prefs import PREFS_FILES, read_prefs
from hygiene_checks.browser._settings import setting_finding

if TYPE_CHECKING:
    from hygiene.contract import Outcome
    from hygiene_checks.browser._layouts import Profile

__all__ = ["history_settings"]

_States: TypeAlias = "Mapping[str, Switch]"


def history_settings(home: Home, profile: Profile, guide: str) -> Iterator[Outcome]:
    """The settings of one profile, or why they cannot be told."""
    if profile.browser.family not in _READERS:
        return
    names, read = _READERS[profile.browser.family]
    paths = names(profile)
    try:
        sources = [path for path in paths if home.entry(path) is not None]
        states = read(home, profile) if sources else {}
    except CannotLook as refusal:
        yield NotChecked(paths[0], refusal.why, profile.browser.name)
        return
    for name, state in states.items():
        yield setting_finding(
            name,
            state,
            profile.browser.name,
            profile.browser.id,
            profile=profile.name,
            sources=sources,
            guide=guide,
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


def _safari_file(profile: Profile) -> str:
    """Safari's defaults: beside the folder of its data."""
    return f"{dirname(profile.folder)}/Preferences/com.apple.Safari.plist"


def _safari(home: Home, profile: Profile) -> _States:
    """`HistoryAgeInDaysLimit`: 365,000 days when history is removed by hand only."""
    stored = home.plist(_safari_file(profile))
    days = stored.get("HistoryAgeInDaysLimit") if isinstance(stored, dict) else None
    if not isinstance(days, int):
        return {"clear-old-history": Switch.UNKNOWN}
    return {"clear-old-history": _on(days < _FOR_EVER)}


def _safari_files(profile: Profile) -> list[str]:
    """The defaults speak for all its profiles and are told once."""
    return [_safari_file(profile)] if basename(profile.folder) == "Safari" else []


_READERS: Mapping[
    Family, tuple[Callable[[Profile], list[str]], Callable[[Home, Profile], _States]]
] = {
    Family.CHROMIUM: (lambda each: [each.file("Preferences")], _chromium),
    Family.FIREFOX: (lambda each: [each.file(name) for name in PREFS_FILES], _firefox),
    Family.SAFARI: (_safari_files, _safari),
}
