"""The sentences of clearing itself and of what became of it (SR-31)."""

from __future__ import annotations

from collections.abc import Mapping

from hygiene.contract import Clearing, Stays
from hygiene.engine.applying import NotDone, Result, UnitDone
from hygiene.report.both import Both
from hygiene.report.facts import Facts
from hygiene.report.kinds import all_things, counted, kinds, place
from hygiene.report.kinds import programs as named_programs
from hygiene.report.plans import Part, refused

__all__ = ["Cleared", "failure"]


def failure(result: Result) -> str:
    """The sentence, by key, that says why not all of it was done; empty where it was."""
    if not result.not_done:
        return ""
    why = next((each.why for each in result.not_done if each.why), None)
    return f"refusal.{why}" if why else "failed.clear"


class Cleared:
    """Sentences about a clearing, in the language of `facts`."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._words = facts.app
        self._both = Both(facts)

    def progress(self, event: UnitDone) -> str:
        """How far it is."""
        return self._words.say(
            "result.progress", done=f"{event.done:,}", total=f"{event.total:,}"
        )

    def result(self, result: Result) -> list[Part]:
        """Done, not done, counted again, not reached."""
        parts = [
            Part("done", self.done(result)),
            Part("not-done", self.not_done(result)),
            Part("refused", refused(self._facts, result.left)),
            Part("left", self.left(result)),
            Part("in-place", self.in_place(result)),
            Part("sync", self.sync(result)),
            Part("not-reached", (self._words.say("plan.not-reached"),)),
        ]
        return [each for each in parts if each.lines]

    def done(self, result: Result) -> tuple[str, ...]:
        """What is there no more, by the new count."""
        return self._both.say(lambda facts: _done(facts, result))

    def not_done(self, result: Result) -> tuple[str, ...]:
        """What was agreed to and is still there, with its new count and the reason."""
        rest = {each.key: each.counts for each in result.left.chosen}
        return tuple(
            self._not_done(each, rest.get(each.clearing.key, {}))
            for each in result.not_done
        )

    def _not_done(self, each: NotDone, counts: Mapping[str, int]) -> str:
        said = self._words.say(
            "result.not-done",
            what=counted(self._facts, each.clearing.kept, counts),
            place=place(self._facts, each.clearing.place),
        )
        if each.why is None:
            return said
        return f"{said} {self._words.say(f'refusal.{each.why}')}"

    def left(self, result: Result) -> tuple[str, ...]:
        """What the same plan would find now."""
        missed = len(result.left.not_reached)
        if missed:
            return (*self._left(result), self._words.count("plan.missed", missed))
        return self._left(result)

    def _left(self, result: Result) -> tuple[str, ...]:
        left = result.left
        lines: tuple[str, ...] = ()
        if left.count:
            lines = self._both.say(lambda facts: _left(facts, result))
        elif not result.not_done:
            lines = (*self._both.key("result.none-left"),)
        chosen = {each.key for each in left.chosen}
        unticked = (each for each in left.offered if each.key not in chosen)
        rest: list[Clearing | Stays] = [*left.stays, *unticked]
        if rest:
            said = kinds(self._facts, rest)
            lines = (*lines, self._words.say("plan.stays", things=said))
        return lines

    def in_place(self, result: Result) -> tuple[str, ...]:
        """Files that could not be written anew, and what may still be in them."""
        if not result.in_place:
            return ()
        said = kinds(self._facts, result.in_place)
        return (self._words.say("result.in-place", things=said),)

    def sync(self, result: Result) -> tuple[str, ...]:
        """What a syncing profile may do with it yet."""
        syncing = [each for each in result.plan.places if each.syncs]
        if not syncing:
            return ()
        named = named_programs(self._facts, syncing)
        return self._both.say(lambda facts: facts.app.say("sync.after", programs=named))


def _done(facts: Facts, result: Result) -> str:
    things = all_things(facts, result.done)
    if not things:
        return facts.app.say("result.done-nothing")
    return facts.app.say("result.done", things=facts.join(things))


def _left(facts: Facts, result: Result) -> str:
    things = all_things(facts, result.left.chosen)
    return facts.app.say("result.left", things=facts.join(things))
