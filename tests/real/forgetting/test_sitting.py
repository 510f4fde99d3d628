"""One sitting forgotten: what only it has is gone, what others have is all there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hygiene.contract import Kept
from tests.forgetting import forget
from tests.real.forgetting.firefox import PROFILE
from tests.real.forgetting.hosts import BOTH, EARLIER, LAST
from tests.real.forgetting.making import Ended, Family, Homes
from tests.real.forgetting.named import left, staying, unnamed
from tests.real.forgetting.stores import CHROMIUM, HISTORY, query
from tests.real.forgetting.ways import Cleared, Way, last_sitting

pytestmark = pytest.mark.real

FORM_WORDS = {
    Family.CHROMIUM: (f"{CHROMIUM}/Web Data", "SELECT value FROM autofill"),
    Family.FIREFOX: (
        f"{PROFILE}/formhistory.sqlite",
        "SELECT value FROM moz_formhistory",
    ),
}
SEARCHES = {
    Family.CHROMIUM: (f"{CHROMIUM}/History", "SELECT term FROM keyword_search_terms"),
    Family.FIREFOX: (
        f"{PROFILE}/formhistory.sqlite",
        "SELECT value FROM moz_formhistory WHERE fieldname = 'searchbar-history'",
    ),
}


NOT_BY_TIME = (
    *(Kept.COOKIES, Kept.SITE_DATA, Kept.SITE_SETTINGS, Kept.CACHE, Kept.CONNECTIONS),
    *(Kept.SIGN_INS, Kept.NEVER_SAVED),
)
"""What the stores do not know the time of, or no sitting takes: the plan names it."""


@pytest.mark.rule("SR-23")
def test_what_only_this_sitting_has_is_left_nowhere(
    homes: Homes, cleared: Cleared, family: Family, ended: Ended
) -> None:
    """Its site, its search and its word in a form, outside of what the plan named."""
    texts = (LAST.host, LAST.search, LAST.word)
    assert all(left(homes[family, ended], text) for text in texts)
    done = cleared(family, ended, Way.SITTING)
    assert done.result.not_done == ()
    assert done.plan.refused == ()
    named = staying(done.plan, *NOT_BY_TIME)
    assert {text: unnamed(left(done.home, text), named) for text in texts} == {
        text: [] for text in texts
    }


@pytest.mark.rule("SR-23")
def test_the_earlier_sitting_stays(
    homes: Homes, cleared: Cleared, family: Family, ended: Ended
) -> None:
    """Its pages with every visit, its search, its words; and the word of both, which
    the plan names.
    """
    name, table = HISTORY[family]
    pages = f"SELECT url FROM {table} WHERE url LIKE '%{EARLIER.host}%'"
    before = query(homes[family, ended] / name, pages)
    done = cleared(family, ended, Way.SITTING)
    assert query(done.home / name, pages) == before != []
    store, sql = FORM_WORDS[family]
    words = query(done.home / store, sql)
    assert {EARLIER.word, BOTH} <= set(words)
    assert LAST.word not in words
    store, sql = SEARCHES[family]
    assert query(done.home / store, sql) == [EARLIER.search]
    assert any(each.kept is Kept.FORM_WORDS for each in done.plan.stays)


@pytest.mark.rule("SR-23")
def test_no_sitting_takes_cookies_or_sign_ins(
    cleared: Cleared, family: Family, ended: Ended
) -> None:
    """They are not even offered."""
    plan = cleared(family, ended, Way.SITTING).plan
    kinds = {each.kept for each in plan.offered}
    assert not kinds & {Kept.COOKIES, Kept.SIGN_INS, Kept.NEVER_SAVED, Kept.BOOKMARKS}


@pytest.mark.rule("SR-23")
@pytest.mark.parametrize("ended", [Ended.CLOSED])
def test_a_site_that_was_unticked_keeps_its_visits(
    homes: Homes, home: Path, family: Family, ended: Ended
) -> None:
    """Left out by name, every page of that host stays."""
    name, table = HISTORY[family]
    pages = f"SELECT url FROM {table} WHERE url LIKE '%//{LAST.host}/%'"
    before = query(homes[family, ended] / name, pages)
    forget(home, replace(last_sitting(home), left_out=frozenset({LAST.host})))
    assert query(home / name, pages) == before != []
