"""Whole processes in turn, A B A B, each with its answer; ratios with min and max."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

__all__ = ["Run", "in_turn", "ratio_line", "run"]

Measure = TypeVar("Measure")


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process: wall seconds, peak memory in MiB, and what it printed."""

    seconds: float
    mebibytes: float
    output: bytes


def run(command: Sequence[str]) -> Run:
    """Run a command to its end. Raises `RuntimeError` if it fails."""
    reading, writing = os.pipe()
    began = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=writing, stderr=subprocess.DEVNULL
    )
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        output = pipe.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(command[0])
    return Run(seconds, usage.ru_maxrss / 1024, output)


def in_turn(
    one: Callable[[], Measure], other: Callable[[], Measure], pairs: int
) -> list[tuple[Measure, Measure]]:
    """Measure A B A B after one round that does not count."""
    one()
    other()
    return [(one(), other()) for _ in range(pairs)]


def ratio_line(
    name: str, pairs: Sequence[tuple[float, float]], unit: str, goal: str, answer: str
) -> None:
    """Print medians of both, the ratio pair by pair, the goal, and the answer."""
    ratios = [a / b for a, b in pairs]
    ours, theirs = median(a for a, _ in pairs), median(b for _, b in pairs)
    sys.stdout.write(
        f"{name}: {ours:.3f} / {theirs:.3f} {unit}, ratio {median(ratios):.3f}"
        f" ({min(ratios):.3f} to {max(ratios):.3f}), goal {goal}; {answer}\n"
    )
    sys.stdout.flush()
