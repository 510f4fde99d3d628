"""Joins what two profiles plan for one store that they share."""

from __future__ import annotations

from dataclasses import replace

from hygiene.contract import Clearing, DeleteRows, Step, UpdateRows

__all__ = ["joined"]


def joined(one: Clearing, other: Clearing) -> Clearing:
    """One clearing with the steps of both, each row named once. The same steps twice are
    the same thing planned twice.
    """
    if one.steps == other.steps:
        return one
    steps = [*one.steps]
    for step in other.steps:
        _add(steps, step)
    counts = {
        name: one.counts.get(name, 0) + other.counts.get(name, 0)
        for name in dict.fromkeys((*one.counts, *other.counts))
    }
    return replace(one, steps=tuple(steps), counts=counts)


def _add(steps: list[Step], step: Step) -> None:
    """Add a step, to one on the same rows where there is one."""
    for place, known in enumerate(steps):
        both = _both(known, step)
        if both is not None:
            steps[place] = both
            return
    steps.append(step)


def _both(one: Step, other: Step) -> Step | None:
    if one == other:
        return one
    if isinstance(one, DeleteRows) and isinstance(other, DeleteRows):
        if (one.table, one.key) != (other.table, other.key):
            return None
        keys = tuple(sorted({*one.keys, *other.keys}, key=repr))
        shared = len(one.keys) + len(other.keys) - len(keys)
        # Where a key stands for several rows, nothing is known of the shared ones.
        rows = one.rows + other.rows - shared
        return replace(one, keys=keys, rows=rows)
    if isinstance(one, UpdateRows) and isinstance(other, UpdateRows):
        if (one.table, one.key, one.columns) != (other.table, other.key, other.columns):
            return None
        return replace(one, rows=tuple({**dict(other.rows), **dict(one.rows)}.items()))
    return None
