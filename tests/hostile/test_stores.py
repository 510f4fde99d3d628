"""Stores that are damaged, empty, foreign, of the future, or no files at all.

One look at a home with a profile for each store and each damage: the damaged store is
named with the right reason, and every other store of the profile is counted.
"""

from __future__ import annotations

import os
import random
import sqlite3
import stat
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from hygiene.contract import Platform
from hygiene.practice.chromium import ChromiumProfile
from tests.hostile.damage import DAMAGES, reason
from tests.hostile.looking import Look, look
from tests.hostile.once import PLACES, Place
from tests.hostile.profiles import (
    AT,
    CHATS,
    CHROMIUM,
    FAMILIES,
    FIREFOX,
    HISTORY,
    ONE_PAGE,
    PASSWORDS,
    WORDS,
    Kinds,
    chromium,
    firefox,
)

pytestmark = pytest.mark.rule("SR-18")

_CHECKS = (HISTORY, WORDS, PASSWORDS, CHATS)


def _pairs(kinds: Kinds) -> Iterator[tuple[str, str, str]]:
    """Each store with each damage that fits it, and the reason."""
    for name, (kind, _) in kinds.items():
        for damage in DAMAGES:
            why = reason(kind, damage)
            if why is not None:
                yield name, damage, why


def _of_profile(seen: Look, check: str, profile: str) -> dict[str, int]:
    """What one check counted in one profile."""
    counts: Counter[str] = Counter()
    for each in seen.check(check)["findings"]:
        if each.get("profile") == profile and "setting" not in each:
            counts.update(each["counts"])
    return dict(+counts)


def _without(kinds: Kinds, lost: str, check: str) -> dict[str, int]:
    """What the stores but one add up to."""
    counts: Counter[str] = Counter()
    for name, (_, adds) in kinds.items():
        if name != lost:
            counts.update(adds.get(check, {}))
    return dict(counts)


@pytest.mark.parametrize("family", FAMILIES)
def test_each_store_of_a_profile_with_each_damage(tmp_path: Path, family: str) -> None:
    """The right reason for that store alone; all that the others hold is counted."""
    _, root, build, kinds = FAMILIES[family]
    for name, damage, _ in _pairs(kinds):
        folder = tmp_path / root / f"{name} is {damage}"
        build(folder)
        DAMAGES[damage](folder / name)
    seen = look(tmp_path, Platform.LINUX, "--json")
    assert seen.status == 0
    wrong = []
    for check in (HISTORY, WORDS, PASSWORDS):
        missed = seen.missed(check)
        expected: dict[str, str] = {}
        for name, damage, why in _pairs(kinds):
            profile = f"{name} is {damage}"
            if why and check in kinds[name][1]:
                expected[f"{root}/{profile}/{name}"] = why
            found = _of_profile(seen, check, profile)
            if found != _without(kinds, name, check):
                wrong.append((check, profile, found))
        assert missed == expected
    assert wrong == []


@pytest.mark.parametrize("platform", PLACES)
def test_stores_that_a_home_has_once(tmp_path: Path, platform: Platform) -> None:
    """As many homes as damages; in each every store has another one."""
    damages = list(DAMAGES)
    for number in range(len(damages)):
        home = tmp_path / str(number)
        turned = damages[number:] + damages[:number]
        # Every other one, so that neighbours are not alike.
        whys = _spoilt(home, PLACES[platform], turned[::2])
        seen = look(home, platform, "--json")
        for check in _CHECKS:
            assert seen.missed(check) == _expected(PLACES[platform], whys, check)
            assert _all_counts(seen, check) == _left(PLACES[platform], whys, check)


def _spoilt(
    home: Path, places: Mapping[str, Place], damages: Sequence[str]
) -> dict[str, str | None]:
    """Make a home, put one damage in each place, and say what has to be told of it."""
    for path, place in places.items():
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        place.write(home / path)
    whys = {}
    for (path, place), damage in zip(places.items(), damages, strict=False):
        whys[path] = reason(place.kind, damage)
        if whys[path] is not None:
            DAMAGES[damage](home / path)
    return whys


def _expected(
    places: Mapping[str, Place], whys: Mapping[str, str | None], check: str
) -> dict[str, str]:
    expected = {}
    for path, why in whys.items():
        # A link at the top may lead to a folder with a browser in it.
        barrier = why == "not-asked" and "/" not in path and check == HISTORY
        if why and (barrier or check in places[path].adds):
            expected[places[path].told_as or path] = why
    return expected


def _left(
    places: Mapping[str, Place], whys: Mapping[str, str | None], check: str
) -> dict[str, int]:
    """What the stores that are whole add up to."""
    counts: Counter[str] = Counter()
    for path, why in whys.items():
        if why is None:
            counts.update(places[path].adds.get(check, {}))
    return dict(counts)


def _all_counts(seen: Look, check: str) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for each in seen.check(check)["findings"]:
        if "setting" not in each:
            counts.update(each["counts"])
    return dict(+counts)


def test_a_store_cut_at_any_place_is_whole_or_damaged(tmp_path: Path) -> None:
    """What is left of a history never gives a smaller count."""
    root = tmp_path / ".config/chromium"
    whole = _long_history(root / "whole")
    places = range(0, len(whole), 997)
    for place in places:
        folder = root / f"{place:06}"
        folder.mkdir()
        (folder / "History").write_bytes(whole[:place])
    seen = look(tmp_path, Platform.LINUX, "--json")
    assert seen.status == 0
    all_of_it = _of_profile(seen, HISTORY, "whole")
    assert (all_of_it["pages"], all_of_it["visits"]) == (400, 400)
    missed = seen.missed(HISTORY)
    assert set(missed.values()) == {"damaged"}
    for place in places:
        path = f".config/chromium/{place:06}/History"
        found = _of_profile(seen, HISTORY, f"{place:06}")
        assert (found == all_of_it) != (path in missed and not found)


def _long_history(folder: Path) -> bytes:
    profile = ChromiumProfile(folder)
    for number in range(400):
        profile.visit(f"https://site.example/{number}", AT)
    profile.write()
    return (folder / "History").read_bytes()


def test_any_bits_may_be_wrong(tmp_path: Path) -> None:
    """A damaged store is counted or named; nothing crashes, nothing else suffers."""
    chance = random.Random(7)
    root = tmp_path / ".config/mozilla/firefox"
    for number in range(40):
        folder = root / f"{number:03}"
        firefox(folder)
        for name in FIREFOX:
            content = bytearray((folder / name).read_bytes())
            for _ in range(chance.choice((1, 3, 30))):
                place = chance.randrange(len(content))
                if chance.random() < 0.5:
                    place %= 200
                content[place % len(content)] ^= 1 << chance.randrange(8)
            (folder / name).write_bytes(content)
    chromium(tmp_path / ".config/chromium/Default")
    seen = look(tmp_path, Platform.LINUX, "--json", "--items")
    assert seen.status == 0
    for check in (HISTORY, WORDS, PASSWORDS):
        reasons = set(seen.missed(check).values())
        assert reasons <= {"damaged", "unknown-format", "too-large"}
        assert "damaged" in reasons
        assert _of_profile(seen, check, "Default") == _without(CHROMIUM, "", check)


def test_a_store_that_says_a_newer_program_is_needed(tmp_path: Path) -> None:
    """Chromium writes down which version can still read a history."""
    path = tmp_path / ".config/chromium/Default/History"
    chromium(path.parent)
    with closing(sqlite3.connect(path)) as store:
        store.execute(
            "INSERT OR REPLACE INTO meta VALUES('last_compatible_version', '900')"
        )
        store.commit()
    seen = look(tmp_path, Platform.LINUX, "--json")
    assert seen.missed(HISTORY) == {
        ".config/chromium/Default/History": "unknown-format"
    }


def test_a_store_that_claims_a_terabyte(tmp_path: Path) -> None:
    """What stands in it is counted; what never was written is not read."""
    path = tmp_path / ".config/chromium/Default/History"
    chromium(path.parent)
    os.truncate(path, 1 << 40)
    seen = look(tmp_path, Platform.LINUX, "--json")
    assert seen.missed(HISTORY) == {}
    assert _of_profile(seen, HISTORY, "Default") == ONE_PAGE


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes devices")
def test_a_device_in_the_place_of_a_store(tmp_path: Path) -> None:
    """It is not opened."""
    path = tmp_path / ".config/chromium/Default/History"
    chromium(path.parent)
    path.unlink()
    os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 5))
    seen = look(tmp_path, Platform.LINUX, "--json")
    assert seen.missed(HISTORY) == {".config/chromium/Default/History": "not-supported"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read all")
def test_a_store_that_may_not_be_read(tmp_path: Path) -> None:
    """The system refuses: said so."""
    path = tmp_path / ".config/chromium/Default/History"
    chromium(path.parent)
    path.chmod(0)
    seen = look(tmp_path, Platform.LINUX, "--json")
    assert seen.missed(HISTORY) == {".config/chromium/Default/History": "denied"}


def test_a_home_of_nothing_but_damage_could_not_be_checked(tmp_path: Path) -> None:
    """No store could be read: no check says that nothing was found."""
    for name in ("History", "Web Data", "Login Data"):
        path = tmp_path / ".config/chromium/Default" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    (tmp_path / ".local/share/gajim").mkdir(parents=True)
    (tmp_path / ".local/share/gajim/logs.db").write_bytes(b"")
    (tmp_path / "Pictures").mkdir()
    (tmp_path / "Pictures/a.jpg").write_bytes(b"")
    (tmp_path / ".bash_history").mkdir()
    seen = look(tmp_path, Platform.LINUX, "--json")
    statuses = {each["check"]: each["status"] for each in seen.document["checks"]}
    # In the others a setting is told, as not known.
    assert statuses[HISTORY] == statuses["photo-geotags"] == "could-not-check"
    assert set(statuses.values()) <= {"could-not-check", "partly-checked"}
    plain = look(tmp_path, Platform.LINUX, "--plain")
    assert "Nothing found" not in plain.text
