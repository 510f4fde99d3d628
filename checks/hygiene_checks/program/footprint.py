"""What this program itself leaves in a home, and which of its own lines could go."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import partial

from hygiene.contract import (
    CannotLook,
    CheckInfo,
    Clearing,
    Entry,
    Finding,
    Group,
    Home,
    Kept,
    Level,
    NotChecked,
    NothingFound,
    NotReached,
    Outcome,
    Picked,
    Place,
    Planned,
    Progress,
    ReplaceFile,
    Trace,
    Untrusted,
    or_nothing_found,
)
from hygiene_checks.program._commands import starts_this_program
from hygiene_checks.program._installs import DOWNLOAD, KINDS, Kind, patterns
from hygiene_checks.program._shell_histories import PLACES, Shell, Typed

__all__ = ["FootprintCheck"]

ID = "own-footprint"
_GUIDE = "remove-this-tool"
_LARGEST = 64 << 20
"""Bytes of a shell history; at a line a second it takes months of typing."""


class FootprintCheck:
    """Lines in shell histories that start this program, and what installers keep of it.

    One answer for each history that is there, and one finding for each installer that
    knows the program. `items` counts lines, or files and folders. Only the lines can be
    cleared here (`clear-lines`): those that start the program, whole entries, every
    other byte of the file stays as it is.
    """

    info = CheckInfo(
        id=ID, group=Group.PROGRAM, words="hygiene_checks.program", headline=("items",)
    )

    def run(self, home: Home) -> Iterator[Outcome | Progress]:
        """Look into the histories, then for what installers keep."""
        return or_nothing_found(self._answers(home))

    def _answers(self, home: Home) -> Iterator[Outcome]:
        for entry, shell in _histories(home):
            yield _history(home, entry, shell)
        for kind in (*KINDS[home.platform], DOWNLOAD):
            yield from _install(home, kind)

    def plan_picked(self, home: Home, picked: Picked) -> Iterator[Planned]:
        """The lines of one history that start this program."""
        for entry, shell in _histories(home):
            if entry.path == picked.store:
                yield from _plan(home, entry, shell)


def _histories(home: Home) -> Iterator[tuple[Entry, Shell]]:
    """Every history that is there, once."""
    seen: set[str] = set()
    for pattern, shell in PLACES[home.platform].items():
        for entry in home.find(pattern):
            key = entry.identity or entry.path
            if key not in seen:
                seen.add(key)
                yield entry, shell


def _read(home: Home, entry: Entry) -> bytes:
    if entry.why is not None:
        raise CannotLook(entry.why)
    return home.read(entry.path, limit=_LARGEST)


def _own(shell: Shell, data: bytes) -> list[Typed]:
    return [each for each in shell.parse(data) if starts_this_program(each.text)]


def _history(home: Home, entry: Entry, shell: Shell) -> Outcome:
    try:
        lines = _own(shell, _read(home, entry))
    except CannotLook as refusal:
        return NotChecked(entry.path, refusal.why, shell.name)
    if not lines:
        return NothingFound((entry.path,))
    moments = [each.when for each in lines if each.when is not None]
    # A shell that runs holds its lines in memory, and writes them when it ends.
    running = home.running(shell.processes)
    return Finding(
        topic="own-lines-running" if running else "own-lines",
        level=Level.WORTH_A_LOOK,
        program=shell.name,
        program_id=shell.id,
        part=entry.path.rpartition("/")[2],
        sources=(entry.path,),
        counts={"items": len(lines)},
        first=min(moments, default=None),
        last=max(moments, default=None),
        guide=_GUIDE,
        traces=partial(_list_lines, home, entry, shell),
        choices=("clear-lines",),
    )


def _list_lines(home: Home, entry: Entry, shell: Shell) -> Iterator[Trace]:
    """The lines themselves: only those that start this program."""
    for each in _own(shell, _read(home, entry)):
        yield Trace(
            key=str(each.start),
            label=Untrusted(each.text),
            kind="line",
            first=each.when,
            last=each.when,
        )


def _plan(home: Home, entry: Entry, shell: Shell) -> Iterator[Planned]:
    try:
        data = _read(home, entry)
    except CannotLook as refusal:
        yield NotReached(store=entry.path, why=refusal.why, program=shell.name)
        return
    lines = _own(shell, data)
    if not lines:
        return
    moments = [each.when for each in lines if each.when is not None]
    step = ReplaceFile(
        store=entry.path,
        before=hashlib.sha256(data).hexdigest(),
        after=_without(data, lines),
    )
    yield Clearing(
        key=f"{Kept.OWN_LINES}:{entry.path}",
        kept=Kept.OWN_LINES,
        place=_place(entry, shell),
        store=entry.path,
        steps=(step,),
        counts={"typed_lines": len(lines)},
        first=min(moments, default=None),
        last=max(moments, default=None),
    )


def _without(data: bytes, lines: Sequence[Typed]) -> bytes:
    kept, end = [], 0
    for each in lines:
        kept.append(data[end : each.start])
        end = each.end
    return b"".join([*kept, data[end:]])


def _place(entry: Entry, shell: Shell) -> Place:
    folder, _, name = entry.path.rpartition("/")
    return Place(
        program=shell.name,
        program_id=shell.id,
        folder=folder,
        profile=Untrusted(name),
        tried=True,
    )


def _install(home: Home, kind: Kind) -> Iterator[Outcome]:
    found: dict[str, Entry] = {}
    try:
        for pattern in patterns(home, kind):
            for entry in home.find(pattern):
                found.setdefault(entry.identity or entry.path, entry)
    except CannotLook as refusal:
        yield NotChecked("", refusal.why, kind.name)
    there = [each for each in found.values() if each.why is None]
    if there:
        yield Finding(
            topic=kind.topic,
            level=Level.WORTH_A_LOOK,
            program=kind.name,
            program_id=kind.id,
            sources=tuple(each.path for each in there),
            counts={"items": len(there)},
            guide=_GUIDE,
        )
