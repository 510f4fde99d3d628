"""Where pictures are looked for, and which files there belong together.

The folders a person keeps things in: Pictures, Videos, Downloads, Desktop, Documents
wherever they were moved to, and every other folder at the top of the home (`DCIM`, a
cloud's folder, a folder of their own) but those of programs, and the home itself. Of an
Apple Photos library only the originals count; the rest are small copies of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
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
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class TopFolder:
    """A folder that is told as one. `expected`: it is one of the person's own five."""

    path: str
    id: str
    expected: bool
    all: frozenset[str] = frozenset()
    """Marks of all folders that are told as one, wherever they lie: one set for all of
    them, for there may be many thousands.
    """

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
    """The folders that are looked through, each of them once, the home itself last. A
    folder that is reached on two ways counts by the first.
    """
    chosen: dict[str, tuple[str, str]] = {}
    for which in _OF_THE_PERSON:
        path = home.user_folder(which)
        entry = home.entry(path) if path else None
        if entry is not None:
            chosen.setdefault(_mark(home, entry), (entry.path, which.value))
    known = len(chosen)
    for entry in home.find("*"):
        path = entry.path
        if _is_folder(entry) and _is_of_the_person(path, home.platform):
            chosen.setdefault(_mark(home, entry), (path, _slug(path)))
    chosen[""] = ("", "home")
    marks = frozenset(chosen)
    ids = _different(name for _, name in chosen.values())
    return [
        TopFolder(path, id, number < known, marks)
        for number, ((path, _), id) in enumerate(zip(chosen.values(), ids, strict=True))
    ]


def _mark(home: Home, entry: Entry) -> str:
    """The same for the same folder, whatever way leads there."""
    folds = home.platform is Platform.WINDOWS
    return entry.identity or (entry.path.lower() if folds else entry.path)


def _is_folder(entry: Entry) -> bool:
    """A link out of the home stands for a folder unless its name says it is a file."""
    if entry.kind is Kind.FOLDER:
        return True
    return entry.why is Why.NOT_ASKED and "." not in entry.path.rpartition("/")[2]


def _is_of_the_person(name: str, platform: Platform) -> bool:
    return bool(name) and name[0] != "." and name.lower() not in _OF_PROGRAMS[platform]


def _slug(name: str) -> str:
    return re.sub(r"[\W_]+", "-", clean(name).lower()).strip("-") or "folder"


def _different(names: Iterable[str]) -> Iterator[str]:
    """The names, a number behind those that were there before."""
    used: dict[str, int] = {}
    for name in names:
        used[name] = used.get(name, 0) + 1
        yield name if used[name] == 1 else f"{name}-{used[name]}"


def batches(home: Home, top: TopFolder) -> Iterator[Batch]:
    """What there is to look at, a few files of one folder at a time. Raises
    `CannotLook` if the folder itself cannot be listed.
    """
    if not top.path:
        yield from _of_the_home(home)
        return
    elsewhere: str | None = None
    for folder in home.walk(top.path):
        path = folder.path
        if elsewhere is not None and path.startswith(elsewhere):
            continue
        if _is_told_elsewhere(home, top, path):
            elsewhere = f"{path}/"
        elif not _IN_LIBRARY.search(path):
            yield from _split(path, folder.files, folder.skipped)


def _is_told_elsewhere(home: Home, top: TopFolder, path: str) -> bool:
    """Whether this is another of the folders. Nobody puts those deep into one another,
    and asking about each of many thousand folders takes time.
    """
    depth = path.count("/") - top.path.count("/")
    if not 0 < depth <= _DEEPEST:
        return False
    entry = home.entry(path)
    return entry is not None and _mark(home, entry) in top.all


def _of_the_home(home: Home) -> Iterator[Batch]:
    """The files at the top of the home."""
    files: list[str] = []
    barred: list[Entry] = []
    for entry in home.find("*"):
        if entry.kind is Kind.FILE and entry.why is None:
            files.append(entry.path)
        elif entry.kind is not Kind.FOLDER and is_picture(entry.path):
            barred.append(entry)
    yield from _split("", files, barred)


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
