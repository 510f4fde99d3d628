"""What the three questions of "Help me decide" come to (SR-02)."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["QUESTIONS", "Reply", "advice"]

QUESTIONS = ("watched", "soon", "other")
"""Someone may be watching; someone may come soon; there is a safer computer."""


class Reply(StrEnum):
    """An answer. Not sure counts as the careful one."""

    YES = "yes"
    NO = "no"
    NOT_SURE = "not-sure"


def advice(watched: Reply, soon: Reply, other: Reply) -> list[str]:
    """The sentences of the advice, by key, the most careful first. Closes no door."""
    keys = []
    if watched is not Reply.NO:
        keys.append("decide.advice-watched")
    if soon is not Reply.NO:
        keys.append("decide.advice-soon")
    if other is Reply.YES:
        keys.append("decide.advice-other")
    else:
        keys.append("decide.advice-none")
    return [*keys, "decide.same-doors"]
