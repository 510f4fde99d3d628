"""Files and folders are removed: just the ones named, and no link is followed."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any

import pytest

from hygiene.contract import CannotClear, Platform, Refusal, RemoveTree
from hygiene.host import leftovers
from hygiene.host.home import DiskHome
from hygiene.host.writing import Writer
from tests.host.stores import running
from tests.host.systems import POSIX
from tests.host.writing.carrying import (
    FOLDER,
    Giver,
    carry_out,
    make,
    refused,
    tree,
    units_of,
)
from tests.host.writing.mounting import MAY_MOUNT, mount, unmount

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CACHE = ".cache/program/profile/Cache"


def _remove(store: str = CACHE) -> RemoveTree:
    return RemoveTree(store=store)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    path = tmp_path / CACHE
    (path / "data" / "deep" / "deeper").mkdir(parents=True)
    (path / ".0").mkdir()
    (path / ".0" / "one").write_bytes(b"goes")
    for number in range(5):
        (path / "data" / f"{number}").write_bytes(b"goes")
        (path / "data" / "deep" / "deeper" / f".{number}").write_bytes(b"goes")
    (path.parent / "kept").write_bytes(b"stays")
    return path


@pytest.mark.rule("SR-30")
def test_a_folder_goes_with_all_in_it(tmp_path: Path, cache: Path) -> None:
    """And what stands beside it stays."""
    assert carry_out(tmp_path, _remove()) == [CACHE]
    assert not cache.exists()
    assert os.listdir(cache.parent) == ["kept"]


def test_a_file_goes(tmp_path: Path, cache: Path) -> None:
    """One file, and not its folder."""
    store = f"{CACHE}/data/3"
    assert carry_out(tmp_path, _remove(store)) == [store]
    assert sorted(os.listdir(cache / "data")) == ["0", "1", "2", "4", "deep"]


@POSIX
def test_links_inside_go_and_what_they_lead_to_stays(
    tmp_path: Path, cache: Path
) -> None:
    """A link is a name: it is removed, not followed."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine").write_bytes(b"stays")
    (cache / "to-folder").symlink_to(elsewhere)
    (cache / "data" / "to-file").symlink_to(elsewhere / "mine")
    (cache / "to-nothing").symlink_to("nowhere")
    assert carry_out(tmp_path, _remove()) == [CACHE]
    assert tree(elsewhere) == {"mine": b"stays"}
    assert not cache.exists()


@POSIX
def test_a_folder_so_deep_that_no_path_leads_to_its_end(
    tmp_path: Path, cache: Path
) -> None:
    """No program makes such a one: it is left alone, whole."""
    here = os.open(cache, os.O_RDONLY)
    for _ in range(50):
        os.mkdir("deep" * 25, dir_fd=here)
        deeper = os.open("deep" * 25, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    assert refused(tmp_path, _remove()) == (CACHE, Refusal.NOT_SUPPORTED)
    assert sorted(os.listdir(cache)) == [".0", "data", "deep" * 25]


def test_a_folder_as_deep_as_a_path_can_say(tmp_path: Path, cache: Path) -> None:
    """Its new name may be longer than its old one, and all of it goes even so."""
    room = os.pathconf(cache, "PC_PATH_MAX") if hasattr(os, "pathconf") else 240
    deep = cache
    while len(f"{deep}/{'d' * 200}/one") < room:
        deep /= "d" * min(200, room - len(f"{deep}//one") - 1)
        deep.mkdir()
        (deep / "one").write_bytes(b"goes")
    assert carry_out(tmp_path, _remove()) == [CACHE]
    assert os.listdir(cache.parent) == ["kept"]


MORE_THAN_A_STORE = {
    "the home": "",
    "a folder of all programs": ".config",
    "above a folder of all programs": ".local",
    "two names that are a base": ".local/share",
    "what macOS has for all programs": "Library/Application Support",
    "above what Windows has": "AppData",
    "a file right in the home": ".lesshst",
    "a folder right in the home": "Documents",
    "a profile of Chromium": ".config/chromium/Default",
    "a folder of profiles of Chromium": ".config/chromium",
    "profiles without their list": ".config/other",
    "a profile of Firefox": ".mozilla/firefox/abc.default",
    "a folder of profiles of Firefox": ".mozilla/firefox",
    "what a snap keeps": "snap/chromium/common/chromium",
    "in other letters": ".CONFIG",
    "on a way around": ".cache/../.config",
}


@pytest.mark.rule("SR-19")
@pytest.mark.parametrize("store", MORE_THAN_A_STORE.values(), ids=MORE_THAN_A_STORE)
def test_failure_mode_6_no_path_is_too_broad(tmp_path: Path, store: str) -> None:
    """Whatever a plan says: no profile goes, and nothing above one."""
    for name in (
        *(".config/chromium/Local State", ".config/chromium/Default/Preferences"),
        *(".config/other/Person/History", ".config/.CONFIG", ".lesshst"),
        *(".local/share/program/file", "Library/Application Support/program/file"),
        *("AppData/Local/program/file", "Documents/letter"),
        *(".mozilla/firefox/profiles.ini", ".mozilla/firefox/abc.default/prefs.js"),
        *("snap/chromium/common/chromium/Default/Preferences", ".cache/program/file"),
        ".CONFIG/program/file",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"stays")
    before = tree(tmp_path)
    found = refused(tmp_path, _remove(store))
    assert found == (store, Refusal.NOT_SUPPORTED)
    assert tree(tmp_path) == before


@pytest.mark.rule("SR-19")
def test_a_folder_where_this_computer_keeps_all_settings_is_too_broad(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A base that a variable moved is one as well."""
    moved = tmp_path / "my" / "settings"
    (moved / "program").mkdir(parents=True)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(moved))
    giver, units = Giver(), units_of([_remove("my/settings")])
    writer = Writer(DiskHome(tmp_path, Platform.LINUX, live=True), giver.redeem)
    assert writer.refusals(units) == {"my/settings": Refusal.NOT_SUPPORTED}


@POSIX
@pytest.mark.rule("SR-29")
def test_a_link_instead_of_the_folder(tmp_path: Path, cache: Path) -> None:
    """Neither the link goes nor what it leads to: the program could not go on."""
    (cache.parent / "real").mkdir()
    link = cache.parent / "Link"
    link.symlink_to("real")
    before = tree(tmp_path)
    store = f"{CACHE.rpartition('/')[0]}/Link"
    assert refused(tmp_path, _remove(store)) == (store, Refusal.LEADS_ELSEWHERE)
    assert tree(tmp_path) == before


@POSIX
@pytest.mark.rule("SR-29")
def test_a_second_name_of_a_file_inside(tmp_path: Path, cache: Path) -> None:
    """The bytes would stay, who knows where: that is said, not done."""
    (tmp_path / "other").hardlink_to(cache / "data" / "deep" / "deeper" / ".1")
    before = tree(tmp_path)
    assert refused(tmp_path, _remove()) == (CACHE, Refusal.LEADS_ELSEWHERE)
    assert tree(tmp_path) == before


@pytest.mark.rule("SR-26")
def test_a_folder_that_changed_since(tmp_path: Path, cache: Path) -> None:
    """One file more, or one byte, and it is not what somebody agreed to."""
    giver, units = Giver(), units_of([_remove()])
    writer = Writer(DiskHome(tmp_path, Platform.LINUX), giver.redeem)
    stamps = writer.stamps([CACHE])
    (cache / "data" / "deep" / "new").write_bytes(b"new")
    before = tree(tmp_path)
    with pytest.raises(CannotClear) as caught:
        list(writer.carry_out(giver.give([_remove()]), units, stamps))
    assert (caught.value.store, caught.value.why) == (CACHE, Refusal.CHANGED)
    assert tree(tmp_path) == before


@pytest.mark.rule("SR-30")
def test_what_could_not_be_emptied_goes_with_the_next_run(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder is gone at once, whole; its rest has a name that is known again."""
    unlink = os.unlink
    done: list[Any] = []

    def fails(path: Any, **how: Any) -> None:
        if len(done) == 3:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        done.append(path)
        unlink(path, **how)

    with monkeypatch.context() as patched:
        patched.setattr(os, "unlink", fails)
        assert refused(tmp_path, _remove()) == (CACHE, Refusal.FAILING)
    assert not cache.exists()
    [left] = set(os.listdir(cache.parent)) - {"kept"}
    assert leftovers.is_leftover(left)
    store = f"{CACHE.rpartition('/')[0]}/kept"
    assert carry_out(tmp_path, _remove(store)) == [store]
    assert os.listdir(cache.parent) == []


def test_the_rest_of_a_folder_can_be_named_itself(tmp_path: Path, cache: Path) -> None:
    """A plan that finds only what a killed run left can have it removed."""
    name = leftovers.name_of("Cache", os.getppid())
    cache.rename(cache.parent / name)
    store = f"{CACHE.rpartition('/')[0]}/{name}"
    assert carry_out(tmp_path, _remove(store)) == [store]
    assert os.listdir(cache.parent) == ["kept"]


@MAY_MOUNT
@pytest.mark.rule("SR-29")
@pytest.mark.parametrize("name", ["Cache", leftovers.name_of("x", 4_000_000)])
def test_a_part_of_the_same_disk_below_a_folder(
    tmp_path: Path, cache: Path, name: str
) -> None:
    """What is shown there lies elsewhere: neither a plan nor what looks like the rest of
    a killed run takes it along.
    """
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "photo").write_bytes(b"stays")
    place = cache.with_name(name) / "disk"
    place.mkdir(parents=True)
    mount("--bind", str(tmp_path / "outside"), str(place))
    try:
        answer = refused(tmp_path, _remove())
        assert (place / "photo").exists()
    finally:
        unmount(place)
    whole = (CACHE, Refusal.LEADS_ELSEWHERE) if name == "Cache" else None
    assert answer == whole
    assert (tmp_path / "outside" / "photo").read_bytes() == b"stays"


@POSIX
@pytest.mark.rule("SR-29")
def test_a_rest_with_a_second_name_stays(tmp_path: Path, cache: Path) -> None:
    """The name alone says that it is ours: on doubt it is left, and the others go."""
    rest = cache.with_name(leftovers.name_of("x", 4_000_000))
    other = cache.with_name(leftovers.name_of("y", 4_000_000))
    for folder in (rest, other):
        folder.mkdir()
        (folder / "one").write_bytes(b"stays")
    (cache.parent / "kept").unlink()
    (cache.parent / "kept").hardlink_to(rest / "one")
    assert carry_out(tmp_path, _remove()) == [CACHE]
    assert sorted(os.listdir(cache.parent)) == sorted([rest.name, "kept"])
    assert (rest / "one").read_bytes() == b"stays"


def _becomes_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


CHANGES: dict[str, Callable[[Path], Any]] = {
    "a file more": lambda folder: (folder / "deep" / "new").write_bytes(b""),
    "a folder more": lambda folder: (folder / "deep" / "new").mkdir(),
    "a file less": lambda folder: (folder / "1").unlink(),
    "another name": lambda folder: (folder / "1").rename(folder / "new"),
    "another size": lambda folder: (folder / "1").write_bytes(b"longer than it was"),
    "another time": lambda folder: os.utime(folder / "1", (1, 1)),
    "a folder instead": lambda folder: _becomes_a_folder(folder / "1"),
}


@pytest.mark.rule("SR-26")
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_mark_of_a_folder_tells_any_change(
    tmp_path: Path, cache: Path, change: Callable[[Path], Any]
) -> None:
    """Wherever below it that is; and without one the mark is the same again."""
    writer = Writer(DiskHome(tmp_path, Platform.LINUX), Giver().redeem)
    before = writer.stamps([CACHE])
    assert writer.stamps([CACHE]) == before
    change(cache / "data")
    assert writer.stamps([CACHE]) != before


def test_a_folder_that_is_gone_already(tmp_path: Path, cache: Path) -> None:
    """That is a change since the plan was made."""
    del cache
    store = f"{FOLDER}/gone"
    assert refused(tmp_path, _remove(store)) == (store, Refusal.CHANGED)


@POSIX
@pytest.mark.rule("SR-29")
@pytest.mark.parametrize("name", ["data.sqlite", "LOCK"])
def test_a_program_has_a_store_inside_open(
    tmp_path: Path, cache: Path, name: str
) -> None:
    """A lock on one store of a folder holds for the whole folder."""
    make(cache / "data" / name, count=5)
    script = (
        "db.execute('PRAGMA locking_mode=EXCLUSIVE'); db.execute('BEGIN EXCLUSIVE')"
    )
    with running(cache / "data" / name, script):
        before = tree(tmp_path)
        assert refused(tmp_path, _remove()) == (CACHE, Refusal.OPEN)
        store = f"{CACHE}/data/{name}"
        assert refused(tmp_path, _remove(store)) == (store, Refusal.OPEN)
        assert tree(tmp_path) == before
    assert carry_out(tmp_path, _remove()) == [CACHE]
