"""A home before and after its steps, and whether another one is in between."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple

from hygiene.contract import RemoveTree
from tests.host.writing.carrying import carry_out, content
from tests.host.writing.states import names, remains, states

if TYPE_CHECKING:
    from pathlib import Path

    from hygiene.contract import Step
    from tests.host.writing.scenarios import Scenario

__all__ = ["Case"]

_GOES = b"goes"
"""The word that the steps of every scenario take out."""


class Case(NamedTuple):
    """A home as it was built, the steps for it, what its stores are before and after
    these, and the names that are there after them.
    """

    home: Path
    steps: list[Step]
    before: dict[str, object]
    after: dict[str, object]
    left: set[str]

    @classmethod
    def of(cls, ground: Path, scenario: Scenario) -> Case:
        """Build the home in the folder `ground`, and let the steps be done in a copy."""
        home = ground / "home"
        home.mkdir()
        steps = scenario.build(home)
        stores = [step.store for step in steps]
        before = states(_copy(home, ground / "before"), stores)
        done = _copy(home, ground / "after")
        carry_out(done, *steps)
        after = states(done, stores)
        assert all(before[store] != after[store] for store in stores)
        return cls(home, steps, before, after, names(done))

    def copy(self, name: str) -> Path:
        """A fresh copy of the home."""
        return _copy(self.home, self.home.parent / name)

    def rest(self, home: Path) -> list[Step]:
        """The steps that are left to do in a home in which something was stopped. Fails
        unless each store is as before, or as after to the last byte, and those after
        came first.
        """
        # LevelDB alone removes old files when it opens a folder.
        files = {
            store: content(home / store)
            for store in self.before
            if (home / store).is_file()
        }
        found = states(home, self.before)
        done = {store: found[store] == self.after[store] for store in self.before}
        for store, is_done in done.items():
            if is_done:
                assert _GOES not in files.get(store, content(home / store)), store
            else:
                assert found[store] == self.before[store], store
        assert list(done.values()) == sorted(done.values(), reverse=True)
        return [step for step in self.steps if not done[step.store]]

    def finish(self, home: Path) -> None:
        """Let a second run do the rest, and check where that ends."""
        left = [RemoveTree(store=store) for store in remains(home)]
        carry_out(home, *self.rest(home), *left)
        self.check_done(home)

    def check_done(self, home: Path) -> None:
        """Fail unless all is done and nothing of ours is left."""
        assert states(home, self.before) == self.after
        assert names(home) == self.left
        assert all(_GOES not in content(home / store) for store in self.before)


def _copy(home: Path, to: Path) -> Path:
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(home, to, symlinks=True)
    return to
