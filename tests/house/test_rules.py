"""Every must has a test with its number."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def rules() -> ModuleType:
    """The helper beside this file."""
    path = Path(__file__).with_name("rules.py")
    spec = importlib.util.spec_from_file_location("house_rules", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.rule("SR-60")
def test_tests_name_only_rules_that_exist(rules: ModuleType) -> None:
    """A typing mistake in a number would hide a gap."""
    assert set(rules.named()) <= set(rules.known())


@pytest.mark.rule("SR-60")
def test_every_must_of_a_built_part_has_a_test(rules: ModuleType) -> None:
    """Rules of parts that are not built yet are listed as such."""
    assert rules.due() == []


@pytest.mark.rule("SR-60")
def test_what_is_put_off_is_known_and_has_no_test(rules: ModuleType) -> None:
    """The list of rules for later is no place to hide one that a built part touches."""
    assert rules.later() <= set(rules.known())
    assert rules.later().isdisjoint(rules.named())


def test_all_sixty_three_rules_are_known(rules: ModuleType) -> None:
    """The list is whole."""
    assert list(rules.known()) == [f"SR-{number:02}" for number in range(1, 64)]
