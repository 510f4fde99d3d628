"""Where pictures are looked for, and which files there belong together.

The folders a person keeps things in: Pictures, Videos, Downloads, Desktop, Documents
wherever they were moved to, and every other folder at the top of the home (`DCIM`, a
cloud's folder, a folder of their own) but those of programs, and the home itself. Of an
Apple Photos library only the originals count; the rest are small copies of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from hygiene.contract import Entry, Home, Kind, Platform, UserFolder, Why, clean
from hygiene_checks.photos._kinds import is_picture, sorted_out
from hygiene_checks.photos._sidecars import Beside, beside

__all__ = ["Batch", "TopFolder", "batches", "top_folders"]

_OF_THE_PERSON = (
    UserFolder.PICTURES,
    UserFolder.VIDEOS,
    UserFolder.DOWNLOADS,
    UserFolder.DESKTOP,
    UserFolder.DOCUMENTS,
)

_OF_PROGRAMS = {
    Platform.LINUX: frozenset(("snap",)),
    Platform.MACOS: frozenset(("library", "applications")),
    # AppData, and the links that Windows keeps for programs of before Vista.
    Platform.WINDOWS: frozenset(
        (
            "appdata",
            "application data",
            "cookies",
            "local settings",
            "my documents",
            "nethood",
            "printhood",
            "recent",
            "sendto",
            "start menu",
            "templates",
        )
    ),
}
_IN_LIBRARY = re.compile(
    r"\.(?:photos|photo|migratedphoto|ap)library/(?!originals(?:/|$)|Masters(?:/|$))",
    re.IGNORECASE,
)
_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class TopFolder:
    """A folder that is told as one. `expected`: it is one of the person's own five."""

    path: str
    id: str
    expected: bool
    apart: frozenset[str] = frozenset()
    """Folders inside it that are told by themselves."""

    @property
    def name(self) -> str:
        """What a person calls it."""
        return clean(self.path.rpartition("/")[2]) if self.path else "Home folder"

    @property
    def source(self) -> str:
        """Its path, "." for the home itself."""
        return self.path or "."


@dataclass(slots=True)
class Batch:
    """Files of one folder to look at: pictures, the sidecars of each, sidecars whose
    picture is gone, and what cannot be looked at at all.
    """

    folder: str
    pictures: list[str]
    sidecars: dict[str, list[str]] = field(default_factory=dict)
    alone: list[str] = field(default_factory=list)
    barred: list[Entry] = field(default_factory=list)


def top_folders(home: Home) -> list[TopFolder]:
    """The folders that are looked through, each of them once, the home itself last."""
    folds = home.platform is Platform.WINDOWS
    chosen: dict[str, tuple[str, str]] = {}
    for which in _OF_THE_PERSON:
        path = home.user_folder(which)
        if path:
            chosen.setdefault(_key(path, folds=folds), (path, which.value))
    known = len(chosen)
    for entry in home.find("*"):
        path = entry.path
        if _is_folder(entry) and _is_of_the_person(path, home.platform):
            chosen.setdefault(_key(path, folds=folds), (path, _slug(path)))
    chosen.setdefault("", ("", "home"))
    return _told_apart(list(chosen.values()), known)


def _is_folder(entry: Entry) -> bool:
    """A link out of the home stands for a folder unless its name says it is a file."""
    if entry.kind is Kind.FOLDER:
        return True
    return entry.why is Why.NOT_ASKED and "." not in entry.path.rpartition("/")[2]


def _key(path: str, *, folds: bool) -> str:
    return path.lower() if folds else path


def _is_of_the_person(name: str, platform: Platform) -> bool:
    return bool(name) and name[0] != "." and name.lower() not in _OF_PROGRAMS[platform]


def _slug(name: str) -> str:
    return re.sub(r"[\W_]+", "-", clean(name).lower()).strip("-") or "folder"


def _told_apart(chosen: list[tuple[str, str]], known: int) -> list[TopFolder]:
    """Ids are made different, and a folder inside another is left to itself."""
    used: dict[str, int] = {}
    folders = []
    for number, (path, name) in enumerate(chosen):
        used[name] = used.get(name, 0) + 1
        unique = name if used[name] == 1 else f"{name}-{used[name]}"
        start = f"{path}/" if path else ""
        inside = {other for other, _ in chosen if other and other.startswith(start)}
        folders.append(TopFolder(path, unique, number < known, frozenset(inside)))
    return folders


def batches(home: Home, top: TopFolder) -> Iterator[Batch]:
    """What there is to look at, a few files of one folder at a time. Raises
    `CannotLook` if the folder itself cannot be listed.
    """
    if not top.path:
        yield from _of_the_home(home, top.apart)
        return
    for folder in home.walk(top.path):
        if _is_apart(folder.path, top.apart) or _IN_LIBRARY.search(folder.path):
            continue
        yield from _split(folder.path, folder.files, folder.skipped)


def _of_the_home(home: Home, apart: Collection[str]) -> Iterator[Batch]:
    """The files at the top of the home."""
    files = []
    barred = []
    for entry in home.find("*"):
        if entry.kind is Kind.FILE and entry.why is None:
            files.append(entry.path)
        elif entry.kind is not Kind.FOLDER and entry.path not in apart:
            barred.append(entry)
    yield from _split("", files, [each for each in barred if is_picture(each.path)])


def _is_apart(path: str, apart: Collection[str]) -> bool:
    return any(path == other or path.startswith(f"{other}/") for other in apart)


def _split(
    folder: str, files: Sequence[str], skipped: Iterable[Entry]
) -> Iterator[Batch]:
    pictures, candidates = sorted_out(files)
    barred = [each for each in skipped if _matters(each)]
    if barred:
        yield Batch(folder, [], barred=barred)
    owners = beside(pictures, candidates) if candidates else Beside()
    for start in range(0, len(pictures), _AT_ONCE):
        some = pictures[start : start + _AT_ONCE]
        yield Batch(folder, some, owners.of)
    for start in range(0, len(owners.alone), _AT_ONCE):
        yield Batch(folder, [], alone=owners.alone[start : start + _AT_ONCE])


def _matters(entry: Entry) -> bool:
    """Whether something that was not looked at may hold pictures."""
    return entry.why is not None and (_is_folder(entry) or is_picture(entry.path))
