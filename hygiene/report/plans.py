"""The sentences of a plan, the same for screens and plain lines (SR-22 to 29).

A page is a list of parts, in the order in which they stand. What it always shows is
short; the whole lists stand behind one key: see `plan_details`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hygiene.contract import Kept, Place, Site, Span, Tick
from hygiene.engine.planning import Plan
from hygiene.report.both import Both
from hygiene.report.facts import Facts
from hygiene.report.kinds import (
    counted,
    kinds,
    named_counts,
    only_kind,
    other_traces,
    place,
    programs,
)
from hygiene.report.plan_subject import first_line, of_what, site_name, subject_kind

__all__ = ["PROOF", "Part", "Plans", "refused"]

PROOF = ("yes", "not-sure", "no")
"""The answers to the proof question, in their order (SR-28)."""

_KIND_BY_KIND = frozenset({"day", "all", "picked"})
"""Plans that say of each kind what someone may notice."""


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of a page that belong together; `name` tells what they are about."""

    name: str
    lines: tuple[str, ...]


class Plans:
    """Sentences about plans, in the language of `facts`."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._words = facts.app
        self._both = Both(facts)

    # --- the page

    def page(
        self,
        plan: Plan,
        *,
        in_use: Sequence[Place] = (),
        before: Plan | None = None,
        ticks: bool = False,
    ) -> list[Part]:
        """All that a plan always shows. `in_use` are profiles that are open now;
        `before` is the plan that was shown before the data changed; `ticks` says that
        what can be ticked stands on the page by itself.
        """
        parts = [
            Part("open", self.open(in_use)),
            Part("changed", self.changed(before, plan) if before else ()),
            Part("first", self.first(plan)),
            Part("refused", self.refused(plan)),
        ]
        if plan.count:
            parts += [
                Part("sync", self.sync(plan)),
                Part("goes", self.goes(plan, ticks=ticks)),
                Part("stays", self.stays(plan, ticks=ticks)),
                Part("not-reached", self.not_reached(plan)),
                Part("noticed", self.noticed(plan)),
                Part("undone", self._both.key("plan.undone")),
                Part("others", (self._words.say("plan.others"),)),
                Part("untried", self.untried(plan)),
            ]
        else:
            parts += [
                Part("stays", self.stays(plan, ticks=ticks)),
                Part("not-reached", self.not_reached(plan)),
            ]
        parts += [Part("stop", self._both.key("plan.stop"))]
        return [each for each in parts if each.lines]

    def open(self, places: Sequence[Place]) -> tuple[str, ...]:
        """Who has to close what, while a browser is open (SR-29)."""
        if not places:
            return ()
        named = programs(self._facts, places)
        return (
            self._words.say("plan.open", programs=named),
            self._words.say("plan.open-how"),
        )

    def first(self, plan: Plan) -> tuple[str, ...]:
        """The line that counts: how much, of what, from when to when, in which programs.
        Its number is the one to type.
        """
        if plan.count:
            return self._both.say(lambda facts: first_line(facts, plan))
        if plan.offered or (isinstance(plan.subject, Span) and plan.subject.left_out):
            return (self._words.say("plan.none-ticked"),)
        if plan.refused:
            return (self._words.say("plan.none-now", of=of_what(self._facts, plan)),)
        return (
            self._words.say("plan.none", of=of_what(self._facts, plan)),
            self._words.say("nothing-found.still"),
        )

    def goes(self, plan: Plan, *, ticks: bool = False) -> tuple[str, ...]:
        """What goes with it, and what can only go whole."""
        also = named_counts(self._facts, plan.chosen)
        others = other_traces(plan.chosen)
        if plan.pages and others:
            also.append(self._words.count("plan.traces", others))
        lines = []
        if also and (plan.pages or not only_kind(self._facts, plan.chosen)):
            key = "plan.also" if plan.pages else "plan.among"
            lines.append(self._words.say(key, things=self._facts.join(also)))
        whole = [each for each in plan.chosen if each.more]
        if ticks:
            whole = [each for each in whole if each.tick is Tick.ALWAYS]
        if whole:
            said = kinds(self._facts, whole)
            lines.append(self._words.say("plan.whole", things=said))
        return tuple(lines)

    def stays(self, plan: Plan, *, ticks: bool = False) -> tuple[str, ...]:
        """What stays: for good, and unless it is ticked."""
        lines = []
        if plan.stays:
            said = kinds(self._facts, plan.stays)
            lines.append(self._words.say("plan.stays", things=said))
        chosen = {each.key for each in plan.chosen}
        unticked = [
            each
            for each in plan.offered
            if each.tick is not Tick.ALWAYS and each.key not in chosen
        ]
        if unticked and not ticks:
            said = kinds(self._facts, unticked)
            lines.append(self._words.say("plan.unticked", things=said))
        return tuple(lines)

    def not_reached(self, plan: Plan) -> tuple[str, ...]:
        """The list that every plan has, in short, and how many places were not looked
        into.
        """
        lines = [self._words.say("plan.not-reached")]
        if plan.not_reached:
            count = len(plan.not_reached)
            lines.append(self._words.count("plan.missed", count))
        return tuple(lines)

    def noticed(self, plan: Plan) -> tuple[str, ...]:
        """What someone may notice: of a site or a sitting in one line, of more than that
        kind by kind (SR-24). Ticked parts say their own.
        """
        kind = subject_kind(plan)
        lines = [*self._both.key(f"noticed.{kind}")]
        chosen = dict.fromkeys(
            each.kept
            for each in plan.chosen
            if each.tick is Tick.OFF
            or kind in _KIND_BY_KIND
            or each.kept is Kept.DOWNLOADS  # the files themselves stay
        )
        for each in chosen:
            if each is not Kept.PAGES:
                lines += self._both.key(f"notice.{each}")
        return tuple(lines)

    def untried(self, plan: Plan) -> tuple[str, ...]:
        """Programs with which clearing was not run for real on this system (SR-29)."""
        new = [each for each in plan.places if not each.tried]
        if not new:
            return ()
        named = programs(self._facts, new)
        return (self._words.say("plan.untried", programs=named),)

    def sync(self, plan: Plan) -> tuple[str, ...]:
        """Of profiles that sync: what that means, and the browser's own way first
        (SR-25).
        """
        syncing = [each for each in plan.places if each.syncs]
        if not syncing:
            return ()
        named = programs(self._facts, syncing)
        return (
            *self._both.say(lambda facts: facts.app.say("sync.what", programs=named)),
            self._words.say("sync.first", steps=self.own_menu(plan)),
            self._words.say("sync.second"),
        )

    def own_menu(self, plan: Plan) -> str:
        """How to do it in a browser's own menu."""
        return self._words.say(
            "menu.site" if subject_kind(plan) == "site" else "menu.time"
        )

    def refused(self, plan: Plan) -> tuple[str, ...]:
        """Profiles that are left as they are, why, and the other way (SR-29)."""
        if not plan.refused:
            return ()
        said = refused(self._facts, plan)
        if subject_kind(plan) == "picked":  # not always kept by a browser
            return said
        return (
            *said,
            self._words.say("plan.refused-menu", steps=self.own_menu(plan)),
        )

    def changed(self, before: Plan, now: Plan) -> tuple[str, ...]:
        """That the data changed since the plan was shown, and what."""
        lines = [self._words.say("plan.changed")]
        for kept in Kept:
            old, new = (each.counts.get(kept, {}) for each in (before, now))
            if old != new:
                lines.append(
                    self._words.say(
                        "plan.changed-count",
                        before=counted(self._facts, kept, old),
                        now=counted(self._facts, kept, new),
                    )
                )
        if len(lines) == 1:
            lines.append(self._words.say("plan.changed-inside"))
        return tuple(lines)

    # --- what is asked

    def proof(self) -> tuple[str, ...]:
        """The proof question and the sentence beside it; the answers are `PROOF`."""
        return (*self._both.key("proof.question"), self._words.say("proof.lawyer"))

    def copy_first(self) -> str:
        """What stands on top after any answer but no."""
        return self._words.say("proof.copy-first")

    def answer(self, name: str) -> str:
        """One of `PROOF` as a word."""
        return self._words.say(f"screens.does.{name}")

    def number(self, plan: Plan) -> tuple[str, ...]:
        """What to type, at the very end."""
        number = f"{plan.count:,}"
        return self._both.say(lambda facts: facts.app.say("plan.type", number=number))

    def reading(self, site: Site) -> str:
        """One way in which a typed name can be meant."""
        return site_name(self._facts, site)


def refused(facts: Facts, plan: Plan) -> tuple[str, ...]:
    """The profiles that are left as they are, each with its reason."""
    return tuple(
        facts.app.say(
            "plan.refused",
            place=place(facts, each.place),
            reason=facts.app.say(f"refusal.{each.why}"),
        )
        for each in plan.refused
    )
