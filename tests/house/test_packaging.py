"""What is built is what runs: the wheel holds everything, and nothing of the source tree."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as pip builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"),
            *("--no-build-isolation", "--no-index", "--disable-pip-version-check"),
            *("--wheel-dir", str(folder), str(ROOT)),
        ],
        check=True,
        env={**os.environ, "PIP_CACHE_DIR": str(folder.parent / "cache")},
    )
    [built] = folder.glob("*.whl")
    return built


def test_the_wheel_holds_code_and_data_and_nothing_else(wheel: Path) -> None:
    """Every module and resource of the three packages; no test, no source catalogue."""
    inside = set(zipfile.ZipFile(wheel).namelist())
    expected = set()
    for root, package in (
        (ROOT, "hygiene"),
        (ROOT / "checks", "hygiene_checks"),
        (ROOT / "guides", "hygiene_guides"),
    ):
        for path in (root / package).rglob("*"):
            skipped = {"__pycache__", ".mypy_cache", ".ruff_cache"} & set(path.parts)
            if path.is_file() and not skipped and path.suffix != ".po":
                expected.add(path.relative_to(root).as_posix())
    packaged = {name for name in inside if ".dist-info/" not in name}
    assert packaged == expected
    assert any(name.endswith("words/en.mo") for name in packaged)
    assert any(name.endswith(".sql") for name in packaged)
    assert any(name.endswith("licenses/LICENSE") for name in inside)


def test_the_wheel_runs_without_the_source_tree(wheel: Path, tmp_path: Path) -> None:
    """All six checks are found in practice, from the installed files alone."""
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)
    code = (
        "import sys; import hygiene; from hygiene.cli import main;"
        "assert hygiene.__file__.startswith(sys.argv[1]), hygiene.__file__;"
        "sys.exit(main(['check', '--json', '--practice']))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, str(site)],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(site)},
        cwd=tmp_path,
    )
    statuses = {each["status"] for each in json.loads(done.stdout)["checks"]}
    assert statuses == {"found"}


def test_entry_points_name_checks_that_exist(wheel: Path) -> None:
    """One line a check, and the command."""
    packed = zipfile.ZipFile(wheel)
    [name] = [each for each in packed.namelist() if each.endswith("entry_points.txt")]
    text = packed.read(name).decode()
    assert "hygiene = hygiene.cli:main" in text
    assert text.count("hygiene_checks.") == 6
