"""Which stores are saved, and what is asked before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from hygiene.contract import Finding, Level, SetRegistryValue, Site, Tick, Untrusted
from hygiene.engine import evidence
from hygiene.engine.evidence import Saving, Wanted, stores_behind, stores_of
from hygiene.engine.planning import Plan
from hygiene.host import copying
from tests.engine.clearings import clearing

STORES = ("a/History",)
PHRASE = "four words are enough"


@dataclass(frozen=True)
class Stick:
    writable: bool = True
    mount: str = "/media/STICK"
    free: int = 1

    @property
    def label(self) -> Untrusted:
        return Untrusted("STICK")


def test_the_stores_of_a_plan_are_those_of_what_is_ticked() -> None:
    """Each once, in order; what lies in a folder that is saved comes with it."""
    made = [
        replace(clearing(name), store=store, key=name)
        for name, store in (
            *(("1", "p/Sessions/Tabs_1"), ("2", "p/Favicons"), ("3", "p/Sessions")),
            *(("4", "p/Favicons"), ("5", "p/Sessions_Encrypted/Tabs_1")),
        )
    ]
    logins = replace(clearing("6"), store="p/Login Data", key="6", tick=Tick.OFF)
    plan = Plan(Site("site.example"), (*made, logins))
    without = ("p/Favicons", "p/Sessions", "p/Sessions_Encrypted/Tabs_1")
    assert stores_of(plan) == without
    assert stores_of(plan.with_tick("6")) == (*without, "p/Login Data")


def test_a_value_of_the_registry_is_no_file() -> None:
    """It cannot be copied; the screen can be photographed."""
    step = SetRegistryValue(store="Software\\Some", name="url1", value=None)
    value = replace(clearing("1"), store="Software\\Some", steps=(step,))
    plan = Plan(Site("site.example"), (value,))
    assert stores_of(plan) == ()
    assert Saving(stores_of(plan)).wanted is Wanted.STORES


def test_the_stores_behind_findings_are_their_sources() -> None:
    """Each once, in order."""
    made = [
        Finding(topic="t", level=Level.NOTE, program="P", program_id="p", sources=each)
        for each in (("b/x", "a/y"), (), ("a/y", "b/x/z", "c"))
    ]
    assert stores_behind(made) == ("b/x", "a/y", "c")


@pytest.mark.rule("SR-33")
def test_a_drive_is_ready_at_once() -> None:
    """Nothing more is asked."""
    saving = Saving(STORES)
    wanted = [saving.wanted]
    assert saving.pick(Stick())
    assert [*wanted, saving.wanted] == [Wanted.PLACE, Wanted.NOTHING]


@pytest.mark.rule("SR-33")
def test_a_drive_that_is_closed_to_writing_is_not_picked() -> None:
    """And nothing else takes its place."""
    saving = Saving(STORES)
    assert not saving.pick(Stick(writable=False))
    assert saving.wanted is Wanted.PLACE


@pytest.mark.rule("SR-33")
def test_a_folder_needs_a_passphrase_typed_twice(tmp_path: Path) -> None:
    """In this order; only then it is ready, and only then the passphrase is told."""
    saving = Saving(STORES)
    assert saving.type_folder(f" {tmp_path} ")
    assert (saving.folder, saving.wanted) == (str(tmp_path), Wanted.PASSPHRASE)
    assert saving.type_passphrase(PHRASE)
    assert (saving.passphrase, saving.wanted) == ("", Wanted.AGAIN)
    assert saving.type_again(PHRASE)
    assert (saving.passphrase, saving.wanted) == (PHRASE, Wanted.NOTHING)


@pytest.mark.rule("SR-33")
@pytest.mark.parametrize("typed", ["", ".", "papers", "~/papers", "~", "./x", "../x"])
def test_a_folder_is_typed_in_full(typed: str) -> None:
    """Anything else is not taken for one."""
    saving = Saving(STORES)
    assert not saving.type_folder(typed)
    assert saving.wanted is Wanted.PLACE


@pytest.mark.rule("SR-33")
@pytest.mark.parametrize(
    "typed",
    [
        "",
        "a" * 11,
        "a" * 12 + "\n",
        "\x00" * 12,
        "\ud800" * 12,
        "contrase\ufffda larga",
    ],
)
def test_a_passphrase_is_long_and_can_be_typed(tmp_path: Path, typed: str) -> None:
    """Eleven characters are too few, and a byte that does not decode is none."""
    saving = Saving(STORES)
    saving.type_folder(str(tmp_path))
    assert not saving.type_passphrase(typed)
    assert saving.wanted is Wanted.PASSPHRASE
    assert saving.type_passphrase("a" * 12)


@pytest.mark.rule("SR-33")
@pytest.mark.parametrize("again", ["", PHRASE + " ", PHRASE.upper()])
def test_two_that_differ_are_both_forgotten(tmp_path: Path, again: str) -> None:
    """Then the first one is asked for again."""
    saving = Saving(STORES)
    saving.type_folder(str(tmp_path))
    saving.type_passphrase(PHRASE)
    assert not saving.type_again(again)
    assert (saving.wanted, saving.passphrase) == (Wanted.PASSPHRASE, "")
    assert not saving.type_again("")
    assert saving.wanted is Wanted.PASSPHRASE


def test_another_place_forgets_the_one_before(tmp_path: Path) -> None:
    """Passphrase and all."""
    saving = Saving(STORES)
    saving.type_folder(str(tmp_path))
    saving.type_passphrase(PHRASE)
    saving.type_again(PHRASE)
    saving.pick(Stick())
    assert (saving.folder, saving.passphrase) == ("", "")
    saving.type_folder(str(tmp_path))
    assert (saving.drive, saving.wanted) == (None, Wanted.PASSPHRASE)
    saving.back()
    assert saving.wanted is Wanted.PLACE


@pytest.mark.rule("SR-33")
def test_what_can_be_noticed_is_told_for_the_place(tmp_path: Path) -> None:
    """Drive: found, and a record stays. Folder: found; first, a photo where someone may
    watch. Always: that giving it to someone may be safer. Before a place is picked, all.
    """
    saving = Saving(STORES)
    on_a_drive = {"evidence.warn-drive-found", "evidence.warn-drive-record"}
    here = {"evidence.warn-watched", "evidence.warn-file-found", "evidence.warn-lost"}
    always = {"evidence.warn-whole", "evidence.warn-give"}
    assert set(saving.warnings) == on_a_drive | here | always
    assert saving.warnings[0] == "evidence.warn-watched"
    saving.pick(Stick())
    assert set(saving.warnings) == on_a_drive | always
    saving.type_folder(str(tmp_path))
    assert set(saving.warnings) == here | always
    assert saving.warnings[0] == "evidence.warn-watched"


@pytest.mark.rule("SR-38")
def test_a_passphrase_stands_in_no_representation(tmp_path: Path) -> None:
    """Nor in a traceback that shows one."""
    saving = Saving(STORES)
    saving.type_folder(str(tmp_path))
    saving.type_passphrase(PHRASE)
    saving.type_again(PHRASE)
    assert PHRASE not in repr(saving)


def test_both_sides_ask_for_the_same_length() -> None:
    """What is asked for is what the writer takes."""
    assert evidence.LEAST_LETTERS == copying.LEAST_LETTERS == 12
