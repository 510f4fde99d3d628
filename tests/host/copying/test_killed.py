"""Ended by force at any point, a saving leaves nothing that looks whole and is not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

KILLED = """
import hashlib, json, os, signal, sys
from pathlib import Path
from hygiene.host.copying import Sources, __file__ as ours
from hygiene.host.home import DiskHome
from hygiene.contract import Platform
from tests.host.copying.places import CHROMIUM, PHRASE, Places
import py7zr

places, way = Places(Path(sys.argv[1])), sys.argv[2]
places.computer.set_up(setattr)
os.fsync = lambda _: None  # the process is killed, not the computer
store = f"{CHROMIUM}/Sessions"
run = getattr(places, way)
place = places.stick if way == "copy" else places.papers
folder = os.path.dirname(ours)

def killed_at(line):
    left = line
    def trace(frame, event, argument):
        nonlocal left
        if not frame.f_code.co_filename.startswith(folder):
            return None
        if event == "line":
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace
    sys.settrace(trace)
    run(store)

def contents():
    for made in place.iterdir():
        if made.name.startswith("."):
            assert made.name.endswith(".part"), made
            continue
        if way == "copy":
            there = {p.relative_to(made).as_posix(): p.read_bytes()
                     for p in made.rglob("*") if p.is_file()}
        else:
            factory = py7zr.io.BytesIOFactory(1 << 30)
            with py7zr.SevenZipFile(made, password=PHRASE) as archive:
                archive.extractall(factory=factory)
            there = {n: p.read() for n, p in factory.products.items()}
        listed = json.loads(there.pop("list-of-files.json"))["files"]
        assert there.pop("list-of-files.txt")
        assert {e["copy"]: e["sha256_copy"] for e in listed} == {
            n: hashlib.sha256(d).hexdigest() for n, d in there.items()}
        assert len(listed) == 3
        yield made

def clear():
    for made in list(place.iterdir()):
        os.system(f"rm -rf '{made}'")

assert run(store).complete
clear()
line, step, absent, whole, remains = 0, int(sys.argv[3]), 0, 0, 0
while True:
    line += step
    child = os.fork()
    if not child:
        killed_at(line)
        os._exit(0)
    ended = os.WIFEXITED(os.waitpid(child, 0)[1])
    if list(contents()):
        whole += 1
    else:
        assert not ended
        absent += 1
    left = [e for e in place.iterdir() if e.name.startswith(".")]
    remains += bool(left)
    if left and remains % 7 == 0:
        assert run(store).complete
        assert not [e for e in place.iterdir() if e.name.startswith(".")]
        assert len(list(contents())) == 1
    clear()
    if ended:
        print(absent, whole, remains)
        break
"""


@pytest.mark.rule("SR-33", "SR-34")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a child to kill")
@pytest.mark.parametrize(("way", "step"), [("copy", 5), ("archive", 23)])
def test_what_has_its_name_is_whole(tmp_path: Path, way: str, step: int) -> None:
    """A child is killed at every few lines in turn; what it leaves besides has a name
    of its own, and the next run takes it away.
    """
    done = subprocess.run(
        [sys.executable, "-P", "-c", KILLED, str(tmp_path / "c"), way, str(step)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    absent, whole, remains = map(int, done.stdout.split())
    assert absent > 25
    assert whole >= 1
    assert remains > 25
    sys.stdout.write(f"{way}: killed at {absent + whole} points\n")
