"""Chats in Thunderbird: logs below each profile, and their copy in its search index."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename

from hygiene.contract import (
    CannotLook,
    Home,
    Kind,
    NotChecked,
    Outcome,
    Platform,
    Progress,
    Untrusted,
    Why,
)
from hygiene.contract.mozilla_profiles import NamedProfile, named_profiles
from hygiene_checks.chat import _names as names
from hygiene_checks.chat import _switches as switches
from hygiene_checks.chat._logger import Logger, installed
from hygiene_checks.chat._moments import no_moment
from hygiene_checks.chat._places import (
    Installation,
    Place,
    Program,
    installations,
    there,
)
from hygiene_checks.chat._stores import Schema, Store
from hygiene_checks.chat._tree import LogFolder

__all__ = ["THUNDERBIRD", "thunderbird"]

_PATH = "substr(path, 1, 1000)"
"""The time that it takes to trim a text grows with the square of its length."""
_INDEX = Schema(
    # Thunderbird 153: one row for each log file, with all that was said in it. The
    # person or room is the file's path without its last step.
    needs={"imConversations": frozenset({"path"})},
    name=f"rtrim(rtrim({_PATH}, replace({_PATH}, '/', '')), '/')",
    when="NULL",
    source="imConversations",
    group="1",
    clock=no_moment,
)

THUNDERBIRD = Logger(
    program=Program("Thunderbird", "thunderbird"),
    places={
        Platform.LINUX: (
            Place(".thunderbird"),
            Place("snap/thunderbird/common/.thunderbird", "", "Snap"),
            Place(".var/app/org.mozilla.Thunderbird/.thunderbird", "", "Flatpak"),
            Place(".mozilla-thunderbird", "", "old folder"),
        ),
        Platform.MACOS: (Place("Library/Thunderbird"),),
        Platform.WINDOWS: (Place("{config}/Thunderbird"),),
    },
    logs=(LogFolder("logs", names.purple),),
    stores=(
        Store(
            file="global-messages-db.sqlite",
            schemas=(_INDEX,),
            topic="chat-search-copy",
            part="search",
            counted="log_files",
        ),
    ),
    switches=switches.thunderbird,
)

_MARK = "prefs.js"
_INI_LIMIT = 64 << 10


def thunderbird(home: Home) -> Iterator[Outcome | Progress]:
    """What the chats of each profile left, and whether logging is on."""
    for found in installations(home, THUNDERBIRD.program, THUNDERBIRD.places):
        if isinstance(found, NotChecked):
            yield found
            continue
        for profile in _profiles(home, found):
            if isinstance(profile, NotChecked):
                yield profile
            else:
                yield from _of_profile(home, profile)


def _of_profile(home: Home, profile: Installation) -> Iterator[Outcome | Progress]:
    """A profile in which nobody ever set up a chat says nothing of logging."""
    try:
        prefs = switches.thunderbird_prefs(home, profile.data or "")
    except CannotLook as refusal:
        yield NotChecked(f"{profile.data}/{_MARK}", refusal.why, "Thunderbird")
        prefs = {}
    chats = bool(prefs.get("messenger.accounts"))
    if chats or home.entry(f"{profile.data}/logs") is not None:
        yield from installed(home, THUNDERBIRD, profile)


def _profiles(home: Home, root: Installation) -> Iterator[Installation | NotChecked]:
    """Folders on the disk, named or not, and those that `profiles.ini` names elsewhere
    in the home.
    """
    seen: set[str] = set()
    names: set[str] = set()
    for found in (*_on_disk(home, root), *_named(home, root)):
        if isinstance(found, NotChecked):
            yield found
        elif found not in seen:
            seen.add(found)
            name = found if basename(found) in names else basename(found)
            names.add(name)
            words = [name, root.profile.raw if root.profile else ""]
            label = Untrusted(" ".join(each for each in words if each))
            yield Installation(root.program, found, found, label)


def _on_disk(home: Home, root: Installation) -> Iterator[str | NotChecked]:
    for pattern in (f"{root.data}/*", f"{root.data}/Profiles/*"):
        for entry in home.find(pattern):
            if entry.why is None and entry.kind is Kind.FOLDER:
                yield from _marked(home, entry.path)
            elif entry.why is Why.DENIED:
                yield NotChecked(entry.path, entry.why, root.program.name)


def _marked(home: Home, folder: str) -> Iterator[str | NotChecked]:
    """The folder, if it is a profile."""
    try:
        if home.entry(f"{folder}/{_MARK}") is not None:
            yield folder
    except CannotLook as refusal:
        yield NotChecked(folder, refusal.why, THUNDERBIRD.program.name)


def _named(home: Home, root: Installation) -> Iterator[str | NotChecked]:
    """Profiles that stand in `profiles.ini`."""
    ini = f"{root.data}/profiles.ini"
    try:
        text = home.read(ini, limit=_INI_LIMIT) if there(home, ini) else b""
    except CannotLook as refusal:
        yield NotChecked(ini, refusal.why, root.program.name)
        return
    for named in named_profiles(text.decode("utf-8", "surrogateescape")):
        yield from _meant(home, root, ini, named)


def _meant(
    home: Home, root: Installation, ini: str, named: NamedProfile
) -> Iterator[str | NotChecked]:
    """The first folder of the home that it could mean. One that is gone is nothing; one
    that is outside was not asked for.
    """
    folders = named.folders(root.data or "")
    for folder in folders:
        found = next(_marked(home, folder), None)
        if found is not None:
            yield found
            return
    if named.absolute or not folders:
        yield NotChecked(ini, Why.NOT_ASKED, root.program.name)
