"""What can be ticked in a plan, in groups that say what a tick means."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from hygiene.contract import Clearing, Tick
from hygiene.engine.planning import Plan
from hygiene.report.facts import Facts
from hygiene.report.kinds import counted, place

__all__ = ["Group", "Tickable", "Ticks"]


@dataclass(frozen=True, slots=True)
class Tickable:
    """One row: parts of one kind in one profile go or stay together, except where each
    has a name of its own. `keys` are those of the parts; of a profile its folder.
    `notice` is what someone may notice of it.
    """

    keys: tuple[str, ...]
    on: bool
    text: str
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows below a sentence; `profiles` says that they are whole profiles, `whole` that
    other things go with them.
    """

    title: str
    rows: tuple[Tickable, ...]
    profiles: bool = False
    whole: bool = False


class Ticks:
    """The rows of a plan, in the language of `facts`."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._words = facts.app

    def groups(self, plan: Plan) -> list[Group]:
        """Profiles where there are several, what goes whole, and what stays unless it is
        ticked; none that is empty.
        """
        say, profiles = self._words.say, _profiles(plan, self._facts)
        found = [
            Group(say("ticks.profiles"), profiles, profiles=True),
            Group(say("ticks.whole"), self._rows(plan, Tick.ON), whole=True),
            Group(say("ticks.off"), self._rows(plan, Tick.OFF)),
        ]
        return [each for each in found if each.rows]

    def _rows(self, plan: Plan, tick: Tick) -> tuple[Tickable, ...]:
        together: dict[object, list[Clearing]] = {}
        for each in plan.offered:
            if each.tick is tick:
                named = None if each.label is None else each.label.raw
                which = (each.kept, each.place.folder, named)
                together.setdefault(which, []).append(each)
        chosen = {each.key for each in plan.chosen}
        several = len({each.place.folder for each in plan.offered}) > 1
        return tuple(
            Tickable(
                tuple(each.key for each in parts),
                all(each.key in chosen for each in parts),
                self._text(parts, several=several),
                self._words.say(f"notice.{parts[0].kept}"),
            )
            for parts in together.values()
        )

    def _text(self, parts: list[Clearing], *, several: bool) -> str:
        total: Counter[str] = Counter()
        for each in parts:
            total.update(each.counts)
        first = parts[0]
        text = counted(self._facts, first.kept, total)
        if first.label is not None:
            text = self._words.say("choice.named", what=text, name=first.label)
        if several:
            where = place(self._facts, first.place)
            text = self._words.say("choice.line", what=text, place=where)
        return text


def _profiles(plan: Plan, facts: Facts) -> tuple[Tickable, ...]:
    """The profiles that can be left out whole, where there are several."""
    places = dict.fromkeys(each.place for each in plan.offered)
    if len(places) == 1:
        return ()
    return tuple(
        Tickable(
            (each.folder,),
            each.folder not in plan.without,
            place(facts, each),
        )
        for each in places
    )
