"""Which programs run."""

from __future__ import annotations

import os
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from hygiene.contract import Platform
from hygiene.host import processes
from hygiene.host.home import DiskHome

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Process:
    """A process of a made-up table."""

    def __init__(self, name: str | Exception, user: int) -> None:
        self._name = name
        self._user = user

    def name(self) -> str:
        if isinstance(self._name, Exception):
            raise self._name
        return self._name

    def uids(self) -> Any:
        return SimpleNamespace(real=self._user)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DiskHome:
    """The live home of user 1000, beside whom others work."""
    table = [
        Process(psutil.NoSuchProcess(1), 1000),
        Process(PermissionError(), 1000),
        Process("Firefox", 1000),
        Process("averylongproces", 1000),
        Process("chrome", 1001),
    ]

    def listed() -> Iterator[Process]:
        return iter(table)

    monkeypatch.setattr(psutil, "process_iter", listed)
    monkeypatch.setattr(os, "getuid", lambda: 1000)
    return DiskHome(tmp_path, Platform.LINUX, live=True)


@pytest.mark.parametrize(
    ("programs", "runs"),
    [
        (["firefox"], True),
        (["chrome", "FIREFOX"], True),
        (["averylongprocessname"], True),
        (["chrome"], False),
        (["fire"], False),
        ([], False),
    ],
)
def test_programs_of_this_person(
    home: DiskHome, programs: list[str], runs: bool
) -> None:
    """Names match whole and without regard to case; other people's do not count."""
    assert home.running(programs) is runs


def test_another_home_cannot_be_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This machine's processes say nothing about a home on a drive."""
    monkeypatch.setattr(psutil, "process_iter", lambda: pytest.fail("was asked"))
    assert DiskHome(tmp_path, Platform.LINUX).running(["firefox"]) is None


def test_a_system_that_tells_of_no_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not known is not the same as not running."""

    def no_table() -> Iterator[Process]:
        raise FileNotFoundError("/proc")

    monkeypatch.setattr(psutil, "process_iter", no_table)
    home = DiskHome(tmp_path, Platform.LINUX, live=True)
    assert home.running(["firefox"]) is None


def test_this_very_process() -> None:
    """The real table of this machine has the program that runs these tests."""
    names = processes.Processes().names()
    assert names is not None
    assert psutil.Process().name().casefold() in names
