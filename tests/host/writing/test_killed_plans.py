"""The process is killed at every point of what a family's checks plan for one site."""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from hygiene.contract import Clearing, ForgetsSites, Platform, RemoveTree, Site
from hygiene.engine.registry import Loaded, find, load
from hygiene.host.home import DiskHome
from tests.checks.browser.forgetting import chrome, fox
from tests.host.systems import LINUX
from tests.host.writing.carrying import carry_out, tree, units_of
from tests.host.writing.killing import killed_at
from tests.host.writing.states import is_idle_journal, names, remains, state, states

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hygiene.contract import Step

pytestmark = LINUX

_PROCESS = re.compile(r"-[0-9]+\.part")


class Family(NamedTuple):
    """What builds a home with a site in it."""

    build: Callable[[Path], Path]
    site: Site


FAMILIES = {
    "Chromium": Family(chrome.home_of_sites, Site(chrome.SITE, below=True)),
    "Firefox": Family(fox.everything, fox.WHOLE),
}


def _planned(root: Path, site: Site) -> list[Step]:
    """Everything that any check would do, ticked or not, and the removal of what a
    killed run left.
    """
    home = DiskHome(root, Platform.LINUX)
    checks = [each.check for each in load(find()) if isinstance(each, Loaded)]
    steps = [
        step
        for check in checks
        if isinstance(check, ForgetsSites)
        for each in check.plan_site(home, site)
        if isinstance(each, Clearing)
        for step in each.steps
    ]
    planned = {step.store for step in steps}
    left = [store for store in remains(root) if store not in planned]
    return [*steps, *(RemoveTree(store=store) for store in left)]


def _others(root: Path, store: str) -> dict[str, bytes | None]:
    """Every path with its bytes, but for those of one store and what a kill leaves."""
    own = {f"{store}{end}" for end in ("", "-journal", "-wal", "-shm")}
    return {
        name: data
        for name, data in tree(root).items()
        if name not in own
        and not name.startswith(f"{store}/")
        and not _PROCESS.search(name)
    }


def _mark(root: Path, found: object) -> str:
    """A digest of all that a second run could see, with what a program found in the
    store. Who was killed does not matter, nor a journal that SQLite passes over, nor
    how LevelDB, which opened that folder just now, numbers its files.
    """
    whole = hashlib.sha256(repr(found).encode())
    for name, data in tree(root).items():
        path = root / name
        if not is_idle_journal(path) and not (path.parent / "CURRENT").exists():
            whole.update(repr((_PROCESS.sub("", name), data)).encode())
    return whole.hexdigest()


class _Killing:
    """One home, its plan carried out a unit at a time, and all the kills in between."""

    def __init__(self, ground: Path, family: Family) -> None:
        self._ground = ground
        self._site = family.site
        self._home = ground / "home"
        self._home.mkdir()
        family.build(self._home)
        self.units = units_of(_planned(self._home, family.site))
        self._stores = [unit.store for unit in self.units]
        done = self._copy("done")
        carry_out(done, *(step for unit in self.units for step in unit.steps))
        self._end = states(done, self._stores)
        self._names = names(done)
        assert _planned(done, family.site) == []
        self.points = 0
        self.second_runs: set[str] = set()

    def _copy(self, name: str) -> Path:
        to = self._ground / name
        shutil.rmtree(to, ignore_errors=True)
        return shutil.copytree(self._home, to, symlinks=True)

    def kill_in(self, store: str, steps: tuple[Step, ...]) -> None:
        """Kill at every point of one unit, and then do it in peace."""
        before, after = state(self._copy("before") / store), self._end[store]
        assert before != after
        others = _others(self._home, store)
        number = 1
        while killed_at(number, killed := self._copy("killed"), steps):
            assert _others(killed, store) == others, (store, number)
            found = state(killed / store)
            assert found in (before, after), (store, number)
            self._finish(killed, _mark(killed, (store, found == after)))
            number += 1
        assert _others(killed, store) == others
        assert state(killed / store) == after
        self.points += number - 1
        carry_out(self._home, *steps)

    def _finish(self, killed: Path, mark: str) -> None:
        """Plan again and do that. What was seen once ends the same a second time."""
        if mark in self.second_runs:
            return
        self.second_runs.add(mark)
        carry_out(killed, *_planned(killed, self._site))
        assert states(killed, self._stores) == self._end
        assert names(killed) == self._names
        assert _planned(killed, self._site) == []


@pytest.mark.rule("SR-30")
@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_a_kill_at_any_point_of_a_whole_plan(
    ground: Path, capsys: pytest.CaptureFixture[str], family: Family
) -> None:
    """Each store is as before or as after once its program opened it, all others are
    untouched, and planning the same again finds what is left and ends in the same.
    """
    killing = _Killing(ground, family)
    assert len(killing.units) > 20
    for unit in killing.units:
        killing.kill_in(unit.store, unit.steps)
    assert killing.points > 10 * len(killing.units)
    with capsys.disabled():
        sys.stdout.write(
            f" {len(killing.units)} stores, {killing.points} points,"
            f" {len(killing.second_runs)} different ends "
        )
