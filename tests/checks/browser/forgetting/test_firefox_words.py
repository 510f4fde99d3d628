"""Words of a stretch of time in the tabs of Firefox: they have no time there."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hygiene.contract import Clearing, Kept, Site, Span, Stays
from hygiene_checks.browser.forgetting.firefox import FIREFOX
from tests.checks.browser.forgetting.carried_out import (
    clearings,
    document,
    edited,
    planned,
    steps_on,
)
from tests.checks.browser.forgetting.fox import AT, FOLDER, fox

MINUTE = timedelta(minutes=1)
LONG_BEFORE = AT - timedelta(days=3)
SITTING = Span(start=AT, end=AT + 10 * MINUTE)
SESSION = "sessionstore.jsonlz4"
KEPT = {"url": "https://old.test/form"}


def _tab(typed: str, word: str) -> dict[str, object]:
    form = {"url": KEPT["url"], "id": {"town": word, "other": "x"}}
    return {"entries": [KEPT], "userTypedValue": typed, "formdata": form}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Words of that time, of an earlier one, of both, and of both in two fields."""
    fox(tmp_path).visit(KEPT["url"], LONG_BEFORE).visit(
        "https://new.test/", AT
    ).form_word("town", "Only then", AT).form_word(
        "searchbar-history", "a search", AT
    ).form_word("town", "before", LONG_BEFORE).form_word(
        "town", "both", AT, first=LONG_BEFORE
    ).form_word("town", "twice", AT).form_word("city", "twice", LONG_BEFORE).session(
        {
            "windows": [
                {
                    "tabs": [
                        _tab("a search", "only then"),
                        _tab("new.test/page", "before"),
                        _tab("old.test", "both"),
                        _tab("A search of mine", "twice"),
                    ]
                }
            ]
        }
    ).write()
    return tmp_path


@pytest.mark.rule("SR-23")
def test_words_of_that_time_alone_leave_the_tabs(home: Path) -> None:
    """Typed into the address bar or a form; those that were used at another time, or
    are only alike, stay.
    """
    plan = planned(FIREFOX, home, SITTING)
    before = document(home / FOLDER / SESSION)
    after = edited(before, *steps_on(plan, SESSION))
    tabs = after["windows"][0]["tabs"]
    assert [each.get("userTypedValue") for each in tabs] == [
        *(None, None, "old.test", "A search of mine"),
    ]
    words = [each["formdata"]["id"].get("town") for each in tabs]
    assert words == [None, "before", "both", "twice"]
    assert all(each["formdata"]["id"]["other"] == "x" for each in tabs)


@pytest.mark.rule("SR-30")
def test_the_store_that_words_are_known_from_goes_after_the_tabs(home: Path) -> None:
    """A run that was ended between them finds the rest the next time."""
    plan = planned(FIREFOX, home, SITTING)
    order = [each.store for each in plan if isinstance(each, Clearing)]
    assert order.index(f"{FOLDER}/{SESSION}") < order.index(
        f"{FOLDER}/formhistory.sqlite"
    )


@pytest.mark.rule("SR-23")
def test_caches_beside_the_profile_are_named(home: Path) -> None:
    """Nothing in a cache tells by time: it stays, and the plan says so."""
    entry = home / ".cache/mozilla/firefox/abcd1234.default/cache2/entries/A1"
    entry.parent.mkdir(parents=True)
    entry.write_bytes(b"page")
    named = [
        each.store
        for each in planned(FIREFOX, home, SITTING)
        if isinstance(each, Stays) and each.kept is Kept.CACHE
    ]
    assert named == [".cache/mozilla/firefox/abcd1234.default/cache2"]


@pytest.mark.rule("SR-30")
def test_a_name_in_letters_of_its_own_is_found(tmp_path: Path) -> None:
    """What was typed stands as it is written, not as it goes over the wire."""
    site, url = "xn--bcher-kva.example", "https://xn--bcher-kva.example/"
    fox(tmp_path).form_word("searchbar-history", "b\u00fccher.example", AT).form_word(
        "q", "B\u00dcCHER.example/liste", AT
    ).form_word("q", "b\u00fccher", AT).visit(url, AT).looked_at(
        "https://old.test/", AT, found_by="b\u00fccher.example"
    ).write()
    plan = planned(FIREFOX, tmp_path, Site(site))
    [words] = clearings(plan, Kept.FORM_WORDS)
    assert words.counts == {"entries": 2}
    [searches] = clearings(plan, Kept.SEARCHES)
    assert searches.counts == {"searches": 1}
