"""What is offered beside the findings of the browsers can be planned for."""

from __future__ import annotations

from pathlib import Path

import pytest

from hygiene.contract import Finding, ForgetsSites, ForgetsSpans
from hygiene.practice.chromium import ChromiumProfile
from hygiene_checks.browser._choices import CLEARABLE
from hygiene_checks.browser.autocomplete import AutocompleteCheck
from hygiene_checks.browser.forgetting import FAMILIES
from hygiene_checks.browser.history import HistoryCheck
from hygiene_checks.browser.passwords import PasswordsCheck
from tests.checks.answers import ask, found
from tests.checks.browser.forgetting.chrome import FOLDER, NOON, SITE


def test_every_family_that_is_offered_can_be_planned_for() -> None:
    """The table of choices and the table of planners name the same families."""
    assert FAMILIES.keys() == CLEARABLE


def test_only_the_history_check_plans() -> None:
    """One check plans for all stores of the browsers, so nothing is named twice."""
    assert isinstance(HistoryCheck(), ForgetsSites)
    assert isinstance(HistoryCheck(), ForgetsSpans)
    for check in (AutocompleteCheck(), PasswordsCheck()):
        assert not isinstance(check, ForgetsSites | ForgetsSpans)


def _profile(root: Path) -> ChromiumProfile:
    profile = ChromiumProfile(root / FOLDER).visit(f"https://{SITE}/", NOON)
    return profile.form_word("f", "w", NOON).login(f"https://{SITE}/", "me", NOON)


@pytest.mark.rule("SR-24")
def test_narrow_first(tmp_path: Path) -> None:
    """One site, one sitting, a day, all: in this order; the store of the history first."""
    _profile(tmp_path).write()
    finding = found(ask(HistoryCheck(), tmp_path), "chromium")
    assert finding.choices == ("forget-site", "clear-sitting", "clear-day", "clear-all")
    assert finding.sources[0] == f"{FOLDER}/History"


def test_one_site_from_words_and_sign_ins(tmp_path: Path) -> None:
    """Beside the findings of words and sign-ins only one site is offered."""
    _profile(tmp_path).write()
    for check in (AutocompleteCheck(), PasswordsCheck()):
        assert found(ask(check, tmp_path), "chromium").choices == ("forget-site",)


def test_settings_offer_no_clearing(tmp_path: Path) -> None:
    """A setting is nothing that could be cleared."""
    _profile(tmp_path).write()
    for check in (HistoryCheck(), AutocompleteCheck(), PasswordsCheck()):
        for each in ask(check, tmp_path):
            if isinstance(each, Finding) and each.setting is not None:
                assert each.choices == ()
