"""The whole lists behind a plan."""

from __future__ import annotations

from hygiene.contract import Clearing, Kept, NotChecked, Stays, clean
from hygiene.engine.planning import Plan
from hygiene.report.facts import Facts
from hygiene.report.kinds import counted, kinds, place
from hygiene.report.plans import Part

__all__ = ["BASE_SET", "PlanDetails"]

BASE_SET = ("account", "devices", "backups", "network", "watched", "files")
"""What no clearing on this computer reaches (SR-25)."""


class PlanDetails:
    """The longer sentences about plans, in the language of `facts`."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._words = facts.app

    def lists(self, plan: Plan) -> list[Part]:
        """The whole lists: each store, what stays where, all that is not reached, and
        what someone may notice of each kind.
        """
        kept = dict.fromkeys(each.kept for each in plan.chosen)
        return [
            each
            for each in (
                Part("goes", self._stores(plan)),
                Part("stays", self._staying(plan)),
                Part(
                    "not-reached",
                    tuple(self._words.say(f"reach.{each}") for each in BASE_SET),
                ),
                Part("missed", self._missed(plan)),
                Part("noticed", tuple(map(self._notice, kept))),
            )
            if each.lines
        ]

    def _notice(self, kept: Kept) -> str:
        return self._words.say(
            "details.notice",
            kind=self._words.say(f"kept.{kept}"),
            notice=self._words.say(f"notice.{kept}"),
        )

    def heading(self, part: Part) -> str:
        """What stands above a part of the lists."""
        return self._words.say(f"details.{part.name}")

    def _stores(self, plan: Plan) -> tuple[str, ...]:
        return tuple(
            self._line(each, counted(self._facts, each.kept, each.counts))
            for each in plan.chosen
        )

    def _staying(self, plan: Plan) -> tuple[str, ...]:
        return tuple(
            self._line(each, kinds(self._facts, [each])) for each in plan.stays
        )

    def _line(self, each: Clearing | Stays, what: str) -> str:
        return self._words.say(
            "details.line",
            place=place(self._facts, each.place),
            what=what,
            store=clean(each.store),
        )

    def _missed(self, plan: Plan) -> tuple[str, ...]:
        return tuple(
            self._words.say(
                "details.missed-line",
                reason=self._facts.not_checked(
                    NotChecked(each.store, each.why, each.program)
                ),
                store=clean(each.store),
            )
            if each.store
            else self._facts.not_checked(NotChecked("", each.why, each.program))
            for each in plan.not_reached
        )
