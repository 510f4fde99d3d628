"""Reading one open file."""

from __future__ import annotations

import errno
import gc
import os
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from hygiene.contract import CannotLook, Platform, Why
from hygiene.host.home import DiskHome
from hygiene.host.opening import cannot_look
from tests.host.systems import LINUX, POSIX

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "file").write_bytes(b"0123456789")
    return tmp_path


@pytest.fixture
def home(root: Path) -> DiskHome:
    return DiskHome(root, Platform.LINUX)


READS = {
    "from the start": (0, 3, b"012"),
    "from the middle": (8, 2, b"89"),
    "over the end": (8, 99, b"89"),
    "past the end": (10, 1, b""),
    "far past the end": (1 << 70, 1, b""),
    "before the start": (-1, 3, b""),
    "nothing": (3, 0, b""),
    "less than nothing": (3, -5, b""),
    "what nobody has": (0, 1 << 62, b"0123456789"),
}


@pytest.mark.parametrize(("offset", "length", "data"), READS.values(), ids=READS)
def test_reading_at_a_place(
    home: DiskHome, offset: int, length: int, data: bytes
) -> None:
    """As many bytes come back as there are, never more and never an error."""
    with home.open("file") as file:
        assert file.size == 10
        assert file.read_at(offset, length) == data


def test_a_sparse_giant_is_not_taken_at_its_word(root: Path, home: DiskHome) -> None:
    """A file that claims a terabyte is too large, and costs no memory."""
    with (root / "giant").open("wb") as file:
        file.truncate(1 << 40)
    asks: tuple[Callable[[], object], ...] = (
        lambda: home.read("giant", limit=1 << 20),
        lambda: home.json("giant"),
        lambda: home.plist("giant"),
        lambda: home.open("giant").read_at(0, 1 << 40),
    )
    for ask in asks:
        with pytest.raises(CannotLook) as refused:
            ask()
        assert refused.value.why is Why.TOO_LARGE
    with home.open("giant") as opened:
        assert opened.read_at((1 << 40) - 2, 10) == b"\0\0"


def test_the_limit_is_the_last_size_that_is_read(home: DiskHome) -> None:
    """A file of just the limit is read, one byte more is too large."""
    assert home.read("file", limit=10) == b"0123456789"
    with pytest.raises(CannotLook) as refused:
        home.read("file", limit=9)
    assert refused.value.why is Why.TOO_LARGE


def test_large_files_come_whole(root: Path, home: DiskHome) -> None:
    """A file of several pieces is put together in order."""
    data = random.Random(1).randbytes(3_000_001)
    (root / "large").write_bytes(data)
    assert home.read("large", limit=1 << 22) == data


@LINUX
def test_no_access_time_without_being_the_owner(
    home: DiskHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where only the owner may keep the access time, the file is opened without."""
    opens = os.open

    def as_a_stranger(path: Any, flags: int, *args: Any, **kwargs: Any) -> int:
        if flags & os.O_NOATIME:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
        return opens(path, flags, *args, **kwargs)

    monkeypatch.setattr(os, "open", as_a_stranger)
    assert home.read("file", limit=10) == b"0123456789"
    assert next(folder.files for folder in home.walk("")) == ["file"]


@POSIX
def test_descriptors_are_given_back(root: Path, home: DiskHome) -> None:
    """Files that were refused, forgotten or left in the middle stay open nowhere."""
    (root / "bad.json").write_text("[1, 2," + " " * (1 << 17) + "oops")
    os.mkfifo(root / "pipe")
    gc.collect()
    held = psutil.Process().num_fds()
    for _ in range(20):
        home.open("file")
        next(home.json_items("bad.json", "item"))
        for path in ("pipe", "", "bad.json"):
            with pytest.raises(CannotLook):
                home.json(path)
        next(home.walk(""))
    gc.collect()
    assert psutil.Process().num_fds() == held


WHYS = {
    errno.EACCES: Why.DENIED,
    errno.EPERM: Why.DENIED,
    errno.ENOENT: Why.LOCKED,
    errno.EBUSY: Why.LOCKED,
    errno.EIO: Why.DAMAGED,
    errno.ELOOP: Why.NOT_ASKED,
    errno.EISDIR: Why.UNKNOWN_FORMAT,
    errno.ENXIO: Why.NOT_SUPPORTED,
    errno.EMFILE: Why.NOT_SUPPORTED,
}


@pytest.mark.parametrize(("number", "why"), WHYS.items())
def test_what_an_error_means(number: int, why: Why) -> None:
    """Each error of the system has its answer."""
    assert cannot_look(OSError(number, "secret path")).why is why


def test_another_program_holds_the_file() -> None:
    """A sharing violation of Windows means locked, though it comes as a permission."""
    error = PermissionError(errno.EACCES, "in use")
    error.winerror = 32  # type: ignore[attr-defined]
    assert cannot_look(error).why is Why.LOCKED


def test_an_error_says_nothing_of_the_home() -> None:
    """The refusal carries no name or path."""
    refused = cannot_look(OSError(errno.EIO, "text", "/home/ana/private"))
    assert str(refused) == "damaged"
