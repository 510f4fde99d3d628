"""Files are replaced whole, and keep all that they have besides their bytes."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Self

import pytest

from hygiene.contract import Refusal, ReplaceFile
from hygiene.host import leftovers
from tests.host.systems import LINUX, POSIX
from tests.host.writing.carrying import FOLDER, carry_out, refused, tree

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW = b"one goes\n", b"one stays\n"
ANSWERS = {
    errno.ENOSPC: Refusal.FULL,
    errno.EDQUOT: Refusal.FULL,
    errno.EROFS: Refusal.READ_ONLY,
    errno.EIO: Refusal.FAILING,
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / FOLDER / "file"
    path.parent.mkdir(parents=True)
    path.write_bytes(OLD)
    path.chmod(0o640)
    os.utime(path, ns=(1_500_000_000_000_000_000, 1_600_000_000_123_456_789))
    return path


def _replace(
    path: Path, after: bytes = NEW, before: bytes | None = None
) -> ReplaceFile:
    old = path.read_bytes() if before is None else before
    return ReplaceFile(
        store=f"{FOLDER}/{path.name}",
        before=hashlib.sha256(old).hexdigest(),
        after=after,
    )


@pytest.mark.rule("SR-30")
def test_a_file_is_replaced(tmp_path: Path, file: Path) -> None:
    """New bytes, the same mode, owner and time of change, and nothing beside."""
    status = file.stat()
    assert carry_out(tmp_path, _replace(file)) == [f"{FOLDER}/file"]
    now = file.stat()
    assert file.read_bytes() == NEW
    assert os.listdir(file.parent) == ["file"]
    for part in ("st_mode", "st_uid", "st_gid", "st_mtime_ns"):
        assert getattr(now, part) == getattr(status, part)


@LINUX
def test_attributes_and_access_lists_are_kept(tmp_path: Path, file: Path) -> None:
    """What a person or a system wrote on the file is on the new one."""
    # linux/posix_acl_xattr.h: version 2; entries of tag, permissions and id.
    entries = ((1, 6, -1), (2, 4, 12345), (4, 4, -1), (16, 4, -1), (32, 0, -1))
    listed = (2).to_bytes(4, "little") + b"".join(
        tag.to_bytes(2, "little")
        + allowed.to_bytes(2, "little")
        + (who & 0xFFFFFFFF).to_bytes(4, "little")
        for tag, allowed, who in entries
    )
    os.setxattr(file, "user.note", b"mine")
    os.setxattr(file, "system.posix_acl_access", listed)
    before = {name: os.getxattr(file, name) for name in os.listxattr(file)}
    assert before.keys() >= {"user.note", "system.posix_acl_access"}
    carry_out(tmp_path, _replace(file))
    assert file.read_bytes() == NEW
    assert {name: os.getxattr(file, name) for name in os.listxattr(file)} == before


@POSIX
@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away"
)
def test_the_owner_is_kept(tmp_path: Path, file: Path) -> None:
    """A file of somebody else is still theirs, with the bits that a new owner loses."""
    os.chown(file, 1234, 2345)
    file.chmod(0o2750)
    carry_out(tmp_path, _replace(file))
    now = file.stat()
    assert (now.st_uid, now.st_gid, now.st_mode & 0o7777) == (1234, 2345, 0o2750)


@pytest.mark.rule("SR-26")
def test_other_bytes_than_planned_are_left(tmp_path: Path, file: Path) -> None:
    """A file that is not the one the plan saw is not touched."""
    before = tree(tmp_path)
    step = _replace(file, before=b"something else")
    assert refused(tmp_path, step) == (f"{FOLDER}/file", Refusal.CHANGED)
    assert tree(tmp_path) == before


@pytest.mark.rule("SR-30")
@pytest.mark.parametrize("call", ["fsync", "replace", "utime"])
@pytest.mark.parametrize("number", ANSWERS, ids=errno.errorcode.get)
def test_a_failing_disk_leaves_the_file(
    tmp_path: Path,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    call: str,
    number: int,
) -> None:
    """Whatever the system answers in the middle, the old file is there and no other."""
    before = tree(tmp_path)

    def fails(*_: Any, **__: Any) -> None:
        raise OSError(number, os.strerror(number))

    step = _replace(file)
    monkeypatch.setattr(os, call, fails)
    assert refused(tmp_path, step) == (f"{FOLDER}/file", ANSWERS[number])
    assert tree(tmp_path) == before


def test_a_disk_that_gives_other_bytes_back(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written is read again before it counts."""
    before = tree(tmp_path)
    step = _replace(file)
    monkeypatch.setattr(os, "fdopen", _Dropping.opened(os.fdopen))
    assert refused(tmp_path, step) == (f"{FOLDER}/file", Refusal.FAILING)
    assert tree(tmp_path) == before


def test_what_an_ended_run_left_beside_goes(tmp_path: Path, file: Path) -> None:
    """The next unit in the folder removes files and folders of runs that were killed,
    and nothing that only looks alike.
    """
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    left = file.parent / leftovers.name_of("file", ended.pid)
    left.write_bytes(OLD)
    away = file.parent / leftovers.name_of("cache", ended.pid)
    (away / "deeper").mkdir(parents=True)
    (away / "deeper" / "one").write_bytes(OLD)
    others = [
        leftovers.name_of("file", os.getppid()),
        ".0123456789ab-1.parts",
        ".0123456789ag-1.part",
    ]
    for name in others:
        (file.parent / name).write_bytes(b"")
    carry_out(tmp_path, _replace(file))
    assert sorted(os.listdir(file.parent)) == sorted(["file", *others])


class _Dropping:
    """A file that loses the last byte of what is written."""

    def __init__(self, file: Any) -> None:
        self._file = file

    @classmethod
    def opened(cls, fdopen: Any) -> Any:
        """`os.fdopen` that gives such files for writing."""

        def fdopen_dropping(descriptor: int, mode: str) -> Any:
            file = fdopen(descriptor, mode)
            return cls(file) if "+" in mode else file

        return fdopen_dropping

    def write(self, data: bytes) -> None:
        self._file.write(data[:-1])

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
