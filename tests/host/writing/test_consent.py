"""Only the very consent that was given, to just these steps, and once."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import TYPE_CHECKING

import pytest

from hygiene.contract import CannotClear, Consent, Platform, Refusal, RemoveTree, digest
from hygiene.engine.consent import Consents
from hygiene.host.home import DiskHome
from hygiene.host.writing import Writer
from tests.host.writing.carrying import FOLDER, deleting, make, rows, tree, units_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hygiene.contract import Step

pytestmark = pytest.mark.rule("SR-26")

STORE = f"{FOLDER}/store.sqlite"


def _made_bare(real: Consent) -> Consent:
    made = object.__new__(Consent)
    object.__setattr__(made, "digest", real.digest)
    return made


class _Consent(Consent):
    """Looks alike."""


def _relabelled(real: Consent) -> Consent:
    made = object.__new__(_Consent)
    object.__setattr__(made, "digest", real.digest)
    return made


FORGED: dict[str, Callable[[Consent], Consent]] = {
    "built": lambda real: Consent(real.digest),
    "built without its class": _made_bare,
    "of a class that looks alike": _relabelled,
    "replaced": dataclasses.replace,
    "copied": copy.copy,
    "copied deep": copy.deepcopy,
    "unpickled": lambda real: pickle.loads(pickle.dumps(real)),  # noqa: S301 - of our own making
}


@pytest.fixture
def steps(tmp_path: Path) -> list[Step]:
    make(tmp_path / STORE, count=20)
    (tmp_path / FOLDER / "Cache").mkdir()
    return [RemoveTree(store=f"{FOLDER}/Cache"), deleting(STORE, 20)]


def _try(root: Path, consents: Consents, consent: Consent, steps: list[Step]) -> bool:
    """Whether the writer took the consent; nothing may have changed if not."""
    before, units = tree(root), units_of(steps)
    writer = Writer(DiskHome(root, Platform.LINUX), consents.redeem)
    try:
        list(writer.carry_out(consent, units, writer.stamps(u.store for u in units)))
    except CannotClear as error:
        why = error.why
    else:
        return True
    assert why is Refusal.CHANGED
    assert tree(root) == before
    return False


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_a_forged_consent(
    tmp_path: Path, steps: list[Step], forge: Callable[[Consent], Consent]
) -> None:
    """Equal is not enough; and an attempt spends the real one as well."""
    consents = Consents()
    real = consents.give(digest(steps))
    assert not _try(tmp_path, consents, forge(real), steps)
    assert not _try(tmp_path, consents, real, steps)


def test_a_consent_counts_once(tmp_path: Path, steps: list[Step]) -> None:
    """The same object a second time is no consent."""
    consents = Consents()
    real = consents.give(digest(steps))
    assert _try(tmp_path, consents, real, steps)
    assert len(rows(tmp_path / STORE)["t"]) == 20
    (tmp_path / FOLDER / "Cache").mkdir()
    assert not _try(tmp_path, consents, real, steps)


def _others(steps: list[Step]) -> dict[str, list[Step]]:
    first, second = steps
    assert isinstance(second, type(deleting(STORE)))
    return {
        "fewer": [first],
        "in another order": [second, first],
        "one more": [*steps, RemoveTree(store=f"{FOLDER}/other")],
        "other keys": [first, dataclasses.replace(second, keys=tuple(range(1, 40, 2)))],
        "another store": [RemoveTree(store=FOLDER), second],
    }


@pytest.mark.parametrize(
    "which", ["fewer", "in another order", "one more", "other keys", "another store"]
)
def test_other_steps_than_agreed_to(
    tmp_path: Path, steps: list[Step], which: str
) -> None:
    """A real consent is one to its own steps only."""
    consents = Consents()
    real = consents.give(digest(steps))
    assert not _try(tmp_path, consents, real, _others(steps)[which])


def test_a_consent_that_was_withdrawn(tmp_path: Path, steps: list[Step]) -> None:
    """The screen was left: what was typed there counts no more."""
    consents = Consents()
    real = consents.give(digest(steps))
    consents.withdraw()
    assert not _try(tmp_path, consents, real, steps)


def test_the_consent_is_redeemed_before_the_first_store_is_asked_for(
    tmp_path: Path, steps: list[Step]
) -> None:
    """Even when nobody takes the first answer."""
    consents = Consents()
    writer = Writer(DiskHome(tmp_path, Platform.LINUX), consents.redeem)
    real = consents.give(digest(steps))
    before = tree(tmp_path)
    writer.carry_out(real, units_of(steps), {})
    assert not consents.redeem(real, real.digest)
    assert tree(tmp_path) == before
