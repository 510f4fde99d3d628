"""A whole check from outside: notes a made-up program keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hygiene.contract import (
    CannotLook,
    CheckInfo,
    Finding,
    Group,
    Home,
    Kind,
    Level,
    NotChecked,
    NothingFound,
    Outcome,
    Trace,
    Untrusted,
)


class NotesCheck:
    """Notes that the made-up program Jotter keeps, one a line."""

    info = CheckInfo(
        id="stranger-notes",
        group=Group.FILES,
        words="stranger_check",
        headline=("items",),
    )

    def run(self, home: Home) -> Iterator[Outcome]:
        """Answer for every notes file."""
        there = False
        for entry in home.find("{config}/jotter/*.txt"):
            there = True
            if entry.why is not None:
                yield NotChecked(entry.path, entry.why, "Jotter")
            elif entry.kind is Kind.FILE:
                yield self._notes(home, entry.path)
        if not there:
            yield NothingFound()

    def _notes(self, home: Home, path: str) -> Outcome:
        try:
            lines = home.read(path, limit=1 << 20).splitlines()
        except CannotLook as error:
            return NotChecked(path, error.why, "Jotter")
        if not lines:
            return NothingFound((path,))

        def traces() -> Iterable[Trace]:
            yield Trace(key=path, label=Untrusted(path), kind="file", count=len(lines))

        return Finding(
            topic="notes",
            level=Level.NOTE,
            program="Jotter",
            program_id="jotter",
            sources=(path,),
            counts={"items": len(lines)},
            traces=traces,
        )
