"""Clearing and what became of it, in lines."""

from __future__ import annotations

import time
from enum import Enum
from typing import TYPE_CHECKING

from hygiene.engine.applying import Changed, Result, StillOpen, UnitDone
from hygiene.report.cleared import Cleared, failure

if TYPE_CHECKING:
    from hygiene.contract import Consent
    from hygiene.engine.planning import Plan
    from hygiene.plain.page import Page

__all__ = ["After", "carry_out"]

_TOLD_EVERY_SECONDS = 0.5


class After(Enum):
    """Where a person goes from a plan or from its result."""

    BACK = "back"
    """One page back."""
    OUT = "out"
    """To where all this began: it is done, or left as it is."""
    AGAIN = "again"
    """Look for the same once more."""
    SITE = "site"
    """Forget another site."""


def carry_out(page: Page, plan: Plan, consent: Consent) -> After | Plan:
    """Do what was agreed to and tell the result. A plan is returned where nothing was
    done: the data had changed, or a browser is open again.
    """
    page.say("forget.clearing")
    cleared = Cleared(page.facts)
    told = time.monotonic()
    for event in page.session.carry_out(plan, consent):
        match event:
            case StillOpen():
                return plan
            case Changed(now):
                return now
            case UnitDone() if time.monotonic() - told >= _TOLD_EVERY_SECONDS:
                page.console.say(cleared.progress(event))
                told = time.monotonic()
            case Result():
                return _result(page, cleared, event)
    return plan


def _result(page: Page, cleared: Cleared, result: Result) -> After:
    page.cleared = page.stale = True
    page.head(page.words.say("result.title"))
    for part in cleared.result(result):
        page.console.say(*part.lines)
    if why := failure(result):
        page.failed[result.plan.subject] = why
    else:
        page.failed.pop(result.plan.subject, None)
    page.say("plain.result-keys")
    answer = page.console.ask({"a", "f", "b"})
    return {"a": After.AGAIN, "f": After.SITE, "b": After.OUT}[answer]
