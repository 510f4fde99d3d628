"""A check from outside, built, installed and run like any other package."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

STRANGER = Path(__file__).with_name("stranger")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the outside package in it, as pip installs it."""
    target = tmp_path_factory.mktemp("site")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"),
            *("--no-build-isolation", "--no-index", "--disable-pip-version-check"),
            *("--target", str(target), str(STRANGER)),
        ],
        check=True,
        env={**os.environ, "PIP_CACHE_DIR": str(target.parent / "cache")},
    )
    return target


def _run(site: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "hygiene", *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(site)},
    )
    return done.stdout


def _home(tmp_path: Path) -> Path:
    home = tmp_path / "jotter-home"
    folder = home / ".config/jotter"
    folder.mkdir(parents=True)
    (folder / "work.txt").write_text("one\ntwo\n")
    (folder / "empty.txt").write_text("")
    (folder / "folder.txt").mkdir()
    (folder / "big.txt").write_bytes(b"x\n" * (1 << 20))
    return home


def _check(site: Path, home: Path) -> dict[str, Any]:
    text = _run(
        site,
        *("check", "stranger-notes", "--json", "--items"),
        *("--home", str(home), "--platform", "linux"),
    )
    [check] = json.loads(text)["checks"]
    found: dict[str, Any] = check
    return found


def test_it_is_listed_with_its_own_origin(site: Path) -> None:
    """Where a check comes from is always shown."""
    lines = _run(site, "checks").splitlines()
    assert "6. stranger-notes: Notes in Jotter. stranger-check 2.5.0" in lines


def test_it_answers_like_a_built_in(site: Path, tmp_path: Path) -> None:
    """Found, nothing found and not checked travel the same way."""
    check = _check(site, _home(tmp_path))
    assert check["status"] == "partly-checked"
    assert check["origin"] == "stranger-check 2.5.0"
    [finding] = check["findings"]
    assert finding["counts"] == {"items": 2}
    assert finding["items"][0]["label"] == ".config/jotter/work.txt"
    assert check["not_checked"] == [
        {"source": ".config/jotter/big.txt", "why": "too-large"}
    ]


def test_its_sentences_are_told(site: Path, tmp_path: Path) -> None:
    """Its own words stand in plain lines beside ours."""
    home = _home(tmp_path)
    (home / ".config/jotter/big.txt").unlink()
    text = _run(
        site, "check", "stranger-notes", "--home", str(home), "--platform", "linux"
    )
    assert "Note: Notes in Jotter: Jotter, Notes, 2 items." in text


def test_it_conforms_to_the_contract(site: Path) -> None:
    """The test we give to authors passes for it."""
    code = (
        "from hygiene.contract.testing import assert_conforms;"
        "from stranger_check import NotesCheck; assert_conforms(NotesCheck())"
    )
    subprocess.run(
        [sys.executable, "-P", "-c", code],
        check=True,
        env={**os.environ, "PYTHONPATH": str(site)},
    )


def test_two_packages_with_one_id_are_both_refused(site: Path, tmp_path: Path) -> None:
    """A twin under another name takes the place of neither."""
    twin = tmp_path / "twin_check-9.0.dist-info"
    twin.mkdir()
    (twin / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: twin-check\nVersion: 9.0\n"
    )
    (twin / "entry_points.txt").write_text(
        "[hygiene.checks]\nstranger-notes = stranger_check:NotesCheck\n"
    )
    both = f"{site}{os.pathsep}{tmp_path}"
    done = subprocess.run(
        [sys.executable, "-P", "-m", "hygiene", "check", "stranger-notes", "--json"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": both},
    )
    [check] = json.loads(done.stdout)["checks"]
    assert check["status"] == "could-not-check"
    assert check["origin"] == "stranger-check 2.5.0, twin-check 9.0"
