"""The check of words, addresses and cards that browsers remember to finish forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from hygiene.contract import (
    CannotLook,
    CheckInfo,
    Finding,
    Group,
    Home,
    Level,
    NotChecked,
    NothingFound,
    Outcome,
    Progress,
    Why,
    or_nothing_found,
)
from hygiene_checks.browser import _registry as registry
from hygiene_checks.browser._choices import site_choice
from hygiene_checks.browser._forms import FORM_STORES, WORD_STORES
from hygiene_checks.browser._places import Family
from hygiene_checks.browser._profiles import Profile, profiles
from hygiene_checks.browser._settings import Choice, profile_settings, setting_finding
from hygiene_checks.browser._stock import Stock, Tally
from hygiene_checks.browser._words import list_fields

__all__ = ["AutocompleteCheck"]

_GUIDE = "autocomplete"
_CHOICES = (
    Choice(
        "remember-forms",
        firefox="browser.formfill.enable",
        safari="AutoFillMiscellaneousForms",
    ),
    Choice(
        "fill-addresses",
        chromium=("autofill.profile_enabled", "autofill.enabled"),
        firefox="extensions.formautofill.addresses.enabled",
        safari="AutoFillFromAddressBook",
    ),
    Choice(
        "fill-cards",
        chromium=("autofill.credit_card_enabled",),
        firefox="extensions.formautofill.creditCards.enabled",
        safari="AutoFillCreditCardData",
    ),
    Choice(
        "suggest-searches",
        chromium=("search.suggest_enabled",),
        firefox="browser.search.suggest.enabled",
        other_default=("brave", "vivaldi", "ungoogled-chromium", "epic", "yandex"),
    ),
)
r"""Chromium has no switch of its own for plain form words: they follow the one for
addresses. `autofill.enabled` is its name before Chromium 70."""

_IE = r"Software\Microsoft\Internet Explorer"
_EXPLORER = r"Software\Microsoft\Windows\CurrentVersion\Explorer"
_EDGE = (
    r"Software\Classes\Local Settings\Software\Microsoft\Windows\CurrentVersion"
    r"\AppContainer\Storage\microsoft.microsoftedge_8wekyb3d8bbwe\MicrosoftEdge"
)
_WINDOWS_CHOICES = (
    ("inline-autocomplete", _EXPLORER + r"\AutoComplete", "Append Completion"),
    ("list-autocomplete", _EXPLORER + r"\AutoComplete", "AutoSuggest"),
    ("remember-forms", _IE + r"\Main", "Use FormSuggest"),
)


class AutocompleteCheck:
    """Words, addresses and cards that are remembered, by number of."""

    info = CheckInfo(
        id="autocomplete",
        group=Group.WORDS,
        words="hygiene_checks.browser",
        headline=("entries", "suggestions"),
    )

    def run(self, home: Home) -> Iterator[Outcome | Progress]:
        """One answer for each profile, one for Windows, and their settings."""
        return or_nothing_found(_answers(home))


def _answers(home: Home) -> Iterator[Outcome]:
    for profile in profiles(home):
        if isinstance(profile, NotChecked):
            yield profile
        else:
            yield from _in_profile(home, profile)
    try:
        yield from _in_windows(home)
    except CannotLook as refusal:
        yield NotChecked(registry.HIVE, refusal.why, registry.PROGRAM)


def _in_profile(home: Home, profile: Profile) -> Iterator[Outcome]:
    browser = profile.browser
    if browser.family is Family.UNSUPPORTED:
        yield NotChecked(profile.folder, Why.NOT_SUPPORTED, browser.name)
    if browser.family in FORM_STORES:
        tally = Tally(home, browser.name)
        with_words = []
        for name, read in FORM_STORES[browser.family].items():
            stock = tally.look(profile.file(name), read)
            if stock.counts.get("entries"):
                with_words.append(profile.file(name))
        yield from tally.outcomes(
            profile.folder, partial(_found, home, profile, with_words)
        )
    yield from profile_settings(home, profile, _CHOICES, _GUIDE)


def _found(
    home: Home, profile: Profile, with_words: Sequence[str], tally: Tally
) -> Finding:
    finding = replace(
        tally.finding(profile, "autocomplete", _level(tally.total), _GUIDE),
        choices=site_choice(profile),
    )
    if not with_words:
        return finding
    tables = WORD_STORES[profile.browser.family]
    return replace(finding, traces=partial(list_fields, home, with_words, tables))


def _level(total: Stock) -> Level:
    """Typed words, addresses and cards say something of the person; what is left is
    the order of suggestions.
    """
    told = any(total.counts.get(each) for each in ("entries", "addresses", "cards"))
    return Level.WORTH_A_LOOK if told else Level.NOTE


def _in_windows(home: Home) -> Iterator[Outcome]:
    """Internet Explorer's forms and typed addresses, the Explorer's, and switches."""
    if not registry.has_registry(home):
        return
    addresses = (_IE + r"\TypedURLs", _EDGE + r"\TypedURLs", _EXPLORER + r"\TypedPaths")
    counts = {
        "entries": registry.count_values(home, _IE + r"\IntelliForms\Storage1"),
        "suggestions": sum(registry.count_addresses(home, each) for each in addresses),
    }
    if any(counts.values()):
        yield Finding(
            topic="autocomplete-windows",
            level=_level(Stock(counts)),
            program=registry.PROGRAM,
            program_id=registry.PROGRAM_ID,
            sources=(registry.HIVE,),
            counts=counts,
            guide=_GUIDE,
        )
    else:
        yield NothingFound((registry.HIVE,))
    for name, key, value in _WINDOWS_CHOICES:
        yield setting_finding(
            name,
            registry.registry_switch(home, key, value),
            registry.PROGRAM,
            registry.PROGRAM_ID,
            sources=(registry.HIVE,),
            guide=_GUIDE,
        )
