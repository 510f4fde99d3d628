"""For authors of checks: a home in memory, and the test every check must pass."""

from __future__ import annotations

import fnmatch
import json
import plistlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from hygiene.contract.check import Check, CheckInfo
from hygiene.contract.home import (
    BASES,
    Database,
    Entry,
    Folder,
    Json,
    Kind,
    Platform,
    Reader,
    RegistryKey,
    RegistryValue,
    Row,
    SqlValue,
    UserFolder,
)
from hygiene.contract.outcome import (
    CannotLook,
    Finding,
    NotChecked,
    NothingFound,
    Outcome,
    Progress,
    Why,
)
from hygiene.contract.phrases import Phrases

__all__ = ["FakeHome", "assert_conforms"]

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class _Bytes:
    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)

    def read_at(self, offset: int, length: int) -> bytes:
        return self.data[offset : offset + length]


@dataclass(frozen=True, slots=True)
class _Tables:
    """A database told as `{table: [{column: value}]}`; understands `SELECT a, b FROM t`."""

    content: Mapping[str, Sequence[Mapping[str, SqlValue]]]

    def tables(self) -> frozenset[str]:
        return frozenset(self.content)

    def columns(self, table: str) -> frozenset[str]:
        return frozenset(name for row in self.content.get(table, ()) for name in row)

    def rows(self, sql: str, params: Sequence[SqlValue] = ()) -> Iterator[Row]:
        del params
        words = sql.replace(",", " ").split()
        at = [each.upper() for each in words].index("FROM")
        for row in self.content[words[at + 1]]:
            yield tuple(row[name] for name in words[1:at])


@dataclass(frozen=True, slots=True)
class _Key:
    values: Mapping[str, RegistryValue]
    subkeys: Sequence[str]


@dataclass
class FakeHome:
    """A home in memory.

    `files` maps relative paths to bytes, or to the `Why` that looking at them answers;
    `stores` maps paths of databases to `{table: [rows as mappings]}`; `keys` maps
    registry keys to their values.
    """

    files: Mapping[str, bytes | Why] = field(default_factory=dict)
    stores: Mapping[str, Mapping[str, Sequence[Mapping[str, SqlValue]]]] = field(
        default_factory=dict
    )
    keys: Mapping[str, Mapping[str, RegistryValue]] = field(default_factory=dict)
    platform: Platform = Platform.LINUX
    live: bool = False

    def _paths(self) -> list[str]:
        return sorted({*self.files, *self.stores})

    def find(self, pattern: str) -> Iterator[Entry]:
        base, _, rest = pattern.removeprefix("{").partition("}/")
        if pattern.startswith("{"):
            pattern = f"{BASES[self.platform][base]}/{rest}"
        wanted = pattern.split("/")
        seen = set()
        for path in self._paths():
            parts = path.split("/")[: len(wanted)]
            found = "/".join(parts)
            if (
                len(parts) == len(wanted)
                and found not in seen
                and all(map(fnmatch.fnmatchcase, parts, wanted))
            ):
                seen.add(found)
                entry = self.entry(found)
                if entry is not None:
                    yield entry

    def entry(self, path: str) -> Entry | None:
        content = self.files.get(path, b"" if path in self.stores else None)
        if isinstance(content, Why):
            return Entry(path, Kind.FILE, why=content)
        if content is not None:
            return Entry(path, Kind.FILE, len(content))
        if any(each.startswith(f"{path}/") for each in self._paths()):
            return Entry(path, Kind.FOLDER)
        return None

    def walk(self, path: str) -> Iterator[Folder]:
        folders: dict[str, list[str]] = {}
        for each in self._paths():
            if each.startswith(f"{path}/"):
                folder, _, name = each.rpartition("/")
                folders.setdefault(folder, []).append(name)
        for folder in sorted(folders):
            yield Folder(folder, folders[folder])

    def user_folder(self, which: UserFolder) -> str | None:
        name = which.value.capitalize()
        return name if self.entry(name) is not None else None

    def open(self, path: str) -> AbstractContextManager[Reader]:
        @contextmanager
        def opened() -> Iterator[Reader]:
            yield _Bytes(self.read(path, limit=1 << 62))

        return opened()

    def read(self, path: str, *, limit: int) -> bytes:
        content = self.files.get(path, Why.NOT_SUPPORTED)
        if isinstance(content, Why):
            raise CannotLook(content)
        if len(content) > limit:
            raise CannotLook(Why.TOO_LARGE)
        return content

    def query(self, path: str, ask: Callable[[Database], Answer]) -> Answer:
        if path not in self.stores:
            self.read(path, limit=0)
            raise CannotLook(Why.UNKNOWN_FORMAT)
        return ask(_Tables(self.stores[path]))

    def json(
        self, path: str, *, drop: Collection[str] = (), limit: int = 64 << 20
    ) -> Json:
        def kept(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
            return {name: value for name, value in pairs if name not in drop}

        data = self.read(path, limit=limit)
        try:
            found: Json = json.loads(data, object_pairs_hook=kept)
        except (ValueError, RecursionError):
            raise CannotLook(Why.DAMAGED) from None
        return found

    def json_items(self, path: str, prefix: str) -> Iterator[Json]:
        values: list[Json] = [self.json(path)]
        for step in prefix.split("."):
            below: list[Json] = []
            for value in values:
                if step == "item" and isinstance(value, list):
                    below += value
                elif isinstance(value, dict) and step in value:
                    below.append(value[step])
            values = below
        yield from values

    def plist(self, path: str) -> object:
        try:
            return plistlib.loads(self.read(path, limit=16 << 20))
        except (plistlib.InvalidFileException, ValueError):
            raise CannotLook(Why.DAMAGED) from None

    def leveldb(self, path: str) -> Iterator[tuple[bytes, bytes]]:
        content = self.files.get(path)
        raise CannotLook(content if isinstance(content, Why) else Why.UNKNOWN_FORMAT)

    def in_use(self, path: str) -> bool:
        del path
        return False

    def registry(self, key: str) -> RegistryKey | None:
        if self.platform is not Platform.WINDOWS or key not in self.keys:
            return None
        start = f"{key}\\"
        below = {each[len(start) :] for each in self.keys if each.startswith(start)}
        return _Key(self.keys[key], sorted(each.split("\\")[0] for each in below))

    def running(self, programs: Collection[str]) -> bool | None:
        del programs
        return None


def assert_conforms(check: Check) -> None:
    """Raise `AssertionError` where a check breaks the contract on homes that hold
    nothing: it must say who it is, have its sentences, and answer at least once.
    """
    info = check.info
    _expect(isinstance(info, CheckInfo), "info is a CheckInfo")
    _expect(info.id == info.id.lower() and " " not in info.id, "the id is a plain word")
    words = Phrases(info.words)
    for part in ("title", "reads", "empty"):
        _expect(words.has(f"{info.id}.{part}"), f"{info.id}.{part} has a sentence")
    for platform in info.platforms:
        outcomes = [
            each
            for each in check.run(FakeHome(platform=platform))
            if not isinstance(each, Progress)
        ]
        _expect(bool(outcomes), "an empty home gets an answer")
        for each in outcomes:
            _expect_outcome(each, words)


def _expect_outcome(outcome: Outcome, words: Phrases) -> None:
    known = isinstance(outcome, Finding | NothingFound | NotChecked)
    _expect(known, "an answer is a finding, nothing found or not checked")
    if isinstance(outcome, Finding):
        for part in ("title", "what", "who", "choices", "noticed"):
            _expect(words.has(f"{outcome.topic}.{part}"), f"{outcome.topic}.{part}")


def _expect(holds: bool, what: str) -> None:
    if not holds:
        raise AssertionError(what)
