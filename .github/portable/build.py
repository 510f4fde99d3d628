"""Builds the folder that runs from a drive, with nothing installed.

    python -P .github/portable/build.py FOLDER

makes `FOLDER/hygiene`. Needs the extra `portable` of this project. Two builds of one
commit on one system are the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import bill  # noqa: E402 - lies beside
import packing  # noqa: E402

NAME = "hygiene"
LAUNCHER = {
    "linux": "start.desktop",
    "darwin": "start.command",
    "win32": "start.cmd",
}
SUMS = "SHA256SUMS.txt"


def main() -> None:
    """Build where the command line says."""
    parser = argparse.ArgumentParser(description="Build the portable folder.")
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder.resolve() / NAME
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as work:
        told = Path(work) / "origins.json"
        _freeze(folder.parent, Path(work), told)
        packing.pack(folder / "parts" / "program.zip")
        _write_papers(folder, told)
    shutil.copyfile(HERE / LAUNCHER[sys.platform], folder / LAUNCHER[sys.platform])
    (folder / LAUNCHER[sys.platform]).chmod(0o755)
    _write_sums(folder)


def _freeze(folder: Path, work: Path, told: Path) -> None:
    """Let PyInstaller collect the interpreter and every library."""
    environment = {
        **os.environ,
        "PORTABLE_PARTS": os.pathsep.join(packing.imported()),
        "PORTABLE_ORIGINS": str(told),
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": "1767225600",
        "PYINSTALLER_CONFIG_DIR": str(work / "cache"),
    }
    options = ["--noconfirm", "--log-level=ERROR"]
    places = ["--distpath", str(folder), "--workpath", str(work / "work")]
    command = [sys.executable, "-P", "-m", "PyInstaller", *options, *places]
    subprocess.run(
        [*command, str(HERE / "program.spec")], check=True, env=environment, cwd=HERE
    )


def _write_papers(folder: Path, told: Path) -> None:
    """The bill of materials, and the licences of everything inside."""
    program = NAME + (".exe" if sys.platform == "win32" else "")
    found = bill.origins(told, program)
    (folder / "bill-of-materials.json").write_text(bill.bill(found), "utf-8")
    texts = folder / "licences"
    texts.mkdir()
    for name, text in bill.licences(found).items():
        (texts / name).write_text(text, "utf-8")


def _write_sums(folder: Path) -> None:
    """The SHA-256 of every file, in the form that `sha256sum --check` reads."""
    lines = [
        f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.relative_to(folder).as_posix()}\n"
        for each in sorted(folder.rglob("*"))
        if each.is_file()
    ]
    (folder / SUMS).write_text("".join(lines), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
