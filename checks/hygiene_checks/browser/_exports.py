"""Lists of passwords that a browser or password manager wrote as plain text files.

They are known by their first line alone: the column names that Chrome, Firefox, Safari,
Bitwarden, KeePass, KeePassXC, LastPass, 1Password and Dashlane write. The first line is
all that is kept of a file while it is looked at.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from functools import partial
from posixpath import basename
from typing import TYPE_CHECKING

from hygiene.contract import (
    CannotLook,
    Finding,
    Home,
    Kind,
    Level,
    NotChecked,
    NothingFound,
    Outcome,
    Platform,
    Trace,
    Untrusted,
    UserFolder,
)

if TYPE_CHECKING:
    from hygiene.contract import Entry, Folder

__all__ = ["is_password_list", "password_exports"]

_ENDINGS = (".csv", ".tsv", ".txt", ".xml", ".json")
_FOLDERS = (UserFolder.DOWNLOADS, UserFolder.DOCUMENTS, UserFolder.DESKTOP)
_TRASH = {
    Platform.LINUX: "{data}/Trash/files",
    Platform.MACOS: ".Trash",
    Platform.WINDOWS: "",
}
"""Windows keeps deleted files outside the home."""
_PROGRAM, _PROGRAM_ID = "Files", "files"
_FIRST = 4096
"""Bytes of a file that are read; the longest known line of names has about 170."""

_SECRET = frozenset(("password", "login_password", "pwd"))
_NAME = frozenset(
    ("username", "user name", "login name", "login_username", "login", "email")
)
_PLACE = frozenset(
    ("url", "login_uri", "web site", "website", "hostname", "origin", "title")
)
_DOCUMENT = re.compile(
    rb'\s*(\{\s*"encrypted"\s*:\s*false\b|(<\?xml[^>]*>\s*)?<(KeePassFile|pwlist)\b)'
)
"""How Bitwarden's plain JSON and KeePass's XML begin."""
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def is_password_list(start: bytes) -> bool:
    """Whether a file that starts so is a list of passwords: its first line names columns
    for a password, a name and a place, or it begins as a known document does.
    """
    if _DOCUMENT.match(start.removeprefix(codecs.BOM_UTF8)):
        return True
    encoding = "utf-16" if start.startswith(_UTF16) else "utf-8-sig"
    line, _, _ = start.decode(encoding, "replace").lstrip().partition("\n")
    return any(_names_columns(line.strip(), mark) for mark in ",;\t")


def _names_columns(line: str, mark: str) -> bool:
    names = {each.strip().strip("\"'").lower() for each in line.split(mark)}
    return all(names & wanted for wanted in (_SECRET, _NAME, _PLACE))


def password_exports(home: Home) -> Iterator[Outcome]:
    """One finding for all lists, and each place that could not be looked at."""
    found: dict[str, None] = {}
    looked = []
    for start in _starts(home):
        try:
            for folder in home.walk(start):
                yield from _in_folder(home, folder, found)
        except CannotLook as refusal:
            yield NotChecked(start, refusal.why)
        else:
            looked.append(start)
    if found:
        yield Finding(
            topic="password-export",
            level=Level.IMPORTANT,
            program=_PROGRAM,
            program_id=_PROGRAM_ID,
            sources=tuple(found),
            counts={"items": len(found)},
            guide="passwords",
            traces=partial(_list_files, home, tuple(found)),
        )
    elif looked:
        yield NothingFound(tuple(looked))


def _starts(home: Home) -> Iterator[str]:
    """The folders to walk: none of them is the home itself, where a person without such
    folders may have pointed them.
    """
    seen = set()
    for which in _FOLDERS:
        folder = home.user_folder(which)
        if folder and folder != "." and folder not in seen:
            seen.add(folder)
            if home.entry(folder) is not None:
                yield folder
    for entry in home.find(_TRASH[home.platform]) if _TRASH[home.platform] else ():
        yield entry.path


def _in_folder(
    home: Home, folder: Folder, found: dict[str, None]
) -> Iterator[NotChecked]:
    for skipped in folder.skipped:
        if skipped.why is not None and _could_hold_list(skipped):
            yield NotChecked(skipped.path, skipped.why)
    for name in folder.files:
        path = f"{folder.path}/{name}"
        if not name.lower().endswith(_ENDINGS) or path in found:
            continue
        try:
            with home.open(path) as file:
                if is_password_list(file.read_at(0, _FIRST)):
                    found[path] = None
        except CannotLook as refusal:
            yield NotChecked(path, refusal.why)


def _could_hold_list(skipped: Entry) -> bool:
    """Whether this might be a list or a folder. What a link out of the home leads to
    is not known; one that is named like a picture leads to no list.
    """
    name = basename(skipped.path).lower()
    return skipped.kind is Kind.FOLDER or name.endswith(_ENDINGS) or "." not in name


def _list_files(home: Home, paths: Iterable[str]) -> Iterator[Trace]:
    for path in paths:
        entry = home.entry(path)
        if entry is not None:
            yield Trace(
                key=path, label=Untrusted(path), kind="file", last=entry.modified
            )
