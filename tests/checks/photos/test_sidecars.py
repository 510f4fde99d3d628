"""Which picture a file beside it belongs to."""

from __future__ import annotations

import pytest

from hygiene.contract import CannotLook, Why
from hygiene_checks.photos._kinds import is_picture, sorted_out
from hygiene_checks.photos._sidecars import LARGEST, beside, place_in_sidecar
from tests.checks.photos.memory import InMemory

LONG = "a-name-that-is-far-too-long-for-the-archive-it-was-put-into.jpg"
PICTURES = ["IMG_1.jpg", "IMG_1(1).jpg", "raw.dng", LONG]


@pytest.mark.parametrize(
    ("name", "picture"),
    [
        ("IMG_1.xmp", "IMG_1.jpg"),
        ("IMG_1.jpg.XMP", "IMG_1.jpg"),
        ("raw.xmp", "raw.dng"),
        ("IMG_1.jpg.json", "IMG_1.jpg"),
        ("IMG_1.jpg(1).json", "IMG_1(1).jpg"),
        ("IMG_1(1).jpg.json", "IMG_1(1).jpg"),
        ("IMG_1.jpg.supplemental-metadata.json", "IMG_1.jpg"),
        ("IMG_1.jpg.supplemental-metadata(1).json", "IMG_1(1).jpg"),
        ("IMG_1.jpg.suppl.json", "IMG_1.jpg"),
        ("IMG_1.jpg.s.json", "IMG_1.jpg"),
        ("IMG_1.jpg..json", "IMG_1.jpg"),
        (f"{LONG[:46]}.json", LONG),
    ],
)
def test_sidecars_of_pictures(name: str, picture: str) -> None:
    """In each way that programs name them, cut and counted."""
    found = beside(PICTURES, [name])
    assert (found.of, found.alone) == ({picture: [name]}, [])


@pytest.mark.parametrize(
    "name",
    [
        "gone.xmp",
        "gone.jpg.json",
        "gone.heic.supplemental-metadata.json",
        "gone.mp4.supp.json",
        "gone-and-long.supplemental-m.json",
    ],
)
def test_sidecars_whose_picture_is_gone(name: str) -> None:
    """They are looked at by themselves."""
    found = beside(PICTURES, [name])
    assert (found.of, found.alone) == ({}, [name])


@pytest.mark.parametrize(
    "name", ["package.json", "metadata.json", ".json", "IMG_1.json", "a.b.c.json"]
)
def test_other_documents_are_not_opened(name: str) -> None:
    """A JSON file that is not named after a picture is none of ours."""
    found = beside(PICTURES, [name])
    assert (found.of, found.alone) == ({}, [])


def test_names_of_pictures() -> None:
    """By their ends, in any case."""
    names = ["a.JPG", "b.heic", "c.txt", "d.Json", "._a.JPG", "e.xmp", "f.MOV"]
    assert sorted_out(names) == (
        ["a.JPG", "b.heic", "f.MOV"],
        ["d.Json", "e.xmp"],
    )
    assert not is_picture("c.txt")


def test_a_sidecar_too_large_to_be_one() -> None:
    """It is not read, and not told to hold no place."""
    with pytest.raises(CannotLook) as refusal:
        place_in_sidecar(InMemory(bytes(LARGEST + 1)), "IMG_1.jpg.json")
    assert refusal.value.why is Why.TOO_LARGE
