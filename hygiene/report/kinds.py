"""What kinds of things a plan counts, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from hygiene.contract import Clearing, Kept, Place, Stays, clean
from hygiene.report.facts import Facts

__all__ = [
    "all_things",
    "amount",
    "counted",
    "kinds",
    "named_counts",
    "only_kind",
    "other_traces",
    "place",
    "programs",
]

_PAGES = ("pages", "visits")
_NAMED: Mapping[Kept, str] = {
    Kept.SEARCHES: "searches",
    Kept.SUGGESTIONS: "suggestions",
    Kept.FORM_WORDS: "entries",
    Kept.DOWNLOADS: "downloads",
    Kept.SIGN_INS: "logins",
    Kept.NEVER_SAVED: "never_saved",
    Kept.OWN_LINES: "typed_lines",
}
"""Counts of the public interface that a person knows by name, each of its own kind only;
all others together are "other traces".
"""


def place(facts: Facts, where: Place) -> str:
    """Which program and profile."""
    return facts.app.say(
        "finding.place", program=clean(where.program), profile=where.profile
    )


def programs(facts: Facts, places: Iterable[Place]) -> str:
    """The programs, each once, as people write a list."""
    return facts.join(dict.fromkeys(clean(each.program) for each in places))


def all_things(facts: Facts, clearings: Sequence[Clearing]) -> list[str]:
    """Pages, what has a name of its own, and how many other traces."""
    pages = sum(
        each.counts.get("pages", 0) for each in clearings if each.kept is Kept.PAGES
    )
    said = [facts.count("pages", pages)] if pages else []
    said += named_counts(facts, clearings)
    if others := other_traces(clearings):
        said.append(facts.app.count("plan.traces", others))
    return said


def named_counts(facts: Facts, clearings: Iterable[Clearing]) -> list[str]:
    """`3 searches`, `1 download`: what has a name of its own, without the pages."""
    total: Counter[str] = Counter()
    for each in clearings:
        if name := _NAMED.get(each.kept):
            total[name] += each.counts.get(name, 0)
    return [facts.count(name, total[name]) for name in _NAMED.values() if total[name]]


def only_kind(facts: Facts, clearings: Sequence[Clearing]) -> str:
    """`2 typed lines`, where all of them are of one kind that has a name of its own."""
    named = named_counts(facts, clearings)
    return named[0] if len(named) == 1 and not other_traces(clearings) else ""


def other_traces(clearings: Iterable[Clearing]) -> int:
    """How many more there are: icons, site data, cached files ..."""
    return sum(_rest(each.kept, each.counts) for each in clearings)


def _names(kept: Kept) -> tuple[str, ...]:
    """The counts of a kind that have a name of their own."""
    if kept is Kept.PAGES:
        return _PAGES
    return (_NAMED[kept],) if kept in _NAMED else ()


def _rest(kept: Kept, counts: Mapping[str, int]) -> int:
    named = _names(kept)
    return sum(number for name, number in counts.items() if name not in named)


def counted(facts: Facts, kept: Kept, counts: Mapping[str, int]) -> str:
    """One kind with its numbers: `14 pages, 20 visits`; `site icons (4)`."""
    said = [
        facts.count(name, counts[name]) for name in _names(kept) if counts.get(name)
    ]
    rest = _rest(kept, counts)
    if not said:
        return amount(facts, kept, rest)
    if rest:
        said.append(facts.app.count("plan.traces", rest))
    return ", ".join(said)


def amount(facts: Facts, kept: Kept, number: int) -> str:
    """A kind with how many there are, where that is known: `bookmarks (2)`."""
    name = facts.app.say(f"kept.{kept}")
    if not number:
        return name
    return facts.app.say("kept-count", kind=name, number=f"{number:,}")


def kinds(facts: Facts, things: Sequence[Clearing | Stays]) -> str:
    """All kinds of them with their numbers: `cookies (12) and saved sign-ins (2)`."""
    total: Counter[Kept] = Counter()
    for each in things:
        total[each.kept] += (
            each.count if isinstance(each, Stays) else sum(each.counts.values())
        )
    return facts.join(amount(facts, kept, total[kept]) for kept in total)
