"""Two people who share one account on a computer, and all they did there, known row by
row.

Each has sites of their own; both use some sites that everybody uses. They take turns.
What one person did in one turn carries a mark of that turn in its address or its words.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, TypeAlias

from hygiene.practice.chromium import ChromiumProfile
from hygiene.practice.firefox import FirefoxProfile, write_profiles_ini

__all__ = ["GAP", "PROFILES", "Deed", "Turn", "build", "take_turns"]

GAP = timedelta(minutes=30)
"""Two visits with more than this between them belong to two sittings (SR-23)."""
BEGIN = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
PROFILES = {
    "chromium": ".config/chromium/Default",
    "second": ".config/chromium/Profile 1",
    "firefox": ".config/mozilla/firefox/abcd.default",
}
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
        """What left a visit."""
        return [each for each in self.deeds if each.kind in {"visit", "search"}]

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


def take_turns(
    seed: int, turns: int, *, closest: timedelta, farthest: timedelta
) -> list[Turn]:
    """The turns of both people, in order. Between the end of one and the start of the
    next lies a time between the two bounds, both allowed.
    """
    chance = random.Random(seed)
    now = BEGIN + timedelta(microseconds=chance.randrange(10**9))
    made: list[Turn] = []
    for number in range(turns):
        person = ("ana", "bea")[(number + seed) % 2]
        made.append(Turn(person, number, list(_deeds(chance, person, number, now))))
        pause = (farthest - closest) * chance.choice((0, 0.1, 0.5, chance.random(), 1))
        now = made[-1].end + closest + pause
    return made


def _deeds(
    chance: random.Random, person: str, number: int, now: datetime
) -> Iterator[Deed]:
    """A turn begins and ends with a visit; no pause in it is longer than the gap."""
    used = chance.sample(sorted(PROFILES), chance.randint(1, 3))
    count = chance.randint(3, 9)
    for step in range(count):
        mark = f"{person}t{number}n{step}x"
        profile = chance.choice(used)
        kinds: list[Kind] = ["visit", "visit", "search", "download", "word"]
        kind = chance.choice(kinds) if 0 < step < count - 1 else "visit"
        own = f"{person}{chance.randint(1, 3)}.example"
        site = own if chance.random() < 0.7 else chance.choice(EVERYBODYS)
        if kind == "search":
            site = "search.example"
        yield Deed(kind, now, profile, site, mark)
        if kind == "visit" and site in EVERYBODYS:
            # The very same page for both of them.
            yield Deed("visit", now, profile, site, "front")
        if kind in {"visit", "search"}:
            now += chance.choice((timedelta(seconds=20), timedelta(minutes=4), GAP))
        now += timedelta(microseconds=chance.randrange(1, 999))
        now = min(now, _latest(now, kind))


def _latest(now: datetime, kind: Kind) -> datetime:
    del kind
    return now


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
