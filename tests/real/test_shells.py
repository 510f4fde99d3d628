"""Lines that start the program go from histories that real shells wrote.

Bash, Zsh and Fish are typed into as a person would. Which bytes are ours is told here by
patterns that share nothing with the product; what is left is told by the shells.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pytest

from hygiene.contract import Picked
from tests.footprint import Mark, footprint
from tests.forgetting import forget, planned
from tests.real.browsers import program
from tests.terminal.screen import Session

pytestmark = pytest.mark.real

PROMPT = "ready> "
CHECK = "own-footprint"
_NOTES = "runs"
"""Where what was typed notes that it ran: nothing on the screen has to be understood."""

_LOOP = 'for i in 1 2\ndo note "$i hygiene"\ndone'
_LOOP_OF_FISH = 'for i in 1 2\nnote "$i hygiene"\nend'
QUOTED = "note 'caña; hygiene check'"


@dataclass(frozen=True)
class Kind:
    """A shell as it was set up: its file, how it is listed, and what our lines are in
    the file.
    """

    shell: str
    file: str
    setup: dict[str, str]
    listing: str
    ours: bytes

    @property
    def others(self) -> list[str]:
        """What is typed besides our lines, each with what it notes."""
        loop = _LOOP_OF_FISH if self.shell == "fish" else _LOOP
        return ["note one", loop, QUOTED, "note a\\\\b", f"note {'long' * 400}"]

    @property
    def own(self) -> list[str]:
        """Our lines."""
        return ["hygiene check", "cd . &&\nhygiene guide", "hygiene"]

    @property
    def typed(self) -> list[str]:
        """All of them, mixed."""
        [one, loop, quoted, *rest] = self.others
        [check, several, bare] = self.own
        return [one, check, loop, several, quoted, bare, *rest, check]


_BASH_RC = f"PS1='{PROMPT}'\nPS2=''\nunset PROMPT_COMMAND\n"
_ZSH_RC = (
    f"PS1='{PROMPT}'\nPS2=''\nRPS1=''\nunsetopt PROMPT_SP\n"
    "HISTFILE=~/.zsh_history\nHISTSIZE=900\nSAVEHIST=900\n"
)
_FISH_RC = (
    "set -g fish_greeting\n"
    f"function fish_prompt; printf '{PROMPT}'; end\n"
    "set -g fish_autosuggestion_enabled 0\n"
)
_BASH_OURS = rb"hygiene(?: check)?\n|cd \. && hygiene guide\n"
_ZSH_OURS = rb"(?:hygiene(?: check)?|cd \. &&\\\nhygiene guide)\n"

KINDS = {
    "bash": Kind(
        "bash",
        ".bash_history",
        {".bashrc": _BASH_RC},
        "history",
        rb"^(?:" + _BASH_OURS + rb")",
    ),
    "bash with times": Kind(
        "bash",
        ".bash_history",
        {".bashrc": f"{_BASH_RC}HISTTIMEFORMAT='%s '\nshopt -s cmdhist lithist\n"},
        "HISTTIMEFORMAT= history",
        rb"^#\d+\n(?:hygiene(?: check)?|cd \. &&\nhygiene guide)\n",
    ),
    "zsh": Kind(
        "zsh",
        ".zsh_history",
        {".zshrc": _ZSH_RC},
        "history 1",
        rb"^" + _ZSH_OURS,
    ),
    "zsh with times": Kind(
        "zsh",
        ".zsh_history",
        {".zshrc": f"{_ZSH_RC}setopt EXTENDED_HISTORY INC_APPEND_HISTORY\n"},
        "history 1",
        rb"^: \d+:\d+;" + _ZSH_OURS,
    ),
    "fish": Kind(
        "fish",
        ".local/share/fish/fish_history",
        {".config/fish/config.fish": _FISH_RC},
        "history",
        rb"^- cmd: (?:hygiene(?: check)?|cd \. &&\\nhygiene guide)\n"
        rb"  when: \d+\n(?:  paths:\n(?:    - .*\n)+)?",
    ),
}
every_shell = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


class Shell:
    """One window with a shell in it. Each command is waited for."""

    def __init__(self, home: Path, kind: Kind) -> None:
        self._notes = home / _NOTES
        path = f"{home / 'bin'}:/usr/bin:/bin"
        variables = {"HOME": str(home), "PATH": path, "LANG": "C.UTF-8"}
        self.session = Session(
            [program(kind.shell), "-i"], env=variables, cwd=str(home), columns=200
        )

    def __enter__(self) -> Self:
        self.session.__enter__()
        self.session.wait_for(PROMPT.strip())
        return self

    def __exit__(self, *error: object) -> None:
        self.session.__exit__(None, None, None)

    @property
    def _noted(self) -> int:
        return len(self._notes.read_bytes().splitlines())

    def run(self, command: str) -> None:
        """Type it, and wait until all of it ran and the next can be typed."""
        runs = self._noted + (2 if command.startswith("for") else 1)
        for line in command.split("\n"):
            self.session.send(f"{line}\r")
            self.session.read(0.1)
        self.session.wait_until(lambda: self._noted >= runs)
        self.session.read(0.2)

    def end(self) -> None:
        """Close the shell by its own word."""
        self.session.send("exit\r")
        self.session.wait_end()


def _script(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o700)


@pytest.fixture
def make(tmp_path: Path) -> Callable[[Kind], Path]:
    """A home in which that shell was used."""

    def made(kind: Kind) -> Path:
        home = tmp_path / "home"
        home.mkdir(mode=0o700)
        for name, text in kind.setup.items():
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_text(text)
        (home / _NOTES).touch()
        for name in ("hygiene", "note"):
            _script(home / "bin" / name, f'echo {name} >> "{home / _NOTES}"')
        with Shell(home, kind) as shell:
            for command in kind.typed:
                shell.run(command)
            shell.end()
        return home

    return made


def _clear(home: Path, kind: Kind) -> int:
    """Take our lines out through the product; how many."""
    forgotten = forget(home, Picked(check=CHECK, store=kind.file))
    assert forgotten.result.not_done == ()
    return forgotten.plan.count


def _listed(home: Path, kind: Kind, folder: Path) -> list[str]:
    """What a shell lists that was started anew on a copy, without its own last line."""
    copy = shutil.copytree(home, folder)
    script = copy / "bin" / "note"
    _script(script, f'echo note >> "{copy / _NOTES}"')
    with Shell(copy, kind) as shell:
        shell.run(f"{kind.listing} > listed; note")
        shell.session.read(0.1)
    return [
        re.sub(r"^ *\d+ +", "", line)
        for line in (copy / "listed").read_text().splitlines()
        if "> listed" not in line
    ]


def _settled(home: Path) -> dict[str, Mark]:
    """The home, but for what Fish goes on writing by itself after its first start."""
    return {
        path: mark
        for path, mark in footprint(home).items()
        if "/generated_completions" not in path
    }


@pytest.mark.rule("SR-46")
@every_shell
def test_our_lines_go_and_every_other_byte_stays(
    make: Callable[[Kind], Path], tmp_path: Path, kind: Kind
) -> None:
    """From the file; and a new shell lists all the rest, in order, and nothing else."""
    home = make(kind)
    history = home / kind.file
    before, mode = history.read_bytes(), history.stat().st_mode
    listed = _listed(home, kind, tmp_path / "before")
    around = _settled(home)
    wanted, count = re.subn(kind.ours, b"", before, flags=re.MULTILINE)
    assert count >= 3
    assert _clear(home, kind) == count
    assert history.read_bytes() == wanted
    assert history.stat().st_mode == mode
    now = _settled(home)
    assert {each for each in now if now[each] != around[each]} <= {
        str(history),
        str(history.parent),
    }
    assert now.keys() == around.keys()
    left = _listed(home, kind, tmp_path / "after")
    assert left == [each for each in listed if not _is_ours(each)]
    assert len(left) < len(listed)


def _is_ours(line: str) -> bool:
    return line.startswith(("hygiene", "cd ."))


@pytest.mark.rule("SR-46")
@every_shell
def test_an_open_shell_loses_nothing_of_others(
    make: Callable[[Kind], Path], tmp_path: Path, kind: Kind
) -> None:
    """It may write its last lines back when it ends, as the plan says; after it was
    cleared again a new shell lists all the rest.
    """
    home = make(kind)
    with Shell(home, kind) as shell:
        shell.run("note later")
        shell.run("hygiene check")
        _clear(home, kind)
        shell.run("note last")
        shell.end()
    listed = _listed(home, kind, tmp_path / "before")
    if planned(home, Picked(check=CHECK, store=kind.file)).count:
        _clear(home, kind)
    left = _listed(home, kind, tmp_path / "after")
    assert left == [each for each in listed if not _is_ours(each)]
    for command in (*kind.others, "note later", "note last"):
        assert command.split("\n")[0] in "\n".join(left)
