"""Whose home may be looked at, and with which rights."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hygiene.host.account import own_home, owner_problem, running_as_admin

pwd = pytest.importorskip("pwd", reason="Windows knows accounts in another way")


def accounts(monkeypatch: pytest.MonkeyPatch, *homes: tuple[int, Path | str]) -> None:
    """Let the system know these accounts, by user number and home."""
    listed = [
        pwd.struct_passwd(("name", "x", number, 1, "", str(home), "/bin/sh"))
        for number, home in homes
    ]
    monkeypatch.setattr(pwd, "getpwall", lambda: listed)


@pytest.mark.rule("SR-14")
def test_a_folder_of_our_own(tmp_path: Path) -> None:
    """What the running person owns may be looked at, by a link too."""
    (tmp_path / "copy").mkdir()
    (tmp_path / "link").symlink_to("copy")
    assert not owner_problem(tmp_path / "copy")
    assert not owner_problem(tmp_path / "link")


@pytest.mark.rule("SR-14")
def test_a_folder_of_somebody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another person owns is refused, whatever the rights of this one."""
    ours = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: ours + 1)
    assert owner_problem(tmp_path)


@pytest.mark.rule("SR-14")
def test_the_home_of_another_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that another account calls its home is refused, even if it is ours."""
    (tmp_path / "bob").mkdir()
    (tmp_path / "also-bob").symlink_to("bob")
    accounts(monkeypatch, (os.geteuid() + 1, tmp_path / "also-bob"))
    assert owner_problem(tmp_path / "bob")
    assert not owner_problem(tmp_path)


def test_a_home_that_two_accounts_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our own home stays ours when a service names it too."""
    accounts(monkeypatch, (os.geteuid(), tmp_path), (os.geteuid() + 1, tmp_path))
    assert not owner_problem(tmp_path)


def test_another_account_whose_home_leads_in_a_circle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not ours, and nobody's."""
    (tmp_path / "loop").symlink_to("loop")
    accounts(monkeypatch, (os.geteuid() + 1, tmp_path / "loop"))
    assert not owner_problem(tmp_path)


@pytest.mark.parametrize("name", ["nope", "file", "loop"])
def test_what_is_no_folder(tmp_path: Path, name: str) -> None:
    """A file, a loop and nothing at all are no home."""
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "loop").symlink_to("loop")
    assert owner_problem(tmp_path / name)


def test_the_own_home(no_real_home: Path) -> None:
    """It is where the system says that this person's home is."""
    assert own_home() == no_real_home


def test_no_own_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system knows of none there is nothing to look at."""

    def home() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", home)
    assert not own_home().exists()
    assert owner_problem(own_home())


@pytest.mark.parametrize(("number", "admin"), [(0, True), (1000, False)])
def test_rights_of_an_administrator(
    monkeypatch: pytest.MonkeyPatch, number: int, admin: bool
) -> None:
    """Only the superuser has them."""
    monkeypatch.setattr(os, "geteuid", lambda: number)
    assert running_as_admin() is admin
