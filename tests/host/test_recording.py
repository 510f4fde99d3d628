"""Signs that a window is kept or seen elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hygiene.host import recording
from hygiene.host.recording import Recording

SIGNS = {
    "TMUX": Recording.KEEPER,
    "STY": Recording.KEEPER,
    "ZELLIJ": Recording.KEEPER,
    "SCRIPT": Recording.RECORDER,
    "ASCIINEMA_REC": Recording.RECORDER,
    "SSH_CONNECTION": Recording.REMOTE,
    "SSH_TTY": Recording.REMOTE,
}


@pytest.fixture(autouse=True)
def no_parents(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests does not count."""
    monkeypatch.setattr(recording, "_from_parents", set)


@pytest.mark.rule("SR-45")
@pytest.mark.parametrize(("name", "sign"), SIGNS.items())
def test_each_variable_is_a_sign(name: str, sign: Recording) -> None:
    """One is enough; an empty one is none."""
    assert recording.recording({name: "1"}) is sign
    assert recording.recording({name: ""}) is None


@pytest.mark.rule("SR-45")
def test_a_session_of_remote_desktop_is_a_sign() -> None:
    """The console's own name is not."""
    assert recording.recording({"SESSIONNAME": "RDP-Tcp#12"}) is Recording.REMOTE
    assert recording.recording({"SESSIONNAME": "Console"}) is None


@pytest.mark.rule("SR-45")
def test_of_several_signs_the_strongest_is_told() -> None:
    """A recorder above all."""
    everything = dict.fromkeys(SIGNS, "1")
    assert recording.recording(everything) is Recording.RECORDER
    del everything["SCRIPT"], everything["ASCIINEMA_REC"]
    assert recording.recording(everything) is Recording.KEEPER


@pytest.mark.rule("SR-45")
@pytest.mark.skipif(sys.platform != "linux", reason="proc(5) is of Linux")
def test_a_real_recorder_above_is_seen(tmp_path: Path) -> None:
    """script(1) sets no variable on Linux: its name tells."""
    script = shutil.which("script")
    assert script is not None
    code = "from hygiene.host.recording import recording; print('seen', recording({}))"
    told = tmp_path / "told.py"
    told.write_text(code)
    command = f"{sys.executable} -P {told}"
    done = subprocess.run(
        [script, "-qec", command, os.devnull],
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    assert "seen recorder" in done.stdout
