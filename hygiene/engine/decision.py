"""The way from a plan to a consent: the one state machine behind both front ends."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from hygiene.contract import Consent, Kept, Span
from hygiene.engine.consent import Consents
from hygiene.engine.planning import Plan

__all__ = ["Asked", "Decision", "Proof", "Wanted"]


class Proof(Enum):
    """Could any of this show what someone did, or help later? (SR-28)."""

    YES = "yes"
    NOT_SURE = "not-sure"
    NO = "no"


@dataclass(slots=True)
class Asked:
    """What was asked in this run of the program: the proof question comes with the first
    plan, and again only where another person's acts may stand.
    """

    proof: bool = False


class Wanted(Enum):
    """What a plan waits for, in this order."""

    SOMETHING = "something"
    """Nothing would go as things are ticked."""
    PROOF = "proof"
    SYNC = "sync"
    """A second tick, because what goes here may come back or stay elsewhere (SR-25)."""
    COPY = "copy"
    """A copy was begun and is not whole: clearing is closed until one is (SR-34)."""
    NUMBER = "number"


_OF_OTHERS = frozenset({Kept.SIGN_INS, Kept.NEVER_SAVED})
"""Where the acts of another person may stand."""


@dataclass(slots=True)
class Decision:
    """One plan on its way to consent. Nothing here changes anything on the machine."""

    plan: Plan
    consents: Consents
    asked: Asked
    proof: Proof | None = None
    sync_agreed: bool = False
    copied: bool | None = None
    """Whether the copies are whole; None while none was begun."""
    changed: bool = False
    """Whether the plan was made anew because the data had changed."""

    @property
    def asks_for_proof(self) -> bool:
        """Whether the proof question stands before the number."""
        if self.proof is not None:
            return False
        return not self.asked.proof or self._another_may_stand_here

    @property
    def _another_may_stand_here(self) -> bool:
        subject = self.plan.subject
        everything = (
            isinstance(subject, Span) and subject.start is None and subject.end is None
        )
        return everything or any(each.kept in _OF_OTHERS for each in self.plan.chosen)

    @property
    def copy_first(self) -> bool:
        """Whether saving a copy stands on top of the choices."""
        return self.proof in {Proof.YES, Proof.NOT_SURE} and not self.copied

    @property
    def wanted(self) -> Wanted:
        """What comes next."""
        if not self.plan.count:
            return Wanted.SOMETHING
        if self.copied is False:
            return Wanted.COPY
        if self.asks_for_proof:
            return Wanted.PROOF
        if self.plan.syncs and not self.sync_agreed:
            return Wanted.SYNC
        return Wanted.NUMBER

    def answer_proof(self, answer: Proof) -> None:
        """Keep the answer in memory, and ask no more than that. No road is closed."""
        self.proof = answer
        self.asked.proof = True

    def agree_to_sync(self) -> None:
        """The second tick for profiles that sync."""
        self.sync_agreed = True

    def copy_ended(self, *, complete: bool) -> None:
        """Copies were tried; when one of them is not whole, nothing can be cleared."""
        self.copied = complete

    def tick(self, key: str) -> None:
        """Tick a part, or take it back."""
        self.plan = self.plan.with_tick(key)

    def leave_out(self, folder: str) -> None:
        """Leave one profile out, or take it in again."""
        self.plan = self.plan.with_place(folder)

    def replan(self, plan: Plan) -> None:
        """Go on with a plan that was made anew, with the choices made so far."""
        plan = plan.chosen_like(self.plan)
        self.changed = plan.digest != self.plan.digest
        self.plan = plan

    def type_number(self, typed: str) -> Consent | None:
        """The consent, where the number is that of the plan; None for anything else and
        while something else is wanted first.
        """
        typed = typed.strip().replace(",", "").replace(".", "")
        if self.wanted is not Wanted.NUMBER or not typed.isascii():
            return None
        if not typed.isdecimal() or int(typed[:19]) != self.plan.count:
            return None
        return self.consents.give(self.plan.digest)

    def leave(self) -> None:
        """The screen was left: what was agreed to counts no more."""
        self.consents.withdraw()
