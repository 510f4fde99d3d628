r"""How fast looking is, against floors and other tools, each figure beside its answer.

    python -P -m tests.bench.make_home big --chromium-visits 1000000 \
        --firefox-visits 500000 --wal-rows 2000 --photos 50000 --real-photos 500 \
        --chats 20000 --mails 5000
    python -P -m tests.bench.look big

Warm cache, whole processes, medians, compiled as an installed package is. The programs exiv2 and exiftool are needed.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import hygiene
import hygiene_checks
from tests.bench.paired import Run, in_turn, ratio_line, run

PYTHON = [sys.executable, "-P"]
HYGIENE = [str(Path(sys.executable).with_name("hygiene"))]

PACKAGE = """
import pathlib, sys
home = pathlib.Path(sys.argv[1])
pathlib.Path.home = staticmethod(lambda: home)
from browser_history import browsers
rows = 0
for browser, folder in ((browsers.Chromium, ".config/chromium"), (browsers.Firefox, ".mozilla/firefox")):
    made = browser()
    made.history_dir = home / folder
    rows += len(made.fetch_history().histories)
print(rows)
"""

FLOOR = """
import os, sys
flags = os.O_RDONLY | os.O_NOATIME
waiting, files = [sys.argv[1]], 0
while waiting:
    for entry in os.scandir(waiting.pop()):
        if entry.is_dir(follow_symlinks=False):
            waiting.append(entry.path)
        else:
            descriptor = os.open(entry.path, flags)
            os.read(descriptor, 65536)
            os.close(descriptor)
            files += 1
print(files)
"""

TRIVIAL = """
from textual.app import App
from textual.widgets import Static
class Trivial(App):
    def compose(self):
        yield Static("ready and painted")
Trivial().run()
"""


def main() -> None:
    """Measure everything and print a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--exiftool", action="store_true", help="takes many minutes")
    options = parser.parse_args()
    home: Path = options.home.resolve()
    truth = json.loads(home.with_name(f"{home.name}.manifest.json").read_text("utf-8"))
    for package in (hygiene, hygiene_checks):
        compileall.compile_dir(package.__path__[0], quiet=1)
    _start(options.pairs)
    _history(home, truth, options.pairs)
    _photos(home, truth, options.pairs, exiftool=options.exiftool)
    _whole(home)


def _start(pairs: int) -> None:
    nothing = [*PYTHON, "-c", "pass"]
    timed = in_turn(lambda: run([*HYGIENE, "--help"]), lambda: run(nothing), pairs * 3)
    _seconds("--help against `pass`", timed, "<= 4", "the help page")
    hello = [*PYTHON, "-c", "print('Before you start')"]
    gate = [*HYGIENE, "check"]
    first = in_turn(
        lambda: until_seen(gate, b"Before you start"),
        lambda: until_seen(hello, b"Before you start"),
        pairs,
    )
    ratio_line("first text", first, "s", "<= 3", "the gate's title in a terminal")
    trivial = [*PYTHON, "-c", TRIVIAL]
    whole = in_turn(
        lambda: until_seen(gate, b"Look"),
        lambda: until_seen(trivial, b"painted"),
        pairs,
    )
    ratio_line("full gate", whole, "s", "<= 1.4", "its last door in a terminal")


def until_seen(command: list[str], text: bytes) -> float:
    """Seconds until a terminal of 80x24 has been sent `text`."""
    began = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "xterm-256color"
        os.execv(command[0], command)
    seen = b""
    while text not in seen:
        ready, _, _ = select.select([terminal], [], [], 20)
        if not ready:
            raise RuntimeError(seen)
        seen += os.read(terminal, 65536)
    seconds = time.perf_counter() - began
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    os.close(terminal)
    return seconds


def _history(home: Path, truth: dict[str, Any], pairs: int) -> None:
    ours = _check(home, "browser-history")
    theirs = [*PYTHON, "-c", PACKAGE, str(home)]
    timed = in_turn(lambda: run(ours), lambda: run(theirs), max(3, pairs // 2))
    visits = {
        each["id"]: each["counts"]["visits"]
        for each in _findings(timed[-1][0])
        if "visits" in each["counts"]
    }
    true = {name: truth[name]["visits"] for name in ("chromium", "firefox")}
    answer = f"{visits}, true {true}, package {timed[-1][1].output.decode().strip()}"
    _seconds("browser-history against the package", timed, "<= 0.15", answer)
    memory = [(a.mebibytes, b.mebibytes) for a, b in timed]
    ratio_line("its peak memory", memory, "MiB", "<= 0.15", answer)


def _photos(home: Path, truth: dict[str, Any], pairs: int, *, exiftool: bool) -> None:
    pictures = str(home / "Pictures")
    ours = _check(home, "photo-geotags")
    true = sum(number for kind, number in truth["photos"].items() if "_gps" in kind)
    floor = [*PYTHON, "-c", FLOOR, pictures]
    timed = in_turn(lambda: run(ours), lambda: run(floor), pairs)
    found = sum(each["counts"]["with_place"] for each in _findings(timed[-1][0]))
    answer = f"{found} of {true} with a place"
    _seconds("photos against walk and 64 KiB read", timed, "<= 2.5", answer)
    _startless(home, pairs)
    listing = f"find {pictures} -name '*.jpg' -print0"
    exiv2 = f"{listing} | xargs -0 -n 500 exiv2 -q -g GPSLat -PEXkv pr | wc -l"
    timed = in_turn(
        lambda: run(ours), lambda: run(["sh", "-c", exiv2]), max(3, pairs // 2)
    )
    _seconds("photos against exiv2 (JPEG only)", timed, "<= 0.5", answer)
    if exiftool:
        command = [
            "exiftool",
            "-q",
            "-q",
            "-r",
            "-fast2",
            "-json",
            "-n",
            "-gpslatitude",
        ]
        slow = run([*command, pictures])
        quick = run(ours)
        times = f"{slow.seconds / quick.seconds:.0f} times faster, one run each"
        sys.stdout.write(f"photos against exiftool -fast2: {times}, goal >= 50\n")


def _startless(home: Path, pairs: int) -> None:
    """The same against the floor, with the start of the program taken off both."""
    empty = home.parent / "empty-home"
    empty.mkdir(exist_ok=True)
    starts = in_turn(
        lambda: run(_check(empty, "photo-geotags")),
        lambda: run([*PYTHON, "-c", "pass"]),
        pairs,
    )
    _seconds("start of a check with nothing to look at", starts, "none", "no photos")
    shutil.rmtree(empty)


def _whole(home: Path) -> None:
    command = [*HYGIENE, "check", "--plain", "--home", str(home), "--platform", "linux"]
    began = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith((b"Note:", b"Worth a look:", b"Important:")):
                break
        first = time.perf_counter() - began
        process.stdout.read()
    whole = run(command)
    sys.stdout.write(
        f"first finding on standard output: {first:.3f} s, goal <= 0.3; whole check"
        f" {whole.seconds:.2f} s, {whole.mebibytes:.0f} MiB, goal < 120\n"
    )


def _check(home: Path, check: str) -> list[str]:
    return [
        *HYGIENE,
        "check",
        check,
        "--json",
        "--home",
        str(home),
        "--platform",
        "linux",
    ]


def _findings(done: Run) -> list[dict[str, Any]]:
    [check] = json.loads(done.output)["checks"]
    found: list[dict[str, Any]] = check["findings"]
    return found


def _seconds(name: str, timed: list[tuple[Run, Run]], goal: str, answer: str) -> None:
    ratio_line(name, [(a.seconds, b.seconds) for a, b in timed], "s", goal, answer)


if __name__ == "__main__":
    main()
