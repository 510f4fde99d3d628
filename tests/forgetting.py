"""Forgets through the product, the way both of its front ends go."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from hygiene.contract import Clearing, Platform, Tick
from hygiene.engine.applying import ApplyEvent, Result
from hygiene.engine.decision import Proof
from hygiene.engine.planning import Plan, Subject
from hygiene.wiring import Options, Session

__all__ = [
    "Forgotten",
    "agree",
    "everything",
    "forget",
    "nothing_more",
    "planned",
    "session",
]


@dataclass(frozen=True)
class Forgotten:
    """A home after something was forgotten in it, and the plan that was agreed to."""

    home: Path
    plan: Plan
    result: Result


def session(
    home: Path, stack: ExitStack, platform: Platform = Platform.LINUX
) -> Session:
    """The product at work on a home that is not the runner's own."""
    return Session(Options(home=home, platform=platform), stack)


def everything(clearing: Clearing) -> bool:
    """Tick cookies, sign-ins and all else that may be ticked."""
    return clearing.tick is Tick.OFF


def nothing_more(clearing: Clearing) -> bool:
    """Tick nothing."""
    del clearing
    return False


def planned(home: Path, subject: Subject, platform: Platform = Platform.LINUX) -> Plan:
    """What would go; nothing is changed."""
    with ExitStack() as stack:
        return session(home, stack, platform).plan(subject)


def forget(
    home: Path,
    subject: Subject,
    ticked: Callable[[Clearing], bool] = nothing_more,
    platform: Platform = Platform.LINUX,
) -> Forgotten:
    """Plan, tick, agree by the number, and carry out."""
    with ExitStack() as stack:
        run = session(home, stack, platform)
        decision = run.decide(run.plan(subject))
        for each in decision.plan.offered:
            if ticked(each):
                decision.tick(each.key)
        plan = decision.plan
        last = agree(run, decision.plan)
        assert isinstance(last, Result), last
        return Forgotten(home, plan, last)


def agree(run: Session, plan: Plan) -> ApplyEvent:
    """Answer what is asked, type the number, and give the last thing told."""
    decision = run.decide(plan)
    decision.answer_proof(Proof.NO)
    if plan.syncs:
        decision.agree_to_sync()
    consent = decision.type_number(str(plan.count))
    assert consent is not None, decision.wanted
    return list(run.carry_out(plan, consent))[-1]
