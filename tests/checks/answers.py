"""What a check of the browsers says about a made-up home."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from hygiene.contract import (
    Check,
    Finding,
    Home,
    NotChecked,
    NothingFound,
    Outcome,
    Platform,
    Trace,
    Why,
)
from hygiene.host.home import DiskHome

__all__ = [
    "answers",
    "ask",
    "everything_said",
    "found",
    "inside",
    "kept_exclusive",
    "missed",
    "nothing",
    "settings",
    "store",
    "traces",
]


def ask(check: Check, root: Path, platform: Platform = Platform.LINUX) -> list[Outcome]:
    """All outcomes, in order."""
    return answers(check, DiskHome(root, platform))


def answers(check: Check, home: Home) -> list[Outcome]:
    """All outcomes of a home that is open already."""
    return [
        each
        for each in check.run(home)
        if isinstance(each, Finding | NothingFound | NotChecked)
    ]


def found(outcomes: Sequence[Outcome], program_id: str, part: str = "") -> Finding:
    """The one finding, not a setting, of that program."""
    (finding,) = [
        each
        for each in outcomes
        if isinstance(each, Finding)
        and (each.program_id, each.part) == (program_id, part)
        and each.setting is None
    ]
    return finding


def nothing(outcomes: Sequence[Outcome]) -> list[tuple[str, ...]]:
    """Sources of each place that holds nothing."""
    return [each.sources for each in outcomes if isinstance(each, NothingFound)]


def missed(outcomes: Sequence[Outcome]) -> dict[str, Why]:
    """Why each place could not be looked at."""
    return {each.source: each.why for each in outcomes if isinstance(each, NotChecked)}


def settings(outcomes: Sequence[Outcome], program_id: str) -> dict[str, str]:
    """The state of each setting of a program."""
    return {
        each.setting.name: str(each.setting.value)
        for each in outcomes
        if isinstance(each, Finding)
        and each.program_id == program_id
        and each.setting is not None
    }


def traces(finding: Finding) -> dict[str, Trace]:
    """What stands behind a finding, by key."""
    return {each.key: each for each in finding.traces()}


def inside(trace: Trace) -> list[Trace]:
    """What stands behind a trace."""
    assert trace.inside is not None
    return list(trace.inside())


def everything_said(outcomes: Sequence[Outcome]) -> str:
    """Every text of findings and their traces, as raw as it can be had; not what a
    trace has inside.
    """
    said = [repr(outcomes)]
    for each in outcomes:
        if isinstance(each, Finding):
            said.append(each.profile.raw if each.profile else "")
            for trace in each.traces():
                said += [repr(trace), trace.label.raw, trace.key]
    return "\n".join(said)


def store(path: Path, script: str) -> Path:
    """A SQLite store made by Python's own SQLite."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(script)
    return path


@contextmanager
def kept_exclusive(path: Path) -> Iterator[None]:
    """Hold the lock that a running browser holds."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA locking_mode=EXCLUSIVE")
        database.execute("BEGIN EXCLUSIVE")
        yield
        database.execute("ROLLBACK")
