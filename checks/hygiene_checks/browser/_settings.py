"""Settings that cause, or stop, a kind of trace: told as findings of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from hygiene.contract import (
    CannotLook,
    Finding,
    Level,
    NotChecked,
    Setting,
    Switch,
    Untrusted,
)
from hygiene.contract.formats import ini_sections
from hygiene_checks.browser._chromium_settings import chromium_switch, read_preferences
from hygiene_checks.browser._places import Family
from hygiene_checks.browser._prefs import PREFS_FILES, read_prefs
from hygiene_checks.browser._safari_settings import read_safari, safari_files

if TYPE_CHECKING:
    from hygiene.contract import Home, Outcome
    from hygiene_checks.browser._layouts import Profile

__all__ = ["Choice", "profile_settings", "setting_finding", "settings"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One setting: its stable name, which is its topic too, and the names that each
    family of browsers stores it under. It is on by default in Chromium, Firefox and
    Falkon; `other_default` begins the ids of Chromium browsers where it may not be.
    """

    name: str
    chromium: tuple[str, ...] = ()
    firefox: str = ""
    safari: str = ""
    falkon: str = ""
    other_default: tuple[str, ...] = ()


def setting_finding(
    name: str,
    value: Switch,
    program: str,
    program_id: str,
    *,
    profile: Untrusted | None = None,
    sources: Iterable[str] = (),
    guide: str = "",
) -> Finding:
    """A setting as a finding: a note without counts."""
    return Finding(
        topic=name,
        level=Level.NOTE,
        program=program,
        program_id=program_id,
        profile=profile,
        sources=tuple(sources),
        setting=Setting(name, value),
        guide=guide,
    )


def settings(
    home: Home,
    profile: Profile,
    read: Callable[[Sequence[str]], Mapping[str, Switch]],
    guide: str,
) -> Iterator[Outcome]:
    """What `read` makes of the settings files of one profile that are there: a finding
    for each state by name, or why they cannot be told. Nothing where the profile has
    no settings of its own.
    """
    browser = profile.browser
    paths = _FILES[browser.family](profile) if browser.family in _FILES else ()
    if not paths:
        return
    try:
        sources = [each for each in paths if home.entry(each) is not None]
        states = read(sources)
    except CannotLook as refusal:
        yield NotChecked(paths[0], refusal.why, browser.name)
        return
    for name, state in states.items():
        yield setting_finding(
            name,
            state,
            browser.name,
            browser.id,
            profile=profile.name,
            sources=sources,
            guide=guide,
        )


_FILES: Mapping[Family, Callable[[Profile], Sequence[str]]] = {
    Family.CHROMIUM: lambda each: [each.file("Preferences")],
    Family.FIREFOX: lambda each: [each.file(name) for name in PREFS_FILES],
    Family.SAFARI: safari_files,
    Family.FALKON: lambda each: [each.file("settings.ini")],
}


def profile_settings(
    home: Home, profile: Profile, choices: Iterable[Choice], guide: str
) -> Iterator[Outcome]:
    """The settings of one profile that its family has, or why they cannot be told."""

    def read(_files: Sequence[str]) -> Mapping[str, Switch]:
        switch = _READERS[profile.browser.family](home, profile)
        states = {each.name: switch(each) for each in choices}
        return {name: state for name, state in states.items() if state is not None}

    return settings(home, profile, read, guide)


_Switches: TypeAlias = Callable[[Choice], Switch | None]
"""The state of a choice in one profile; None where the family has no such setting."""


def _state(value: object, default: Switch) -> Switch:
    """A stored truth value as a state; `default` for anything else."""
    known: Mapping[object, Switch] = {True: Switch.ON, False: Switch.OFF}
    return known.get(value, default) if isinstance(value, int) else default


def _chromium(home: Home, profile: Profile) -> _Switches:
    preferences = read_preferences(home, profile.file("Preferences"))

    def switch(choice: Choice) -> Switch | None:
        if not choice.chromium:
            return None
        default = Switch.ON
        if preferences is None or profile.browser.id.startswith(choice.other_default):
            default = Switch.UNKNOWN
        return chromium_switch(preferences or {}, choice.chromium, default)

    return switch


_MOZILLA = ("firefox", "thunderbird")
"""Products with Mozilla's own defaults begin their ids so; forks ship others."""


def _firefox(home: Home, profile: Profile) -> _Switches:
    prefs = read_prefs(home, profile.folder)
    mozilla = profile.browser.id.startswith(_MOZILLA)
    default = Switch.ON if mozilla else Switch.UNKNOWN

    def switch(choice: Choice) -> Switch | None:
        if not choice.firefox:
            return None
        return _state(prefs.get(choice.firefox), default)

    return switch


def _safari(home: Home, profile: Profile) -> _Switches:
    stored = read_safari(home, profile)

    def switch(choice: Choice) -> Switch | None:
        if not choice.safari:
            return None
        return _state(stored.get(choice.safari), Switch.UNKNOWN)

    return switch


_INI_LIMIT = 1 << 20


def _falkon(home: Home, profile: Profile) -> _Switches:
    """Falkon's `settings.ini`, group `Web-Browser-Settings`, as in Falkon 22.12."""
    path = profile.file("settings.ini")
    there = home.entry(path) is not None
    text = home.read(path, limit=_INI_LIMIT).decode("utf-8", "replace") if there else ""
    stored = dict(ini_sections(text)).get("Web-Browser-Settings", {})

    def switch(choice: Choice) -> Switch | None:
        if not choice.falkon:
            return None
        truth = {"true": True, "false": False}.get(stored.get(choice.falkon, ""))
        return _state(truth, Switch.ON)

    return switch


_READERS: Mapping[Family, Callable[[Home, Profile], _Switches]] = {
    Family.CHROMIUM: _chromium,
    Family.FIREFOX: _firefox,
    Family.SAFARI: _safari,
    Family.FALKON: _falkon,
}
