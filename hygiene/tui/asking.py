"""What a plan asks for now, in words, and what kind of answer it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hygiene.engine.decision import Wanted
from hygiene.report.plans import PROOF
from hygiene.tui.widgets.consent import Ask, Labels, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from hygiene.engine.decision import Decision
    from hygiene.report.plans import Plans

__all__ = ["labels", "look_only_step", "step_of"]


def labels(plans: Plans, say: Callable[[str], str]) -> Labels:
    """The words of a consent that are always the same."""
    return Labels(
        go_back=say("screens.plan.go-back"),
        copy=say("screens.plan.copy"),
        leave_it=say("clearing.leave"),
        agree=say("screens.plan.agree"),
        enter=say("screens.plan.enter"),
        answers={each: plans.answer(each) for each in PROOF},
    )


def step_of(
    decision: Decision, plans: Plans, say: Callable[[str], str], *, waiting: bool
) -> Step:
    """The step of this decision. While a browser is open (`waiting`) only the question
    about proof can be answered.
    """
    wanted = decision.wanted
    ask, asked, beside = Ask.NOTHING, "", ""
    if wanted is Wanted.PROOF:
        *question, beside = plans.proof()
        ask, asked = Ask.PROOF, "\n".join(question)
    elif wanted is Wanted.COPY:
        asked = say("evidence.not-whole-clear")
    elif waiting and wanted is not Wanted.SOMETHING:
        asked = say("screens.plan.waiting")
    elif wanted is Wanted.SYNC:
        ask = Ask.SYNC
    elif wanted is Wanted.NUMBER:
        ask, asked = Ask.NUMBER, "\n".join(plans.number(decision.plan))
    copy_first = wanted is not Wanted.SOMETHING and decision.copy_first
    return Step(ask, asked, beside, copy_first or wanted is Wanted.COPY)


def look_only_step(say: Callable[[str], str]) -> Step:
    """Nothing is asked for, and nothing can be saved."""
    return Step(Ask.NOTHING, say("gate.look-only"))
