"""One encrypted file: nobody reads even a name in it, and what is in it is whole."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tracemalloc
from typing import IO, TYPE_CHECKING

import py7zr
import pytest

from hygiene.host.copying import _seven_zip
from tests.host.copying.places import PHRASE, STORES, Places, digest, names

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hygiene.host.copying import CopyReport, Work

pytestmark = pytest.mark.rule("SR-33", "SR-34")

SEVEN_ZIP = shutil.which("7z") or shutil.which("7zz")


def opened(places: Places, report: CopyReport, phrase: str = PHRASE) -> Path:
    """The archive taken apart by py7zr; where it was put."""
    place = places.root / "opened"
    with py7zr.SevenZipFile(places.papers / report.name, password=phrase) as archive:
        archive.extractall(place)
    return place


def test_an_archive_holds_the_bytes_of_the_files(places: Places) -> None:
    """Under the names that the list gives; the times of change are kept."""
    report = places.archive()
    assert report.complete
    assert report.name == "copies-2026-11-22.7z"
    assert {each.path: each.digest for each in report.saved} == places.truth()
    place = opened(places, report)
    for each in report.saved:
        assert (
            digest(place / each.copy) == each.digest == digest(places.home / each.path)
        )
        assert each.modified is not None
        changed = (place / each.copy).stat().st_mtime
        assert changed == pytest.approx(each.modified.timestamp())
    assert {each for each in names(place) if (place / each).is_file()} == {
        *(each.copy for each in report.saved),
        "list-of-files.txt",
        "list-of-files.json",
    }


def test_it_is_readable_by_its_owner_only(places: Places) -> None:
    """And nothing else is in the folder."""
    report = places.archive()
    assert (places.papers / report.name).stat().st_mode & 0o777 == 0o600
    assert names(places.papers) == [report.name]


def test_nothing_can_be_told_without_the_passphrase(places: Places) -> None:
    """No name, no word of a store, no list."""
    report = places.archive()
    data = (places.papers / report.name).read_bytes()
    for word in ("History", "places.sqlite", "site.example", "list-of-files", "SQLite"):
        for encoding in ("utf-8", "utf-16-le"):
            assert word.encode(encoding) not in data
    assert b"\x24\x06\xf1\x07\x01" in data, "the method 7zAES of the list itself"
    assert "01/History" in names_in(data, PHRASE)
    assert names_in(data, None) == names_in(data, "four words are enougH") == []


def names_in(data: bytes, phrase: str | None) -> list[str]:
    """The names that an archive gives away; none where it cannot be read."""
    try:
        with py7zr.SevenZipFile(io.BytesIO(data), password=phrase) as archive:
            return [str(each) for each in archive.getnames()]
    except Exception:  # noqa: BLE001 - bytes that are no list can fail in any way
        return []


@pytest.mark.real
@pytest.mark.skipif(
    SEVEN_ZIP is None and not os.environ.get("HYGIENE_REAL"),
    reason="7z is not installed",
)
@pytest.mark.parametrize("right", [True, False], ids=["right", "wrong"])
def test_seven_zip_itself_opens_it_with_the_passphrase_alone(
    places: Places, right: bool
) -> None:
    """Every file passes its test; with another passphrase no name is told."""
    assert SEVEN_ZIP is not None
    report = places.archive()
    phrase = PHRASE if right else PHRASE.upper()
    done = subprocess.run(
        [SEVEN_ZIP, "t", "-bb1", f"-p{phrase}", str(places.papers / report.name)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode == 0) is right
    told = [each.copy for each in report.saved if each.copy in done.stdout]
    assert told == ([each.copy for each in report.saved] if right else [])


def test_what_is_there_is_left_as_it_is(places: Places) -> None:
    """A second one of a day gets a number."""
    first = places.archive()
    before = digest(places.papers / first.name)
    second = places.archive()
    assert [first.name, second.name] == [
        "copies-2026-11-22.7z",
        "copies-2026-11-22-2.7z",
    ]
    assert digest(places.papers / first.name) == before


@pytest.mark.parametrize("at", [0, 40, 100_000, -3], ids=["top", "data", "far", "list"])
def test_a_disk_that_keeps_other_bytes_is_found_out(
    places: Places, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """One flipped bit anywhere, and no archive is left."""
    real = os.fsync

    def flip(descriptor: int) -> None:
        size = os.fstat(descriptor).st_size
        place = at % size
        os.pwrite(descriptor, bytes([os.pread(descriptor, 1, place)[0] ^ 1]), place)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", flip)
    report = places.archive()
    assert (report.name, report.saved, report.complete) == ("", (), False)
    assert {each.key for each in report.failed} == {"evidence.failed-differs"}
    assert {each.path for each in report.failed} == set(places.truth())
    assert names(places.papers) == []


@pytest.mark.parametrize("way", ["copy", "archive"])
def test_memory_stays_small(places: Places, way: str) -> None:
    """Whatever the size of a file, and whatever is in it."""
    large = places.home / "large"
    with large.open("wb") as file:
        file.truncate(40 << 20)
    save: Callable[..., CopyReport] = getattr(places, way)
    save(STORES[0])  # everything is imported
    tracemalloc.start()
    try:
        report = save("large")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert report.complete
    assert peak < 12 << 20


def test_twelve_signs_are_enough(places: Places) -> None:
    """As the person was told."""
    assert places.archive(STORES[0], phrase="twelve signs").complete


@pytest.mark.parametrize("lost", [True, False], ids=["lost", "other"])
def test_an_archive_that_opens_and_holds_other_bytes_is_found_out(
    places: Places, monkeypatch: pytest.MonkeyPatch, lost: bool
) -> None:
    """Each file is compared, not only the archive as such."""
    real = _seven_zip.digests_in

    def other(file: IO[bytes], passphrase: str, work: Work) -> dict[str, str]:
        found = real(file, passphrase, work)
        found.pop("01/History")
        return found if lost else found | {"01/History": "0" * 64}

    monkeypatch.setattr(_seven_zip, "digests_in", other)
    assert not places.archive().complete
    assert names(places.papers) == []
