"""From a plan to a consent: what is asked, what counts as yes, what never does."""

from __future__ import annotations

import copy
import pickle
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.contract import Consent, Kept, Site, Span, Tick
from hygiene.engine.consent import Consents
from hygiene.engine.decision import Asked, Decision, Proof, Wanted
from hygiene.engine.planning import Plan
from tests.engine.clearings import CHROMIUM, FIREFOX, clearing

if TYPE_CHECKING:
    from collections.abc import Callable

SITE = Site("a.example", below=True)
PAGES = clearing("History", count=14)
SIGN_IN = clearing("Login Data", kept=Kept.SIGN_INS, tick=Tick.OFF)
PLAN = Plan(SITE, (SIGN_IN, PAGES))


def decision(plan: Plan = PLAN, asked: Asked | None = None) -> Decision:
    """One that nothing was asked in yet."""
    return Decision(plan, Consents(), asked or Asked())


def ready(plan: Plan = PLAN) -> Decision:
    """One that waits for the number."""
    made = decision(plan, Asked(proof=True))
    assert made.wanted is Wanted.NUMBER
    return made


@pytest.mark.rule("SR-28")
def test_the_proof_question_comes_with_the_first_plan_of_a_run() -> None:
    """Once; each answer opens the same road, and no number counts before it."""
    asked = Asked()
    for answer in Proof:
        one = decision(asked=Asked())
        before = one.wanted
        assert one.type_number("14") is None
        one.answer_proof(answer)
        assert [before, one.wanted] == [Wanted.PROOF, Wanted.NUMBER]
        assert one.copy_first is (answer is not Proof.NO)
    first = decision(asked=asked)
    first.answer_proof(Proof.NO)
    assert decision(asked=asked).wanted is Wanted.NUMBER


@pytest.mark.rule("SR-28")
@pytest.mark.parametrize(
    "plan",
    [
        PLAN.with_tick(SIGN_IN.key),
        Plan(Span(store="chromium/Default/History"), (PAGES,)),
    ],
    ids=["a sign-in is ticked", "all of a profile"],
)
def test_the_proof_question_comes_again_where_others_may_stand(plan: Plan) -> None:
    """Sign-ins, and everything."""
    assert decision(plan, Asked(proof=True)).wanted is Wanted.PROOF


@pytest.mark.rule("SR-25")
def test_a_profile_that_syncs_wants_a_second_tick() -> None:
    """Without it no number counts."""
    synced = clearing("places.sqlite", replace(FIREFOX, syncs=True), count=2)
    one = decision(Plan(SITE, (synced,)), Asked(proof=True))
    assert one.wanted is Wanted.SYNC
    assert one.type_number("2") is None
    one.agree_to_sync()
    assert one.type_number("2") is not None


@pytest.mark.rule("SR-34")
def test_a_copy_that_is_not_whole_closes_the_road() -> None:
    """Until one is."""
    one = ready()
    one.copy_ended(complete=False)
    assert one.wanted is Wanted.COPY
    assert one.type_number("14") is None
    one.copy_ended(complete=True)
    assert one.type_number("14") is not None


@pytest.mark.rule("SR-26")
@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "y",
        "yes",
        "13",
        "114",
        "-14",
        "14 14",
        "14a",
        "\u0661\u0664",
        "\uff11\uff14",
        "0",
        "9" * 99,
    ],
)
def test_nothing_but_the_number_is_a_yes(typed: str) -> None:
    """No letter, no other number, no digits of another writing."""
    assert ready().type_number(typed) is None


@pytest.mark.rule("SR-26")
@given(st.text(max_size=12))
def test_no_text_is_a_yes_by_chance(typed: str) -> None:
    """Only the digits of the number, however they are parted."""
    digits = typed.strip().replace(",", "").replace(".", "")
    consent = ready().type_number(typed)
    assert (consent is not None) is (digits.lstrip("0") == "14" and digits.isascii())


def test_a_plan_under_which_nothing_goes_takes_no_number() -> None:
    """Nought is no number to type."""
    one = decision(Plan(SITE, (SIGN_IN,)), Asked(proof=True))
    assert one.wanted is Wanted.SOMETHING
    assert one.type_number("0") is None


def test_a_plan_made_anew_keeps_the_choices_and_says_that_it_changed() -> None:
    """Nothing typed is held against anybody."""
    one = ready(Plan(SITE, (SIGN_IN, PAGES)))
    one.tick(SIGN_IN.key)
    one.answer_proof(Proof.NO)
    more = clearing("History", count=15)
    one.replan(Plan(SITE, (SIGN_IN, more)))
    assert not one.changed  # the steps are the same ones
    one.replan(Plan(SITE, (SIGN_IN, clearing("Other", CHROMIUM, count=15))))
    assert one.changed
    assert SIGN_IN in one.plan.chosen
    assert one.type_number("14") is None
    assert one.type_number("15") is not None


def _bare(real: Consent) -> Consent:
    made: Consent = object.__new__(Consent)
    object.__setattr__(made, "digest", real.digest)
    return made


FORGERIES: dict[str, Callable[[Consent], Consent]] = {
    "built": lambda real: Consent(real.digest),
    "made without its constructor": _bare,
    "replaced": replace,
    "copied": copy.copy,
    "copied deeply": copy.deepcopy,
    "unpickled": lambda real: pickle.loads(pickle.dumps(real)),  # noqa: S301
}


@pytest.mark.rule("SR-26")
@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
def test_a_forged_consent_is_none(forge: Callable[[Consent], Consent]) -> None:
    """And the real one still counts only for its own steps, once."""
    consents = Consents()
    real = consents.give("d")
    assert not consents.redeem(forge(real), "d")
    assert not consents.redeem(real, "d")  # whoever tries a forgery has none left


@pytest.mark.rule("SR-26")
def test_a_consent_counts_once_for_its_own_steps_until_the_screen_is_left() -> None:
    """Not twice, not for others, not later, not for another issuer."""
    consents = Consents()
    real = consents.give("d")
    assert consents.redeem(real, "d")
    assert not consents.redeem(real, "d")
    assert not consents.redeem(consents.give("d"), "e")
    kept = consents.give("d")
    consents.withdraw()
    assert not consents.redeem(kept, "d")
    old = consents.give("d")
    new = consents.give("d")
    assert not Consents().redeem(new, "d")
    assert not consents.redeem(old, "d")


@pytest.mark.rule("SR-26")
def test_leaving_the_screen_ends_what_was_agreed_to() -> None:
    """A number typed there counts no more."""
    one = ready()
    consent = one.type_number("14")
    assert consent is not None
    one.leave()
    assert not one.consents.redeem(consent, PLAN.digest)
