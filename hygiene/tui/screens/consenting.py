"""What is asked over a plan, and the answers to it (SR-26, SR-28)."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from hygiene.engine.decision import Proof
from hygiene.engine.evidence import stores_of
from hygiene.report.plans import Plans
from hygiene.tui.asking import look_only_step, step_of
from hygiene.tui.plan_in_hand import PlanInHand
from hygiene.tui.screens.cover import Cover
from hygiene.tui.screens.page import Page
from hygiene.tui.widgets.consent import Ask, Consent, Step

if TYPE_CHECKING:
    from textual import events
    from textual.widgets import Input

    from hygiene.tui.visit import Visit
    from hygiene.tui.widgets.door import Door

__all__ = ["ConsentPage"]


class ConsentPage(Page):
    """A page with a `Consent` on it. The focus rests on "No, go back"; nothing but the
    right number, typed and entered, goes on from here.
    """

    AUTO_FOCUS = "#no"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s,S", "copy", show=False),
        Binding("l,L", "leave_it", show=False),
        Binding("y", "yes", show=False),
        Binding("u", "not_sure", show=False),
        Binding("n", "no", show=False),
    ]

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self.session = visit.looking_at
        self.plans = Plans(self.session.facts)
        self.in_hand = PlanInHand(self.session.decide)
        self.told = ""
        """What stands below the question."""

    # --- asking

    def ask(self) -> None:
        """Show what is wanted now."""
        now = self.in_hand
        if now.decision is None or now.making:
            step = Step()
        elif self.session.look_only:
            step = look_only_step(self.say)
        else:
            waiting = bool(now.open)
            step = step_of(now.decision, self.plans, self.say, waiting=waiting)
        self.consent.show(step, self.told, copies=self.has_copies)

    @property
    def consent(self) -> Consent:
        """The question, its answer, and the ways out."""
        return self.query_one(Consent)

    @property
    def has_copies(self) -> bool:
        """Whether there is anything to save copies of."""
        if self.session.look_only:
            return False
        decision = self.in_hand.decision
        return decision is None or bool(decision.plan.offered)

    # --- answers

    def on_door_pressed(self, event: Door.Pressed) -> None:
        """An answer, or a way out."""
        name = event.door.name or ""
        if name == "go-back":
            self.go_back()
        elif name == "copy":
            self.action_copy()
        elif name == "leave-it":
            self.action_leave_it()
        elif name == "agree":
            self.in_hand.decided.agree_to_sync()
            self.ask()
        else:
            self._answer(Proof(name))

    def _answer(self, proof: Proof) -> None:
        """Answer the proof question, while it is asked."""
        if self.consent.ask is Ask.PROOF:
            self.in_hand.decided.answer_proof(proof)
            self.ask()

    def action_yes(self) -> None:
        """It could."""
        self._answer(Proof.YES)

    def action_not_sure(self) -> None:
        """That counts as yes."""
        self._answer(Proof.NOT_SURE)

    def action_no(self) -> None:
        """It could not."""
        self._answer(Proof.NO)

    def on_key(self, event: events.Key) -> None:
        """A digit goes to the number, wherever the focus is."""
        digit = event.character or ""
        if digit.isascii() and digit.isdigit() and self.consent.ask is Ask.NUMBER:
            event.stop()
            self.consent.type_digit(digit)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on with the right number; with any other nothing happens."""
        if self.consent.ask is not Ask.NUMBER or not event.value.strip():
            return
        consent = self.in_hand.decided.type_number(event.value)
        if consent is None:
            self.consent.say(self.say("forget.wrong-number"))
            return
        from hygiene.tui.screens.clearing import ClearingPage  # noqa: PLC0415 - on demand

        plan = self.in_hand.decided.plan
        self.app.push_screen(ClearingPage(self.visit, plan, consent, self))

    # --- ways out

    @abstractmethod
    def go_back(self) -> None:
        """No."""

    def action_copy(self) -> None:
        """Save a copy first."""
        decision = self.in_hand.decision
        if decision is None or not self.has_copies:
            return
        from hygiene.tui.screens.copies import Copies  # noqa: PLC0415 - on demand

        stores = stores_of(decision.plan)
        self.app.push_screen(Copies(self.visit, stores, decision))

    def action_leave_it(self) -> None:
        """A full answer: nothing changes, and nobody asks again."""
        self.go_home()

    def on_screen_suspend(self) -> None:
        """Another page stands on top. What was typed is dropped, except below the cover;
        the page that clears has its consent already.
        """
        from hygiene.tui.screens.clearing import ClearingPage  # noqa: PLC0415 - on demand

        if isinstance(self.app.screen, Cover):
            return
        self.consent.say(self.told)
        if not isinstance(self.app.screen, ClearingPage):
            self._drop()

    def on_unmount(self) -> None:
        """Nothing that was agreed to counts any more."""
        self._drop()

    def _drop(self) -> None:
        if self.in_hand.decision is not None:
            self.in_hand.decision.leave()
