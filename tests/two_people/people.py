"""Two people who share one account on a computer, and all they did there, known row by
row.

Each has sites of their own; both use some sites that everybody uses. They take turns.
What one person did in one turn carries a mark of that turn in its address or its words.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, TypeAlias

from hygiene.practice.chromium import ChromiumProfile
from hygiene.practice.firefox import FirefoxProfile, write_profiles_ini

__all__ = ["EVERYBODYS", "GAP", "PROFILES", "Deed", "Turn", "build", "take_turns"]

GAP = timedelta(minutes=30)
"""Two visits with more than this between them belong to two sittings (SR-23)."""
BEGIN = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
PROFILES = {
    "chromium": ".config/chromium/Default",
    "second": ".config/chromium/Profile 1",
    "firefox": ".config/mozilla/firefox/abcd.default",
}
PEOPLE = ("ana", "bea")
OWN, SEARCHES = 0.7, 0.2
"""Shares of pages on sites of one's own, and of searches."""
EVERYBODYS = ("news.example", "weather.example", "search.example")

Kind: TypeAlias = Literal["visit", "search", "download", "word"]


@dataclass(frozen=True)
class Deed:
    """One thing that was done. `mark` stands in the address, or in the words."""

    kind: Kind
    at: datetime
    profile: str
    site: str
    mark: str

    @property
    def is_visit(self) -> bool:
        """Whether it left a visit."""
        firefox = self.profile == "firefox"
        return self.kind in {"visit", "search"} or (firefox and self.kind == "download")

    @property
    def url(self) -> str:
        """The address that was visited."""
        if self.kind == "search":
            return f"https://{self.site}/?q=about+{self.mark}"
        return f"https://{self.site}/{self.mark}"


@dataclass(frozen=True)
class Turn:
    """What one of the two did without leaving the chair."""

    person: str
    number: int
    deeds: list[Deed] = field(default_factory=list)

    @property
    def visits(self) -> list[Deed]:
        """What left a visit. In Firefox a download is one."""
        return [each for each in self.deeds if each.is_visit]

    @property
    def start(self) -> datetime:
        """The first visit."""
        return min(each.at for each in self.visits)

    @property
    def end(self) -> datetime:
        """The last one."""
        return max(each.at for each in self.visits)

    @property
    def sites(self) -> set[str]:
        """All sites that were visited."""
        return {each.site for each in self.visits}


def take_turns(seed: int, turns: int, pauses: Sequence[timedelta]) -> list[Turn]:
    """The turns of both people, in order, with one of `pauses` between the end of one
    and the start of the next.
    """
    chance = random.Random(seed)
    now = BEGIN + timedelta(microseconds=chance.randrange(10**9))
    made: list[Turn] = []
    for number in range(turns):
        person = PEOPLE[(number + seed) % 2]
        made.append(Turn(person, number, list(_deeds(chance, person, number, now))))
        now = made[-1].end + chance.choice(pauses)
    return made


def _deeds(
    chance: random.Random, person: str, number: int, now: datetime
) -> Iterator[Deed]:
    """Begins and ends with a visit; between two visits lies the gap at most."""
    used = chance.sample(sorted(PROFILES), chance.randint(1, 3))
    count = chance.randint(3, 7)
    for step in range(count):
        if step:
            now += chance.choice((timedelta(seconds=20), timedelta(minutes=4), GAP))
        profile, mark = chance.choice(used), f"{person}t{number}n{step}x"
        kind: Kind = "search" if chance.random() < SEARCHES else "visit"
        site = _site(chance, person) if kind == "visit" else "search.example"
        yield Deed(kind, now, profile, site, mark)
        if kind == "visit" and site in EVERYBODYS:
            # The very same page for both of them.
            yield Deed("visit", now, profile, site, "front")
        for more in range(chance.randint(0, 2) if step < count - 1 else 0):
            later = now + timedelta(microseconds=chance.randrange(1, 10**7))
            other: Kind = chance.choice(("download", "word"))
            site = f"{person}1.example"
            yield Deed(other, later, profile, site, f"{mark}m{more}x")


def _site(chance: random.Random, person: str) -> str:
    if chance.random() < OWN:
        return f"{person}{chance.randint(1, 3)}.example"
    return chance.choice(EVERYBODYS[:2])


def build(home: Path, turns: list[Turn]) -> None:
    """Lay it all into the profiles, in the order in which it was done."""
    chromium = {
        name: ChromiumProfile(home / PROFILES[name]) for name in ("chromium", "second")
    }
    firefox = FirefoxProfile(home / PROFILES["firefox"])
    for deed in (each for turn in turns for each in turn.deeds):
        _leave(chromium.get(deed.profile, firefox), deed)
    for profile in chromium.values():
        profile.write()
    firefox.write()
    folder = Path(PROFILES["firefox"])
    write_profiles_ini(home / folder.parent, folder.name)


def _leave(profile: ChromiumProfile | FirefoxProfile, deed: Deed) -> None:
    if deed.kind == "visit":
        profile.visit(deed.url, deed.at, title=f"title {deed.mark}")
    elif deed.kind == "search":
        profile.search(f"about {deed.mark}", deed.at)
    elif deed.kind == "download":
        profile.download(deed.url, deed.at, f"/home/u/{deed.mark}.pdf")
    else:
        profile.form_word("town", f"word {deed.mark}", deed.at)
