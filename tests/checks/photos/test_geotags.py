"""Where pictures are looked for, and what is said about each folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from hygiene.contract import (
    CannotLook,
    Finding,
    Kind,
    Level,
    NotChecked,
    NothingFound,
    Outcome,
    Platform,
    Progress,
    Why,
)
from hygiene.contract.phrases import Phrases
from hygiene.contract.testing import FakeHome, assert_conforms
from hygiene.host.home import DiskHome
from hygiene.practice.hive import write_hive
from hygiene.practice.photos import PhotoFolder
from hygiene.practice.picture_files import BUILDERS
from hygiene_checks.photos import geotags
from hygiene_checks.photos._folders import batches, top_folders
from hygiene_checks.photos.geotags import PhotoGeotagsCheck
from tests.footprint import age, footprint
from tests.host.refusal import shut
from tests.host.systems import LINUX

HERE = (52.51861, 13.37611)
CHECK = PhotoGeotagsCheck()
FILMS = {
    Platform.LINUX: "Videos",
    Platform.MACOS: "Movies",
    Platform.WINDOWS: "Videos",
}
every_layout = pytest.mark.parametrize("platform", list(Platform), ids=str)


def ask(root: Path, platform: Platform = Platform.LINUX) -> list[Outcome]:
    """All outcomes, in order."""
    return _outcomes(DiskHome(root, platform))


def _outcomes(home: DiskHome | FakeHome) -> list[Outcome]:
    return [each for each in CHECK.run(home) if not isinstance(each, Progress)]


def findings(outcomes: list[Outcome]) -> dict[str, Finding]:
    """By the folder they are about."""
    return {each.program_id: each for each in outcomes if isinstance(each, Finding)}


def counts(outcomes: list[Outcome]) -> dict[str, tuple[int, int]]:
    """Files looked at and files with a place, by folder."""
    return {
        name: (each.counts["photos"], each.counts["with_place"])
        for name, each in findings(outcomes).items()
    }


def nothing(outcomes: list[Outcome]) -> list[tuple[str, ...]]:
    """Sources of each folder that holds nothing."""
    return [each.sources for each in outcomes if isinstance(each, NothingFound)]


def missed(outcomes: list[Outcome]) -> list[tuple[str, Why, int]]:
    """What could not be told: where, why, and how many."""
    return [
        (each.source, each.why, each.count)
        for each in outcomes
        if isinstance(each, NotChecked)
    ]


def located(finding: Finding) -> list[str]:
    """Paths of the files with a place, and that they are nothing but that."""
    traces = list(finding.traces())
    assert {each.kind for each in traces} <= {"photo"}
    assert [each.label.raw for each in traces] == [each.key for each in traces]
    return [each.key for each in traces]


def test_the_contract_is_kept() -> None:
    """The check says who it is, has its sentences, and answers on an empty home."""
    assert_conforms(CHECK)


@every_layout
def test_pictures_with_a_place_are_found(tmp_path: Path, platform: Platform) -> None:
    """Each of the person's folders is told by itself, with both numbers."""
    (
        PhotoFolder(tmp_path / "Pictures")
        .picture("a.jpg", HERE)
        .picture("2024/05/b.heic", HERE)
        .picture("2024/c.png")
        .picture("note.txt.tif")
        .write()
    )
    PhotoFolder(tmp_path / FILMS[platform]).picture("d.mov", HERE).write()
    PhotoFolder(tmp_path / "DCIM/Camera").picture("e.mp4", HERE).write()
    PhotoFolder(tmp_path).picture("f.webp", HERE).write()
    outcomes = ask(tmp_path, platform)
    assert counts(outcomes) == {
        "pictures": (4, 2),
        "videos": (1, 1),
        "dcim": (1, 1),
        "home": (1, 1),
    }
    found = findings(outcomes)
    pictures = found["pictures"]
    assert (pictures.level, pictures.guide) == (Level.WORTH_A_LOOK, "photos-places")
    assert (pictures.program, pictures.sources) == ("Pictures", ("Pictures",))
    assert (found["home"].program, found["home"].sources) == ("Home folder", (".",))
    assert (pictures.first, pictures.last) == (None, None)
    assert located(pictures) == ["Pictures/a.jpg", "Pictures/2024/05/b.heic"]
    assert missed(outcomes) == []


@every_layout
def test_pictures_without_a_place(tmp_path: Path, platform: Platform) -> None:
    """The folder was looked at and holds nothing."""
    PhotoFolder(tmp_path / "Pictures").picture("a.jpg").picture("b.mp4").write()
    (tmp_path / "Music").mkdir()
    outcomes = ask(tmp_path, platform)
    assert outcomes == [NothingFound(("Pictures",))]


@every_layout
def test_a_home_without_pictures(tmp_path: Path, platform: Platform) -> None:
    """There is one answer, and it is about no place."""
    (tmp_path / ".cache").mkdir()
    PhotoFolder(tmp_path / ".cache").picture("a.jpg", HERE).write()
    assert ask(tmp_path, platform) == [NothingFound()]


@pytest.mark.rule("SR-18")
@every_layout
def test_pictures_that_cannot_be_told(tmp_path: Path, platform: Platform) -> None:
    """Damaged files and formats that are not read are counted by reason, and never
    among those without a place.
    """
    folder = PhotoFolder(tmp_path / "Pictures").picture("whole.jpg")
    folder.cut_off("cut.jpg").cut_off("deep/cut.webp").write()
    (tmp_path / "Pictures/film.webm").write_bytes(b"\x1a\x45\xdf\xa3" + bytes(60))
    (tmp_path / "Pictures/empty.jpg").write_bytes(b"")
    outcomes = ask(tmp_path, platform)
    assert nothing(outcomes) == [("Pictures",)]
    assert sorted(missed(outcomes)) == [
        ("Pictures", Why.DAMAGED, 3),
        ("Pictures/film.webm", Why.NOT_SUPPORTED, 1),
    ]


@pytest.mark.rule("SR-18")
def test_a_folder_of_nothing_but_doubt(tmp_path: Path) -> None:
    """Where no file could be told, nothing is said to hold no place."""
    PhotoFolder(tmp_path / "Pictures").cut_off("cut.jpg").write()
    assert ask(tmp_path) == [
        NotChecked("Pictures/cut.jpg", Why.DAMAGED, "Pictures", 1),
    ]


@every_layout
def test_a_file_that_may_not_be_read(
    tmp_path: Path, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named with its reason; the others are told."""
    PhotoFolder(tmp_path / "Pictures").picture("a.jpg", HERE).picture("b.jpg").write()
    shut(tmp_path / "Pictures/b.jpg", monkeypatch)
    outcomes = ask(tmp_path, platform)
    assert counts(outcomes) == {"pictures": (1, 1)}
    assert missed(outcomes) == [("Pictures/b.jpg", Why.DENIED, 1)]


@every_layout
def test_a_folder_that_may_not_be_listed(
    tmp_path: Path, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A closed folder, of the person or inside one, is named."""
    PhotoFolder(tmp_path / "Pictures/inner").picture("a.jpg", HERE).write()
    PhotoFolder(tmp_path / "Documents").picture("b.jpg", HERE).write()
    shut(tmp_path / "Documents", monkeypatch)
    assert missed(ask(tmp_path, platform)) == [("Documents", Why.DENIED, 1)]
    monkeypatch.undo()
    (tmp_path / "Documents").chmod(0o700)
    shut(tmp_path / "Pictures/inner", monkeypatch)
    outcomes = ask(tmp_path, platform)
    assert missed(outcomes) == [("Pictures/inner", Why.DENIED, 1)]
    assert counts(outcomes) == {"documents": (1, 1)}


@pytest.mark.rule("SR-61")
def test_pictures_that_are_only_in_the_cloud() -> None:
    """A placeholder is not fetched; it is told as such."""
    home = FakeHome(
        files={
            "Pictures/a.jpg": Why.ONLINE_ONLY,
            "Pictures/b.jpg": Why.ONLINE_ONLY,
            "Pictures/c.jpg": BUILDERS["jpg"](HERE),
        }
    )
    outcomes = _outcomes(home)
    assert counts(outcomes) == {"pictures": (1, 1)}
    assert missed(outcomes) == [("Pictures", Why.ONLINE_ONLY, 2)]


@pytest.mark.rule("SR-62")
def test_folders_that_macos_asks_about(tmp_path: Path) -> None:
    """Until the person agrees they are named and not looked into."""
    PhotoFolder(tmp_path / "Desktop").picture("a.jpg", HERE).write()
    PhotoFolder(tmp_path / "Pictures").picture("b.jpg", HERE).write()
    library = tmp_path / "Pictures/Photos Library.photoslibrary/originals/0"
    PhotoFolder(library).picture("c.heic", HERE).write()
    asking = DiskHome(tmp_path, Platform.MACOS, live=True)
    outcomes = _outcomes(asking)
    assert counts(outcomes) == {"pictures": (1, 1)}
    assert sorted(missed(outcomes)) == [
        ("Desktop", Why.DENIED, 1),
        ("Pictures/Photos Library.photoslibrary", Why.DENIED, 1),
    ]
    agreed = DiskHome(tmp_path, Platform.MACOS, live=True, agreed=True)
    assert counts(_outcomes(agreed)) == {"pictures": (2, 2), "desktop": (1, 1)}


def test_only_the_originals_of_a_photo_library(tmp_path: Path) -> None:
    """The small copies inside are not counted again."""
    library = tmp_path / "Pictures/Photos Library.photoslibrary"
    PhotoFolder(library / "originals/0").picture("a.heic", HERE).write()
    PhotoFolder(library / "resources/derivatives").picture("a.jpg", HERE).write()
    outcomes = ask(tmp_path, Platform.MACOS)
    assert counts(outcomes) == {"pictures": (1, 1)}


@every_layout
def test_folders_of_programs_are_left_alone(tmp_path: Path, platform: Platform) -> None:
    """Caches of programs hold pictures of pages, not of the person."""
    for name in {
        Platform.LINUX: ("snap/app", ".local/share", ".cache"),
        Platform.MACOS: ("Library/Caches", "Applications/App.app"),
        Platform.WINDOWS: ("AppData/Local", "appdata/roaming", "Cookies"),
    }[platform]:
        PhotoFolder(tmp_path / name).picture("a.jpg", HERE).write()
    assert ask(tmp_path, platform) == [NothingFound()]


def test_folders_of_clouds_and_of_ones_own(tmp_path: Path) -> None:
    """Every other folder at the top is looked through, under its own name; names that
    would be one id are told apart.
    """
    for name in ("Dropbox/Camera Uploads", "My Trip", "my-trip", "旅行"):
        PhotoFolder(tmp_path / name).picture("a.jpg", HERE).write()
    outcomes = ask(tmp_path)
    assert counts(outcomes) == {
        "dropbox": (1, 1),
        "my-trip": (1, 1),
        "my-trip-2": (1, 1),
        "旅行": (1, 1),
    }
    assert findings(outcomes)["旅行"].program == "旅行"


def test_pictures_moved_into_a_cloud_folder(tmp_path: Path) -> None:
    """Windows puts Pictures into OneDrive; they are told once, as Pictures."""
    PhotoFolder(tmp_path / "OneDrive/Pictures").picture("a.jpg", HERE).write()
    PhotoFolder(tmp_path / "OneDrive/Other").picture("b.jpg", HERE).write()
    key = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
    told = {key: {"My Pictures": r"%USERPROFILE%\OneDrive\pictures"}}
    write_hive(tmp_path / "NTUSER.DAT", told)
    outcomes = ask(tmp_path, Platform.WINDOWS)
    assert counts(outcomes) == {"pictures": (1, 1), "onedrive": (1, 1)}


def test_a_folder_that_is_a_link_inside_the_home(tmp_path: Path) -> None:
    """Its pictures are counted once, though two ways lead to them."""
    PhotoFolder(tmp_path / "Data/Pictures").picture("a.jpg", HERE).write()
    (tmp_path / "Pictures").symlink_to(tmp_path / "Data/Pictures")
    outcomes = ask(tmp_path)
    assert counts(outcomes) == {"pictures": (1, 1)}
    assert nothing(outcomes) == []


def test_links_out_of_the_home(tmp_path: Path) -> None:
    """Folders and pictures that lie elsewhere are named, not followed."""
    root = tmp_path / "home"
    PhotoFolder(tmp_path / "drive").picture("a.jpg", HERE).write()
    PhotoFolder(root / "Pictures").picture("b.jpg", HERE).write()
    (root / "Pictures/away.jpg").symlink_to(tmp_path / "drive/a.jpg")
    (root / "Pictures/tool.sh").symlink_to(tmp_path / "drive/tool.sh")
    (root / "Documents").symlink_to(tmp_path / "drive")
    (root / "Stick").symlink_to(tmp_path / "drive")
    outcomes = ask(root)
    assert counts(outcomes) == {"pictures": (1, 1)}
    assert sorted(missed(outcomes)) == [
        ("Documents", Why.NOT_ASKED, 1),
        ("Pictures/away.jpg", Why.NOT_ASKED, 1),
        ("Stick", Why.NOT_ASKED, 1),
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")
def test_a_pipe_with_the_name_of_a_picture(tmp_path: Path) -> None:
    """It is named and not opened, which would wait for ever."""
    PhotoFolder(tmp_path / "Pictures").picture("a.jpg").write()
    os.mkfifo(tmp_path / "Pictures/b.jpg")
    os.mkfifo(tmp_path / "Pictures/queue")
    assert missed(ask(tmp_path)) == [("Pictures/b.jpg", Why.NOT_SUPPORTED, 1)]


def test_what_lies_beside_pictures(tmp_path: Path) -> None:
    """A sidecar speaks for its picture, which counts once; alone it counts itself."""
    (
        PhotoFolder(tmp_path / "Pictures")
        .picture("own.jpg", HERE)
        .sidecar("own.jpg.supplemental-metadata.json", HERE)
        .picture("takeout.jpg")
        .sidecar("takeout.jpg.supplemental-me.json", HERE)
        .picture("twice(1).jpg")
        .sidecar("twice.jpg.supplemental-metadata(1).json", HERE)
        .picture("editor.png")
        .sidecar("editor.xmp", HERE)
        .picture("plain.jpg")
        .sidecar("plain.jpg.json", None)
        .sidecar("gone.jpg.json", HERE)
        .sidecar("gone-too.jpg.json", None)
        .sidecar("settings.json", HERE)
        .write()
    )
    outcomes = ask(tmp_path)
    assert counts(outcomes) == {"pictures": (6, 5)}
    assert sorted(located(findings(outcomes)["pictures"])) == [
        "Pictures/editor.png",
        "Pictures/gone.jpg.json",
        "Pictures/own.jpg",
        "Pictures/takeout.jpg",
        "Pictures/twice(1).jpg",
    ]


@pytest.mark.rule("SR-18")
def test_a_sidecar_that_cannot_be_told(tmp_path: Path) -> None:
    """A picture without a place of its own is then not told to have none."""
    PhotoFolder(tmp_path / "Pictures").picture("a.jpg").write()
    (tmp_path / "Pictures/a.jpg.json").write_bytes(b'{"geoData": {"lat')
    assert ask(tmp_path) == [NotChecked("Pictures/a.jpg", Why.DAMAGED, "Pictures", 1)]


@pytest.mark.rule("SR-13")
def test_looking_leaves_no_trace(tmp_path: Path) -> None:
    """Not a byte, name, date or access time changes, however often one looks."""
    folder = PhotoFolder(tmp_path / "Pictures").picture("a.jpg", HERE).picture("b.mov")
    folder.cut_off("c.png").sidecar("b.mov.json", HERE).write()
    age(tmp_path)
    before = footprint(tmp_path)
    outcomes = ask(tmp_path)
    assert located(findings(outcomes)["pictures"])
    assert footprint(tmp_path) == before


@pytest.mark.rule("SR-15")
def test_positions_are_counted_and_never_told(tmp_path: Path) -> None:
    """No number of a position appears in what the check says."""
    PhotoFolder(tmp_path / "Pictures").picture("a.jpg", HERE).picture(
        "b.mp4", HERE
    ).write()
    outcomes = ask(tmp_path)
    said = repr(outcomes) + "".join(located(findings(outcomes)["pictures"]))
    assert all(part not in said for part in ("52.5", "13.3", "52/1"))


@LINUX
def test_names_that_do_not_decode(tmp_path: Path) -> None:
    """They are read like any other and shown cleaned."""
    folder = tmp_path / "Pictures"
    folder.mkdir()
    name = os.fsencode(folder) + b"/a\xff\x1b[31m.jpg"
    with os.fdopen(os.open(name, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
        file.write(BUILDERS["jpg"](HERE))
    (trace,) = findings(ask(tmp_path))["pictures"].traces()
    assert str(trace.label) == "Pictures/a\ufffd\ufffd[31m.jpg"


def test_many_pictures_in_order_with_progress(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Progress comes while files are read; once it takes long, with the end in sight."""
    monkeypatch.setattr(geotags, "_LONG", -1.0)
    folder = PhotoFolder(tmp_path / "Pictures")
    for number in range(1300):
        folder.picture(f"{number:04}.jpg", HERE if number % 2 else None)
    folder.write()
    said = list(CHECK.run(DiskHome(tmp_path, Platform.LINUX)))
    steps = [each for each in said if isinstance(each, Progress)]
    assert steps[0] == Progress(0)
    assert [each.total for each in steps[1:]] == [1300] * len(steps[1:])
    done = [each.done for each in steps]
    assert done == sorted(set(done))
    assert len(done) > 2
    (finding,) = [each for each in said if isinstance(each, Finding)]
    assert finding.counts == {"photos": 1300, "with_place": 650}
    keys = located(finding)
    assert keys == sorted(keys)
    assert len(keys) == 650


def test_every_folder_is_looked_at_once(tmp_path: Path) -> None:
    """No file is in two batches, whatever the folders are."""
    for name in ("Pictures/a", "Desktop", "Documents/b/c", "Other"):
        PhotoFolder(tmp_path / name).picture("x.jpg").write()
    PhotoFolder(tmp_path).picture("y.jpg").write()
    home = DiskHome(tmp_path, Platform.LINUX)
    paths = [
        f"{batch.folder}/{name}"
        for top in top_folders(home)
        for batch in batches(home, top)
        for name in batch.pictures
    ]
    assert sorted(paths) == [
        "/y.jpg",
        "Desktop/x.jpg",
        "Documents/b/c/x.jpg",
        "Other/x.jpg",
        "Pictures/a/x.jpg",
    ]


def test_a_folder_that_is_taken_away_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that cannot be listed any more is named with the reason."""
    root = tmp_path / "home"
    PhotoFolder(root / "Pictures").picture("a.jpg", HERE).write()
    home = DiskHome(root, Platform.LINUX)

    def gone(path: str) -> Iterator[object]:
        raise CannotLook(Why.LOCKED)
        yield path

    monkeypatch.setattr(home, "walk", gone)
    assert missed(_outcomes(home)) == [("Pictures", Why.LOCKED, 1)]


def test_the_words_name_what_a_person_needs() -> None:
    """Leaving it as it is is a choice, and each question has an answer."""
    words = Phrases(CHECK.info.words)
    assert "leave it as it is" in words.say("photo-geotags.choices")
    for part in ("what", "who", "choices", "noticed"):
        assert words.has(f"photo-geotags.{part}")


def test_entries_of_the_home_are_of_known_kinds(tmp_path: Path) -> None:
    """What the check relies on: a link out of the home is of no known kind."""
    (tmp_path / "Pictures").symlink_to("/")
    entry = DiskHome(tmp_path, Platform.LINUX).entry("Pictures")
    assert entry is not None
    assert (entry.kind, entry.why) == (Kind.OTHER, Why.NOT_ASKED)
