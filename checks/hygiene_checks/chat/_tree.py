"""Conversations kept as files below one folder: counted without opening any of them."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TypeVar

from hygiene.contract import (
    CannotLook,
    Entry,
    Finding,
    Folder,
    Home,
    Level,
    NotChecked,
    NothingFound,
    Outcome,
    Progress,
    Trace,
    Untrusted,
    Why,
)
from hygiene.contract.moments import within
from hygiene_checks.chat._moments import Span, named_moment
from hygiene_checks.chat._names import NameOf
from hygiene_checks.chat._places import Installation, barrier

__all__ = ["LogFolder", "report"]

Answer = TypeVar("Answer")

_EACH = 1000


@dataclass(frozen=True, slots=True)
class LogFolder:
    """The folder of an installation that holds its logs, how they are named, and the
    block of sentences for what is found. `part` tells several of one profile apart.
    """

    path: str
    name_of: NameOf
    topic: str = "chat-stored"
    part: str = ""


@dataclass(slots=True)
class _Tally:
    files: int = 0
    span: Span = field(default_factory=Span)


def report(
    home: Home, installation: Installation, logs: LogFolder
) -> Iterator[Outcome | Progress]:
    """What the folder holds, and each thing in it that could not be looked into."""
    try:
        tallies, hidden = yield from _survey(home, installation, logs)
    except CannotLook as refusal:
        path = barrier(home, logs.path)
        yield NotChecked(path, refusal.why, installation.program.name)
        return
    files = sum(each.files for each in tallies.values())
    if not files:
        if not hidden:
            yield NothingFound((logs.path,))
        return
    span = Span()
    for each in tallies.values():
        span.add(each.span.first)
        span.add(each.span.last)
    yield Finding(
        topic=logs.topic,
        level=Level.WORTH_A_LOOK,
        program=installation.program.name,
        program_id=installation.program.id,
        profile=installation.profile,
        part=logs.part,
        sources=(logs.path,),
        counts={"conversations": len(tallies) - ("" in tallies), "log_files": files},
        first=span.first,
        last=span.last,
        guide="chat-logs",
        traces=partial(_traces, home, installation, logs),
    )


def _traces(home: Home, installation: Installation, logs: LogFolder) -> Iterator[Trace]:
    """One trace for each person or room. Raises `CannotLook`."""
    tallies, _ = _last_word(_survey(home, installation, logs))
    for key, tally in sorted(tallies.items()):
        if key:
            yield Trace(
                key=key,
                label=Untrusted(key.rpartition("/")[2]),
                kind="conversation",
                count=tally.files,
                first=tally.span.first,
                last=tally.span.last,
            )


def _last_word(steps: Generator[object, None, Answer]) -> Answer:
    """Run a generator to its end and return what it returns."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            answer: Answer = end.value
            return answer


def _survey(
    home: Home, installation: Installation, logs: LogFolder
) -> Generator[NotChecked | Progress, None, tuple[dict[str, _Tally], bool]]:
    """Count the files of each conversation, by key; and whether something in the folder
    could not be looked into.
    """
    tallies: dict[str, _Tally] = {}
    skipped: dict[Why, list[str]] = {}
    met = shown = 0
    root: str | None = None
    for folder in home.walk(logs.path):
        root = folder.path if root is None else root
        _note(folder.skipped, skipped)
        _count(home, folder, folder.path[len(root) + 1 :], logs.name_of, tallies)
        met += 1 + len(folder.files)
        if met - shown >= _EACH:
            shown = met
            yield Progress(met)
    for why, paths in skipped.items():
        # One row for each reason: a folder can hold any number of links and pipes.
        source = paths[0] if len(paths) == 1 else logs.path
        yield NotChecked(
            barrier(home, source), why, installation.program.name, len(paths)
        )
    return tallies, bool(skipped)


def _note(entries: Sequence[Entry], skipped: dict[Why, list[str]]) -> None:
    for entry in entries:
        skipped.setdefault(entry.why or Why.NOT_ASKED, []).append(entry.path)


def _count(
    home: Home, folder: Folder, below: str, name_of: NameOf, tallies: dict[str, _Tally]
) -> None:
    prefix = f"{below}/" if below else ""
    for name in folder.files:
        key = name_of(prefix + name)
        if key is None:
            continue
        tally = tallies.get(key)
        if tally is None:
            tally = tallies[key] = _Tally()
        tally.files += 1
        moment = named_moment(name) or _modified(home, f"{folder.path}/{name}")
        tally.span.add(moment)


def _modified(home: Home, path: str) -> datetime | None:
    try:
        entry = home.entry(path)
    except CannotLook:
        return None
    return within(entry.modified) if entry else None
