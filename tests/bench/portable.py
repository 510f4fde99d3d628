"""How fast the folder for a drive starts, against the installed package; and its size.

    python -P .github/portable/build.py portable
    python -P -m tests.bench.portable portable/hygiene

Whole processes in turn, warm cache, medians. The Python that runs this has the package
installed.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

from tests.bench.look import until_seen
from tests.bench.paired import in_turn, ratio_line

INSTALLED = [sys.executable, "-P", "-m", "hygiene"]
LARGEST = 10


def main() -> None:
    """Measure the folder that the command line names."""
    parser = argparse.ArgumentParser(description="Start and size of the folder.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pairs", type=int, default=11)
    asked = parser.parse_args()
    program = [str(asked.folder.resolve() / "hygiene")]
    _start(program, asked.pairs)
    _size(asked.folder)


def _start(program: list[str], pairs: int) -> None:
    for name, arguments, text, goal in (
        ("first byte", ["--version"], b"hygiene", "-"),
        ("first text", ["check"], b"Before you start", "-"),
        ("full gate", ["check"], b"help", "<= 1.5"),
    ):
        folder = partial(until_seen, [*program, *arguments], text)
        installed = partial(until_seen, [*INSTALLED, *arguments], text)
        timed = in_turn(folder, installed, pairs)
        ratio_line(name, timed, "s", goal, "the same text in a terminal")


def _size(folder: Path) -> None:
    """The whole, and its largest parts: files, or folders of one library."""
    sizes: dict[str, int] = {}
    for path in folder.rglob("*"):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            part = "/".join(name.split("/")[:2])
            sizes[part] = sizes.get(part, 0) + path.stat().st_size
    print(f"whole folder: {sum(sizes.values()) / 1e6:.1f} MB")  # noqa: T201
    for part in sorted(sizes, key=lambda each: -sizes[each])[:LARGEST]:
        print(f"  {sizes[part] / 1e6:6.1f} MB  {part}")  # noqa: T201


if __name__ == "__main__":
    main()
