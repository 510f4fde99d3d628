"""Where a program's folders are: one row for each way it can be installed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from posixpath import basename
from typing import TypeAlias

from hygiene.contract import (
    CannotLook,
    Home,
    Kind,
    NotChecked,
    Platform,
    Untrusted,
    Why,
)

__all__ = [
    "Installation",
    "Place",
    "Places",
    "Program",
    "barrier",
    "installations",
    "there",
]


@dataclass(frozen=True, slots=True)
class Program:
    """A product by its own name and its stable lower-case id."""

    name: str
    id: str


@dataclass(frozen=True, slots=True)
class Place:
    """One way a program can be installed: patterns (of `Home.find`) of the folder that
    holds its conversations and, where that is another one, of the folder with its
    settings. What `*` stands for must be the same in both: it names a profile.
    `packaging` tells ways apart that one home can have side by side.
    """

    data: str
    settings: str = ""
    packaging: str = ""


Places: TypeAlias = Mapping[Platform, tuple[Place, ...]]


@dataclass(frozen=True, slots=True)
class Installation:
    """A program that is there. `data` and `settings` are folders relative to the home,
    None where there is none. `profile` tells several of one program apart.
    """

    program: Program
    data: str | None
    settings: str | None
    profile: Untrusted | None


def installations(
    home: Home, program: Program, places: Places
) -> Iterator[Installation | NotChecked]:
    """Each profile of each installation of the program, by name."""
    for place in places.get(home.platform, ()):
        data: dict[str, str] = {}
        yield from _collect(home, program, place.data, data)
        settings = data
        if place.settings:
            settings = {}
            yield from _collect(home, program, place.settings, settings)
        for name in sorted({*data, *settings}):
            yield Installation(
                program, data.get(name), settings.get(name), _profile(name, place)
            )


def _profile(name: str, place: Place) -> Untrusted | None:
    words = [each for each in (name, place.packaging) if each]
    return Untrusted(" ".join(words)) if words else None


def _collect(
    home: Home, program: Program, pattern: str, found: dict[str, str]
) -> Iterator[NotChecked]:
    """Put the folders that match into `found`, by the names that `*` stood for."""
    for entry in home.find(pattern):
        if entry.why is not None:
            path = barrier(home, entry.path)
            here = fnmatchcase(basename(path).lower(), basename(pattern).lower())
            # A folder on the way hides more than this one program.
            yield NotChecked(path, entry.why, program.name if here else "")
        elif entry.kind is Kind.FOLDER:
            found.setdefault(_stars(entry.path, pattern), entry.path)
        elif "*" not in basename(pattern):
            yield NotChecked(entry.path, Why.UNKNOWN_FORMAT, program.name)


def _stars(path: str, pattern: str) -> str:
    """The names in `path` that a step `*` of the pattern stood for."""
    pairs = zip(reversed(path.split("/")), reversed(pattern.split("/")), strict=False)
    return "/".join(reversed([name for name, part in pairs if part == "*"]))


def barrier(home: Home, path: str) -> str:
    """The outermost step on the way to `path` that may not be looked into; behind it
    nobody can tell what is there. `path` itself if there is no other.
    """
    steps = path.split("/")
    for end in range(1, len(steps)):
        way = "/".join(steps[:end])
        entry = home.entry(way)
        if entry is not None and entry.why is not None:
            return way
    return path


def there(home: Home, path: str) -> bool:
    """Whether a regular file stands at `path`. Raises `CannotLook` if that, or what is
    in it, may not be seen.
    """
    entry = home.entry(path)
    if entry is None:
        return False
    if entry.why is not None:
        raise CannotLook(entry.why)
    if entry.kind is not Kind.FILE:
        raise CannotLook(Why.UNKNOWN_FORMAT)
    return True
