"""Which checks there are, and what happens when packages disagree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from typing import Any

import pytest

from hygiene.contract import CheckInfo, Group, Home, NothingFound
from hygiene.engine import registry
from hygiene.engine.registry import Broken, Found, Loaded, NoChecksError, Origin


@dataclass(frozen=True)
class _Dist:
    """As much of a distribution as the registry asks for."""

    name: str
    version: str


def _point(name: str, target: str, package: str = "one") -> EntryPoint:
    point = EntryPoint(name, f"{__name__}:{target}", registry.ENTRY_POINTS)
    vars(point).update(dist=_Dist(package, "1.0"))
    return point


class Calm:
    info = CheckInfo(id="calm", group=Group.CHATS, words="hygiene")

    def run(self, home: Home) -> Iterator[NothingFound]:
        del home
        yield NothingFound()


class First(Calm):
    info = CheckInfo(id="first", group=Group.PAGES, words="hygiene")


class Silent:
    """Has no info."""


def _load(*points: EntryPoint) -> list[Loaded | Broken]:
    return registry.load(registry.find(points))


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let entry points name this very module, whatever pytest imported it as."""
    import sys

    monkeypatch.setitem(sys.modules, __name__, sys.modules[__name__])


def test_checks_stand_by_group_then_id_whoever_brought_them() -> None:
    """Order never follows the origin."""
    loaded = _load(_point("calm", "Calm", "aaa"), _point("first", "First", "zzz"))
    assert [each.id for each in loaded] == ["first", "calm"]
    assert [str(each.origins[0]) for each in loaded] == ["zzz 1.0", "aaa 1.0"]


def test_two_packages_with_one_id_are_both_refused() -> None:
    """Neither wins, and both are named."""
    [broken] = _load(_point("calm", "Calm", "one"), _point("calm", "Calm", "two"))
    assert broken == Broken("calm", (Origin("one", "1.0"), Origin("two", "1.0")))


@pytest.mark.parametrize("target", ["Missing", "Silent"])
def test_a_check_that_does_not_load_is_broken(target: str) -> None:
    """The others still load."""
    loaded = _load(_point("odd", target), _point("calm", "Calm"))
    assert {each.id: type(each) for each in loaded} == {"calm": Loaded, "odd": Broken}


def test_a_check_that_says_another_id_is_broken() -> None:
    """An entry point cannot bring in a check under a borrowed name."""
    [broken] = _load(_point("saved-passwords", "Calm"))
    assert isinstance(broken, Broken)


def test_no_checks_at_all_is_an_error() -> None:
    """A program that cannot look must not show a calm empty page."""
    with pytest.raises(NoChecksError):
        registry.load([])


def test_finding_imports_nothing() -> None:
    """Names are read before any code of the checks runs."""
    [found] = registry.find([_point("odd", "Missing")])
    assert isinstance(found, Found)


def test_built_in_checks_come_through_the_public_door() -> None:
    """The six checks are found by entry point and load."""
    loaded: list[Any] = registry.load(
        each for each in registry.find() if each.origin.package == "privacy-hygiene"
    )
    assert {each.id for each in loaded if isinstance(each, Loaded)} == {
        "autocomplete",
        "browser-history",
        "chat-logs",
        "own-footprint",
        "photo-geotags",
        "saved-passwords",
    }
