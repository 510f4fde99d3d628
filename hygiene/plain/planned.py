"""A plan and its consent, in lines."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hygiene.contract import Site, Span
from hygiene.engine.decision import Proof, Wanted
from hygiene.engine.evidence import stores_of
from hygiene.plain.carrying_out import After, carry_out
from hygiene.plain.saving import save
from hygiene.plain.ticking import leave_sites_out, tick_parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from hygiene.engine.planning import Plan, Subject
    from hygiene.plain.page import Page

__all__ = ["PlanPage"]

_PROOF = {"y": Proof.YES, "u": Proof.NOT_SURE, "n": Proof.NO}


class PlanPage:
    """One plan on its way to consent. `other` is the other way to read the same name.

    Only the number clears; whatever else is typed leads nowhere or back.
    """

    def __init__(
        self, page: Page, subject: Subject, other: Subject | None = None
    ) -> None:
        self._page = page
        self._session = page.session
        self._subject = subject
        self._other = other
        self._decision = self._session.decide(self._session.plan(subject))
        self._in_use = self._session.in_use(self._plan)
        self._before: Plan | None = None
        self._told = False

    @property
    def _plan(self) -> Plan:
        return self._decision.plan

    def run(self) -> After:
        """Until the person goes back, or goes on from a result."""
        try:
            while (after := self._step()) is None:
                pass
        finally:
            self._decision.leave()
        return after

    def _step(self) -> After | None:
        """Tell what is not told yet, wait for an answer, and do it."""
        if not self._told:
            self._tell()
        wanted = None if self._session.look_only else self._decision.wanted
        self._tell_wanted(wanted)
        keys = self._keys(wanted)
        self._page.console.say(self._key_line(keys))
        answer = self._page.console.ask(
            {*keys, "b", "l"},
            number=wanted is Wanted.NUMBER,
            meanwhile=self._is_otherwise,
        )
        if answer in {"b", "l"}:
            return After.BACK if answer == "b" else After.OUT
        if not answer:
            self._make_anew()
        elif answer in keys:
            keys[answer]()
        else:
            return self._number(answer)
        return None

    # --- telling

    def _tell(self) -> None:
        self._told = True
        page = self._page
        # A number that is typed before this page stands agrees to nothing (SR-26).
        page.console.forget_typed()
        page.head(page.words.say("plan.title"))
        parts = page.plans.page(self._plan, in_use=self._in_use, before=self._before)
        self._before = None
        for part in parts:
            page.console.say(*part.lines)

    def _tell_wanted(self, wanted: Wanted | None) -> None:
        """What the plan waits for."""
        page = self._page
        if wanted is None:
            page.say("gate.look-only")
        elif self._decision.copy_first:
            page.console.say(page.plans.copy_first())
        if wanted is Wanted.PROOF:
            page.console.say(*page.plans.proof())
            page.say("plain.proof-keys")
        elif wanted is Wanted.SYNC:
            page.say("plain.sync-key")
        elif wanted is Wanted.COPY:
            page.say("evidence.not-whole-clear")
        elif wanted is Wanted.NUMBER and not self._in_use:
            page.console.say(*page.plans.number(self._plan))

    def _keys(self, wanted: Wanted | None) -> dict[str, Callable[[], None]]:
        """What can be done here besides going back."""
        keys: dict[str, Callable[[], None]] = {"m": self._more}
        if wanted is None:
            return keys
        if self._plan.chosen:
            keys["s"] = self._save
        if self._page.ticks.groups(self._plan):
            keys["t"] = self._tick
        if isinstance(self._subject, Span):
            keys["w"] = self._leave_sites_out
        if self._other is not None:
            keys["o"] = self._read_otherwise
        if wanted is Wanted.PROOF:
            for key, proof in _PROOF.items():
                keys[key] = partial(self._decision.answer_proof, proof)
        elif wanted is Wanted.SYNC:
            keys["c"] = self._decision.agree_to_sync
        return keys

    def _key_line(self, keys: dict[str, Callable[[], None]]) -> str:
        words = self._page.words
        said = [words.say("plain.no-key")]
        said += [
            words.say(f"plain.key-{each}")
            for each in ("s", "m", "t", "w")
            if each in keys
        ]
        if "o" in keys and isinstance(self._other, Site):
            site = self._page.plans.reading(self._other)
            said.append(words.say("plain.other-key", site=site))
        return " ".join([*said, words.say("plain.leave-key")])

    # --- doing

    def _is_otherwise(self) -> bool:
        """Whether a browser was opened or closed since the page was told."""
        return self._session.in_use(self._plan) != self._in_use

    def _make_anew(self) -> None:
        """Plan the same again; the page goes on by itself, with what was chosen."""
        self._replan(self._session.plan(self._subject))

    def _replan(self, plan: Plan) -> None:
        before = self._plan
        self._decision.replan(plan)
        self._before = before if self._decision.changed else None
        self._in_use = self._session.in_use(self._plan)
        self._told = False

    def _more(self) -> None:
        page = self._page
        for part in page.details.lists(self._plan):
            page.console.say("", page.details.heading(part), *part.lines)
        page.back()

    def _save(self) -> None:
        """Save copies; while one of them is not whole nothing is cleared (SR-34)."""
        complete = save(self._page, stores_of(self._plan))
        if complete is not None:
            self._decision.copy_ended(complete=complete)
        self._told = False

    def _tick(self) -> None:
        tick_parts(self._page, self._decision)
        self._told = False

    def _leave_sites_out(self) -> None:
        if not isinstance(self._subject, Span):
            return
        span = leave_sites_out(self._page, self._subject)
        if span != self._subject:
            self._take(span)

    def _read_otherwise(self) -> None:
        if self._other is not None:
            subject, self._other = self._other, self._subject
            self._take(subject)

    def _take(self, subject: Subject) -> None:
        """Go on with the plan of another subject."""
        self._subject = subject
        self._page.say("forget.making")
        self._make_anew()
        self._before = None

    def _number(self, typed: str) -> After | None:
        """Clear, where the number is the one of the first line."""
        page = self._page
        if self._in_use:
            page.console.say(*page.plans.open(self._in_use))
            return None
        consent = self._decision.type_number(typed)
        if consent is None:
            page.say("forget.wrong-number")
            return None
        ended = carry_out(page, self._plan, consent)
        if isinstance(ended, After):
            return ended
        self._replan(ended)
        return None
