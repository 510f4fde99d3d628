"""Settings that cause, or stop, a kind of trace: told as findings of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename, dirname
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
from hygiene_checks.browser._chromium_settings import chromium_switch, read_preferences
from hygiene_checks.browser._places import Family
from hygiene_checks.browser._prefs import PREFS_FILES, read_prefs

if TYPE_CHECKING:
    from hygiene.contract import Home, Outcome
    from hygiene_checks.browser._layouts import Profile

__all__ = ["Choice", "profile_settings", "setting_finding"]


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


def profile_settings(
    home: Home, profile: Profile, choices: Iterable[Choice], guide: str
) -> Iterator[Outcome]:
    """The settings of one profile that its family has, or why they cannot be told."""
    if profile.browser.family not in _READERS:
        return
    files, read = _READERS[profile.browser.family]
    paths = files(profile)
    if not paths:
        return
    try:
        sources = [each for each in paths if home.entry(each) is not None]
        switch = read(home, profile)
    except CannotLook as refusal:
        yield NotChecked(paths[0], refusal.why, profile.browser.name)
        return
    for choice in choices:
        value = switch(choice)
        if value is not None:
            yield setting_finding(
                choice.name,
                value,
                profile.browser.name,
                profile.browser.id,
                profile=profile.name,
                sources=sources,
                guide=guide,
            )


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


def _safari_file(profile: Profile) -> str:
    """Safari's defaults: beside the folder of its data."""
    return f"{dirname(profile.folder)}/Preferences/com.apple.Safari.plist"


def _safari_files(profile: Profile) -> list[str]:
    """The defaults speak for all its profiles and are told once."""
    return [_safari_file(profile)] if basename(profile.folder) == "Safari" else []


def _safari(home: Home, profile: Profile) -> _Switches:
    path = _safari_file(profile)
    stored = home.plist(path) if home.entry(path) is not None else {}
    settings = stored if isinstance(stored, dict) else {}

    def switch(choice: Choice) -> Switch | None:
        if not choice.safari:
            return None
        return _state(settings.get(choice.safari), Switch.UNKNOWN)

    return switch


_INI_LIMIT = 1 << 20


def _falkon(home: Home, profile: Profile) -> _Switches:
    """Falkon's `settings.ini`, group `Web-Browser-Settings`, as in Falkon 22.12."""
    path = profile.file("settings.ini")
    there = home.entry(path) is not None
    text = home.read(path, limit=_INI_LIMIT).decode("utf-8", "replace") if there else ""
    _, _, group = text.partition("[Web-Browser-Settings]")
    lines = group.partition("\n[")[0].splitlines()
    settings = dict(line.split("=", 1) for line in lines if "=" in line)

    def switch(choice: Choice) -> Switch | None:
        if not choice.falkon:
            return None
        stored = {"true": True, "false": False}.get(settings.get(choice.falkon, ""))
        return _state(stored, Switch.ON)

    return switch


_READERS: Mapping[
    Family,
    tuple[Callable[[Profile], list[str]], Callable[[Home, Profile], _Switches]],
] = {
    Family.CHROMIUM: (lambda each: [each.file("Preferences")], _chromium),
    Family.FIREFOX: (
        lambda each: [each.file(name) for name in PREFS_FILES],
        _firefox,
    ),
    Family.SAFARI: (_safari_files, _safari),
    Family.FALKON: (lambda each: [each.file("settings.ini")], _falkon),
}
