"""Histories as they really lie there: mixed, cut off, damaged, enormous."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.contract import Clearing, Finding, Picked, Platform, ReplaceFile
from hygiene.host.home import DiskHome
from hygiene_checks.program._commands import starts_this_program
from hygiene_checks.program._open_commands import goes_on
from hygiene_checks.program._shell_histories import PLACES
from hygiene_checks.program.footprint import ID, FootprintCheck
from tests.checks.answers import answers

CHECK = FootprintCheck()
SHELLS = {shell.id: shell for places in PLACES.values() for shell in places.values()}
FILES = {
    "bash": ".bash_history",
    "zsh": ".zsh_history",
    "fish": ".local/share/fish/fish_history",
    "powershell": ".local/share/powershell/PSReadLine/ConsoleHost_history.txt",
}


def left(root: Path, shell: str, data: bytes) -> bytes | None:
    """What the file would hold afterwards; None where nothing is planned."""
    path = root / FILES[shell]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    home = DiskHome(root, Platform.LINUX)
    planned = [*CHECK.plan_picked(home, Picked(check=ID, store=FILES[shell]))]
    if not planned:
        return None
    [clearing] = planned
    assert isinstance(clearing, Clearing)
    [step] = clearing.steps
    assert isinstance(step, ReplaceFile)
    return step.after


@pytest.mark.rule("SR-46")
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"#1\nls\nhygiene check\nnano list\n", b"#1\nls\nnano list\n"),
        (b"#1\nhygiene check\nnano list\n", b"nano list\n"),
        (b"#1\nhygiene\n#2\nls\npwd\nhygiene\n", b"#2\nls\npwd\n"),
        (b"ls\nhygiene\n#1\nhygiene\n#2\nls\n", b"ls\n#2\nls\n"),
        (b"#1\ncd x &&\nhygiene check\nls\n", b"ls\n"),
        (b"#1\nif hygiene check\nthen ls\nfi\npwd\n", b"pwd\n"),
        (b"#1\n#2\nhygiene\n", b"#1\n"),
    ],
)
def test_lines_of_a_bash_without_times_stay(
    tmp_path: Path, before: bytes, after: bytes
) -> None:
    """They stand below a time stamp of another Bash, and are no part of its command."""
    assert left(tmp_path, "bash", before) == after


@pytest.mark.parametrize(
    "command",
    [
        *("for i in 1 2", "for i in 1 2\ndo ls", "if true\nthen ls", "echo 'a"),
        *('echo "a\\"', "ls |", "a ||", "a &&\n", "f() {", "{ ls", "(ls", "ls \\"),
        *("cat <<EOF\nx", "cat <<-'E'\nx", "case $x in\na) ls;;", "while a; do b;"),
        *("! for x in y", "$'it\\'s", "ls && for i in a; do"),
    ],
)
def test_bash_waits_for_more(command: str) -> None:
    """Each of these it does not run yet."""
    assert goes_on(command)


@pytest.mark.parametrize(
    "command",
    [
        *("ls", "for i in 1 2\ndo ls\ndone", "if a; then b; fi", 'echo \'a\' "b\\""'),
        *("echo if", "ls # it's", "a &", "f() { ls; }", "(ls)", "cat <<EOF\nx\nEOF"),
        *("case $x in a) ls;; esac", "echo $((1 << x))", "echo ${x}", "$'it\\'s'"),
        *("echo {a,b}", "ls <<< word", "while a; do b; done", "", "echo \\\\"),
        *("[[ a && b ]]", "x" * 30_000 + " &&"),
    ],
)
def test_bash_does_not_wait(command: str) -> None:
    """Each of these is whole."""
    assert not goes_on(command)


@pytest.mark.rule("SR-46")
@pytest.mark.parametrize("shell", FILES)
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"ls\nhygiene check", b"ls\n"),
        (b"hygiene\nls", b"ls"),
        (b"a\x00b\nhygiene\n\xff\xfe\x80\n", b"a\x00b\n\xff\xfe\x80\n"),
        (b"ls\r\nhygiene check\r\npwd\r\n", b"ls\r\npwd\r\n"),
        (b"\n\nhygiene\n\n", b"\n\n\n"),
        (b"y" * 3_000_000 + b"\nhygiene\n", b"y" * 3_000_000 + b"\n"),
        (b"hygiene\n", b""),
    ],
    ids=["no end", "first", "bytes", "crlf", "empty lines", "huge", "alone"],
)
def test_odd_files_lose_our_line_and_nothing_else(
    tmp_path: Path, shell: str, before: bytes, after: bytes
) -> None:
    """A last line without its end, bytes that are no text, line ends of Windows."""
    if shell == "fish":
        before, after = _of_fish(before), _of_fish(after)
    assert left(tmp_path, shell, before) == after


def _of_fish(data: bytes) -> bytes:
    return b"".join(b"- cmd: " + each for each in data.splitlines(keepends=True))


def test_the_lock_of_zsh_is_no_history(tmp_path: Path) -> None:
    """Nor is the new file that a shell is just writing beside the old one."""
    for name in (".zsh_history.LOCK", ".zsh_history.new", ".bash_history-00123.tmp"):
        (tmp_path / name).write_text("hygiene\n")
    assert [
        x
        for x in answers(CHECK, DiskHome(tmp_path, Platform.LINUX))
        if isinstance(x, Finding)
    ] == []


def test_windows_of_terminal_on_a_mac_have_their_own(tmp_path: Path) -> None:
    """Terminal keeps one history for each window."""
    for shell in ("zsh", "bash"):
        folder = tmp_path / f".{shell}_sessions"
        folder.mkdir()
        (folder / "A1B2.history").write_text("ls\nhygiene\n")
    home = DiskHome(tmp_path, Platform.MACOS)
    found = [each for each in answers(CHECK, home) if isinstance(each, Finding)]
    assert [(each.program_id, *each.sources) for each in found] == [
        ("zsh", ".zsh_sessions/A1B2.history"),
        ("bash", ".bash_sessions/A1B2.history"),
    ]
    for each in found:
        picked = Picked(check=ID, store=each.sources[0])
        [clearing] = CHECK.plan_picked(home, picked)
        assert isinstance(clearing, Clearing)
        [step] = clearing.steps
        assert isinstance(step, ReplaceFile)
        assert step.after == b"ls\n"


PIECES = st.sampled_from(
    [
        *(
            b"hygiene",
            b"hygiene check",
            b"ls",
            b"\n",
            b"\r\n",
            b"\\\n",
            b"`\n",
            b"#12\n",
        ),
        *(b": 12:0;", b"- cmd: ", b"  when: 12\n", b"\\n", b"'", b'"', b"(", b"&&\n"),
        *(b"for x in y\n", b"do ", b"done\n", b"<<E\n", b"\x83", b"\0", b"\xff"),
    ]
)


@given(st.lists(PIECES, max_size=40).map(b"".join), st.sampled_from([*FILES]))
def test_any_bytes_can_be_read(data: bytes, shell: str) -> None:
    """Commands follow each other, none overlaps another, and each is made of whole
    lines.
    """
    typed = [*SHELLS[shell].parse(data)]
    edges = [edge for each in typed for edge in (each.start, each.end)]
    assert edges == sorted(edges)
    assert all(each.start < each.end <= len(data) for each in typed)
    assert all(
        data[each.end - 1 : each.end] == b"\n" or each.end == len(data)
        for each in typed
    )


@given(st.text(max_size=200))
def test_any_command_can_be_judged(command: str) -> None:
    """Whatever was typed."""
    assert goes_on(command) in {True, False}


def test_moments_are_those_of_the_stamp() -> None:
    """A line without a stamp of its own has none."""
    data = b"#1700000000\nhygiene\nls\n"
    [ours, other] = SHELLS["bash"].parse(data)
    assert ours.when == datetime.fromtimestamp(1_700_000_000, UTC)
    assert other.when is None
    assert starts_this_program(ours.text)
