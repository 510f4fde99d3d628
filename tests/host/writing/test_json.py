"""Members of JSON documents go, and every other byte of the text stays."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from hygiene.contract import EditJson, Refusal
from hygiene.host import mozlz4
from tests.host.writing.carrying import FOLDER, carry_out, refused, tree

if TYPE_CHECKING:
    from pathlib import Path

TEXT = b'{ "goes": {"n": 1.50}, "n": 1.0, "list": [ 1, "goes", 3 ],\n "last": null}'
STORE = f"{FOLDER}/document"


def _edit(path: Path, **steps: tuple[object, ...]) -> EditJson:
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    return EditJson(store=STORE, before=before, **steps)  # type: ignore[arg-type]  # short for both fields


@pytest.fixture(params=[False, True], ids=["plain", "compressed"])
def document(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path = tmp_path / STORE
    path.parent.mkdir(parents=True)
    path.write_bytes(mozlz4.packed(TEXT) if request.param else TEXT)
    return path


def _text(path: Path) -> bytes:
    data = path.read_bytes()
    return mozlz4.unpacked(data) if mozlz4.is_packed(data) else data


@pytest.mark.rule("SR-30")
def test_edits_of_several_parts_of_a_plan_are_one(
    tmp_path: Path, document: Path
) -> None:
    """Each was planned on the document as it is, and all are done at once."""
    packed = mozlz4.is_packed(document.read_bytes())
    first = _edit(document, remove=(("goes",),))
    second = _edit(document, remove=(("list", 1),), put=((("last",), "set"),))
    assert carry_out(tmp_path, first, second) == [STORE]
    assert _text(document) == (b'{ "n": 1.0, "list": [ 1, 3 ],\n "last": "set"}')
    assert mozlz4.is_packed(document.read_bytes()) is packed


@pytest.mark.parametrize(
    "steps",
    [{"remove": (("not there",),)}, {"put": ((("list", 7), 1),)}],
    ids=["to remove", "to set"],
)
def test_paths_that_lead_to_nothing(
    tmp_path: Path, document: Path, steps: dict[str, tuple[object, ...]]
) -> None:
    """Then nothing of the document changes."""
    before = tree(tmp_path)
    found = refused(tmp_path, _edit(document, **steps))
    assert found == (STORE, Refusal.UNKNOWN_FORMAT)
    assert tree(tmp_path) == before


def test_a_damaged_document(tmp_path: Path, document: Path) -> None:
    """What cannot be read is not written."""
    document.write_bytes(document.read_bytes()[:-2])
    before = tree(tmp_path)
    found = refused(tmp_path, _edit(document, remove=(("goes",),)))
    assert found == (STORE, Refusal.DAMAGED)
    assert tree(tmp_path) == before


@pytest.mark.rule("SR-26")
def test_steps_on_different_documents(tmp_path: Path, document: Path) -> None:
    """Parts of a plan that saw different bytes are of different moments."""
    before = tree(tmp_path)
    first = _edit(document, remove=(("goes",),))
    second = EditJson(store=STORE, before="0" * 64, remove=(("n",),))
    assert refused(tmp_path, first, second) == (STORE, Refusal.CHANGED)
    assert tree(tmp_path) == before
