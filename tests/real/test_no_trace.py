"""A full look writes nothing, creates nothing and opens no socket.

Three witnesses: Python's audit events, the system calls that strace sees (SQLite works in
C, where audit events do not reach), and the home itself, before and after. The read-only
file layer below SQLite has its own witness in tests/host.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hygiene.contract import Platform
from hygiene.practice.home import build
from tests.footprint import age, footprint
from tests.real.browsers import program
from tests.terminal.screen import Session

FORMS = (["--json", "--items"], ["--plain"])

WATCHED = """
import json, os, sys
events = []
writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
calls = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink",
         "os.truncate", "os.chmod", "os.chown", "os.utime", "os.setxattr",
         "shutil.", "tempfile.", "socket.", "subprocess.", "os.system", "os.exec",
         "os.fork", "os.posix_spawn", "os.startfile", "webbrowser.")
def watch(event, args):
    if event == "open" and isinstance(args[2], int) and args[2] & writing:
        events.append([event, str(args[0])])
    elif event.startswith(calls):
        events.append([event, str(args[:1])])
sys.addaudithook(watch)
from hygiene.cli import main
status = main(sys.argv[1:])
sys.stdout.flush()
os.write(2, json.dumps(events).encode())
os._exit(status)
"""


@pytest.fixture(params=list(Platform))
def home(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Platform]:
    """A home with every kind of trace, its access times old."""
    root = tmp_path / "home"
    root.mkdir()
    build(root, request.param, datetime.now(UTC))
    age(root)
    return root, request.param


def _arguments(form: list[str], home: tuple[Path, Platform]) -> list[str]:
    root, platform = home
    return ["check", *form, "--home", str(root), "--platform", str(platform)]


@pytest.mark.rule("SR-13", "SR-20", "SR-21")
@pytest.mark.parametrize("form", FORMS, ids=["json", "plain"])
def test_python_sees_no_write_and_no_socket(
    home: tuple[Path, Platform], form: list[str]
) -> None:
    """Audit events: nothing opened for writing, nothing changed, nothing connected."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", WATCHED, *_arguments(form, home)],
        capture_output=True,
        check=True,
    )
    noise = done.stderr.decode().rpartition("\n")[2]
    assert json.loads(noise) == []


@pytest.mark.rule("SR-13")
@pytest.mark.parametrize("form", FORMS, ids=["json", "plain"])
def test_the_home_is_as_before(home: tuple[Path, Platform], form: list[str]) -> None:
    """Every name, byte, right and time, access times too."""
    before = footprint(home[0])
    done = subprocess.run(
        [sys.executable, "-P", "-m", "hygiene", *_arguments(form, home)],
        capture_output=True,
        check=True,
    )
    assert b"chat-logs" in done.stdout or b"Chat" in done.stdout
    assert footprint(home[0]) == before


@pytest.mark.rule("SR-21")
@pytest.mark.parametrize("form", FORMS, ids=["json", "plain"])
def test_nothing_is_kept_elsewhere(
    home: tuple[Path, Platform], form: list[str], tmp_path: Path, no_real_home: Path
) -> None:
    """The temporary folder and the runner's own home stay empty."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    subprocess.run(
        [sys.executable, "-P", "-m", "hygiene", *_arguments(form, home)],
        capture_output=True,
        check=True,
        env={**os.environ, "TMPDIR": str(temporary), "SQLITE_TMPDIR": str(temporary)},
    )
    assert list(temporary.iterdir()) == []
    assert list(no_real_home.iterdir()) == []


CHANGES = re.compile(
    r"^\d+\s+(?:"
    r"(?:open|openat|creat)\(.*O_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND)"
    r"|(?:unlink|unlinkat|rename|renameat|renameat2|mkdir|mkdirat|rmdir|link|linkat"
    r"|symlink|symlinkat|truncate|ftruncate|fallocate|chmod|fchmod|fchmodat|chown|fchown"
    r"|lchown|fchownat|utime|utimes|utimensat|futimesat|setxattr|fsetxattr|lsetxattr"
    r"|mknod|mknodat|fsync|fdatasync|flock)\("
    r"|fcntl\(\d+, F_(?:SETLK|SETLKW|OFD_SETLK)"
    r"|(?:socket|socketpair|connect|bind|sendto|sendmsg|listen|accept4?)\("
    r"|(?:execve|execveat|fork|vfork)\()"
)
ALLOWED = re.compile(r'"/dev/(?:null|tty|pts/\d+)"|memfd:')


@pytest.mark.real
@pytest.mark.rule("SR-13", "SR-20")
@pytest.mark.parametrize("form", FORMS, ids=["json", "plain"])
def test_the_system_sees_no_write_and_no_socket(
    home: tuple[Path, Platform], form: list[str], tmp_path: Path
) -> None:
    """System calls, those of SQLite and every thread included."""
    told = tmp_path / "strace"
    subprocess.run(
        [
            *(program("strace"), "-f", "-qq", "-o", str(told), "-e"),
            "trace=%file,%desc,%network,%process",
            *(sys.executable, "-P", "-m", "hygiene", *_arguments(form, home)),
        ],
        capture_output=True,
        check=True,
    )
    lines = told.read_text("utf-8", "replace").splitlines()
    assert any(str(home[0]) in line for line in lines)
    changes = [
        line for line in lines if CHANGES.match(line) and not ALLOWED.search(line)
    ]
    # The first is strace starting the program itself.
    assert [line for line in changes if "execve(" not in line] == []
    assert sum("execve(" in line for line in changes) == 1


SELF_PIPE = re.compile(r"socketpair\(AF_UNIX, .*\[(\d+), (\d+)\]")


@pytest.mark.real
@pytest.mark.rule("SR-13", "SR-20", "SR-21")
def test_the_screens_write_nothing_and_open_no_socket_but_their_own_pipe(
    home: tuple[Path, Platform], tmp_path: Path
) -> None:
    """A whole walk over the screens, down to names, then out by the leave key."""
    before = footprint(home[0])
    told = tmp_path / "strace"
    place = ["--home", str(home[0]), "--platform", str(home[1])]
    command = [
        *(program("strace"), "-f", "-qq", "-o", str(told), "-e"),
        "trace=%file,%desc,%network,%process",
        *(sys.executable, "-P", "-m", "hygiene", "check", *place),
    ]
    with Session(command) as screen:
        screen.wait_for("d help me decide", 60)
        screen.send("l")
        screen.wait_for("6 of 6 ", 90)
        for key, then in (("\r", "Esc back"), ("\r", "What is this?"), ("s", "rows")):
            screen.send(key)
            screen.wait_for(then, 60)
        screen.send("\x11")
        assert screen.wait_end(60) == 0
        assert screen.is_blank
    lines = told.read_text("utf-8", "replace").splitlines()
    changes = [
        line for line in lines if CHANGES.match(line) and not ALLOWED.search(line)
    ]
    pipes = [found for line in changes if (found := SELF_PIPE.search(line))]
    ends = "|".join(end for found in pipes for end in found.groups())
    waking = re.compile(rf'sendto\((?:{ends}), "\\0", 1, 0, NULL, 0(?:\)| <unfinished)')
    assert len(pipes) == 1
    assert [
        line
        for line in changes
        if not (SELF_PIPE.search(line) or waking.search(line) or "execve(" in line)
    ] == []
    assert sum("execve(" in line for line in changes) == 1
    assert footprint(home[0]) == before
