"""Runs the program on a hostile home through its front doors, within limits."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cached_property
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from hygiene.contract import Platform

__all__ = ["MEMORY", "SECONDS", "Look", "look"]

MEMORY = 1 << 30
"""Bytes that no look may need."""
SECONDS = 60.0
"""Seconds in which any look ends."""
_ADDRESSES = 2 << 30


@dataclass(frozen=True)
class Look:
    """What one run of the program came to."""

    status: int
    output: bytes
    errors: bytes
    seconds: float
    memory: int

    @cached_property
    def text(self) -> str:
        """Standard output."""
        return self.output.decode("utf-8")

    @cached_property
    def document(self) -> dict[str, Any]:
        """Standard output as the JSON document."""
        found: dict[str, Any] = json.loads(self.text)
        return found

    def check(self, name: str) -> dict[str, Any]:
        """One check of the document."""
        (found,) = [each for each in self.document["checks"] if each["check"] == name]
        return dict(found)

    def missed(self, name: str) -> dict[str, str]:
        """Why each source of one check could not be looked at."""
        return {each["source"]: each["why"] for each in self.check(name)["not_checked"]}

    def counts(self, name: str, program: str) -> dict[str, int]:
        """What one check found in one program, settings left out, added up."""
        total: dict[str, int] = {}
        for each in self.check(name)["findings"]:
            if each["program"] == program and "setting" not in each:
                for key, number in each["counts"].items():
                    total[key] = total.get(key, 0) + number
        return total


def look(
    home: Path,
    platform: Platform,
    *options: str,
    environment: Mapping[str, str] | None = None,
) -> Look:
    """Run `check` with these options (such as `--json`) in a process that may take
    2 GiB of addresses and `SECONDS` seconds, and is ended after that.
    """
    command = [sys.executable, "-P", "-m", "hygiene", "check", *options]
    command += ["--home", os.fspath(home), "--platform", str(platform)]
    with TemporaryFile() as output, TemporaryFile() as errors:
        started = time.monotonic()
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            preexec_fn=_limit_addresses,  # noqa: PLW1509 - no threads here
            env={**os.environ, **(environment or {})},
        )
        status, used = _ended(process, started + SECONDS)
        seconds = time.monotonic() - started
        output.seek(0)
        errors.seek(0)
        memory = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        return Look(status, output.read(), errors.read(), seconds, memory)


def _limit_addresses() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))


def _ended(
    process: subprocess.Popen[bytes], deadline: float
) -> tuple[int, resource.struct_rusage]:
    while True:
        pid, status, used = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return process.returncode, used
        if time.monotonic() > deadline:
            process.kill()
        time.sleep(0.01)
