"""Password stores of the system itself: that they are there, and how they are kept."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename, dirname
from typing import TYPE_CHECKING

from hygiene.contract import (
    CannotLook,
    Finding,
    Level,
    NotChecked,
    NothingFound,
    Outcome,
    Platform,
    Untrusted,
    Why,
)
from hygiene_checks.browser import _registry as registry

if TYPE_CHECKING:
    from hygiene.contract import Entry, Home

__all__ = ["GUIDE", "system_passwords"]

GUIDE = "passwords"


def system_passwords(home: Home) -> Iterator[Outcome]:
    """One answer for each store of this home's system."""
    look = {
        Platform.LINUX: _linux,
        Platform.MACOS: _macos,
        Platform.WINDOWS: _windows,
    }
    yield from look[home.platform](home)


_PLAIN, _LOCKED = b"[keyring]", b"GnomeKeyring\n\r\0\n"
"""How a file of GNOME's keyring begins: without a password it is kept as plain text."""


def _linux(home: Home) -> Iterator[Outcome]:
    for entry in home.find("{data}/keyrings/*.keyring"):
        yield _keyring(home, entry)
    for pattern in (
        "{data}/kwalletd/*.kwl",
        ".kde/share/apps/kwallet/*.kwl",
        ".kde4/share/apps/kwallet/*.kwl",
    ):
        for entry in home.find(pattern):
            yield (
                _presence("keyring-locked", "KWallet", "kwallet", entry)
                if entry.why is None
                else NotChecked(entry.path, entry.why, "KWallet")
            )


def _keyring(home: Home, entry: Entry) -> Outcome:
    program = "Passwords and Keys"
    if entry.why is not None:
        return NotChecked(entry.path, entry.why, program)
    try:
        with home.open(entry.path) as file:
            start = file.read_at(0, len(_LOCKED))
    except CannotLook as refusal:
        return NotChecked(entry.path, refusal.why, program)
    if start.startswith(_PLAIN):
        return _presence(
            "keyring-plain", program, "gnome-keyring", entry, Level.IMPORTANT
        )
    if start == _LOCKED:
        return _presence("keyring-locked", program, "gnome-keyring", entry)
    return NotChecked(entry.path, Why.UNKNOWN_FORMAT, program)


def _presence(
    topic: str, program: str, program_id: str, entry: Entry, level: Level = Level.NOTE
) -> Finding:
    """A store that is there and whose content nobody asks for."""
    return Finding(
        topic=topic,
        level=level,
        program=program,
        program_id=program_id,
        profile=Untrusted(basename(entry.path).rpartition(".")[0]),
        sources=(entry.path,),
        guide=GUIDE,
    )


def _macos(home: Home) -> Iterator[Outcome]:
    """The keychains; Safari's and Chrome's sign-ins are in them too."""
    sources = []
    for pattern in ("login.keychain", "login.keychain-db", "*/keychain-2.db"):
        for entry in home.find(f"Library/Keychains/{pattern}"):
            if entry.why is None:
                sources.append(entry.path)
            else:
                yield NotChecked(entry.path, entry.why, "Keychain")
    if sources:
        yield Finding(
            topic="keychain",
            level=Level.NOTE,
            program="Keychain",
            program_id="keychain",
            sources=tuple(sources),
            guide=GUIDE,
        )


_CREDENTIALS = (
    "{config}/Microsoft/Credentials/*",
    "{local}/Microsoft/Credentials/*",
    "{local}/Microsoft/Vault/*/*.vcrd",
)
"""Windows keeps each entry of its credential store in a file of its own, encrypted."""
_INTERNET_EXPLORER = r"Software\Microsoft\Internet Explorer\IntelliForms\Storage2"


def _windows(home: Home) -> Iterator[Outcome]:
    """The credential store by number of files, and Internet Explorer's sign-ins."""
    counts = {"logins": 0, "items": 0}
    sources: dict[str, None] = {}
    for pattern in _CREDENTIALS:
        for entry in home.find(pattern):
            if entry.why is None:
                counts["items"] += 1
                sources[dirname(entry.path)] = None
            else:
                yield NotChecked(entry.path, entry.why, registry.PROGRAM)
    try:
        there = registry.has_registry(home)
        counts["logins"] = registry.count_values(home, _INTERNET_EXPLORER)
    except CannotLook as refusal:
        there = False
        yield NotChecked(registry.HIVE, refusal.why, registry.PROGRAM)
    if there:
        sources[registry.HIVE] = None
    if any(counts.values()):
        yield Finding(
            topic="windows-passwords",
            level=Level.IMPORTANT if counts["logins"] else Level.NOTE,
            program=registry.PROGRAM,
            program_id=registry.PROGRAM_ID,
            sources=tuple(sources),
            counts=counts,
            guide=GUIDE,
        )
    elif sources:
        yield NothingFound(tuple(sources))
