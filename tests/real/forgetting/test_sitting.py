"""One sitting forgotten: what only it has is gone, what others have is all there."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from hygiene.contract import Kept, Span
from tests.forgetting import Forgotten, forget, session
from tests.real.forgetting.firefox import PROFILE
from tests.real.forgetting.hosts import BOTH, EARLIER, LAST
from tests.real.forgetting.making import BACK, Ended, Family, Homes
from tests.real.forgetting.named import left, unnamed, unticked
from tests.real.forgetting.stores import CHROMIUM, HISTORY, query

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


@pytest.fixture
def last_sitting(home: Path) -> Span:
    """The newest of the two sittings that the product tells."""
    with ExitStack() as stack:
        last, earlier = session(home, stack).sittings()
    assert (last.start - earlier.end).total_seconds() > BACK / 2
    return Span(start=last.start, end=last.end)


def _named(done: Forgotten) -> set[str]:
    return {each.store for each in done.plan.stays} | unticked(done.plan)


@pytest.mark.rule("SR-23")
def test_what_only_this_sitting_has_is_left_nowhere(
    home: Path, family: Family, last_sitting: Span
) -> None:
    """Its site, its search and its word in a form, outside of what the plan named."""
    found = {
        text: [each for each in left(home, text) if each.path]
        for text in (LAST.host, LAST.search, LAST.word)
    }
    assert all(found.values())
    done = forget(home, last_sitting)
    assert done.result.not_done == ()
    assert done.plan.refused == ()
    named = _named(done)
    assert not named & {HISTORY[family][0], "History"}
    assert {text: unnamed(left(home, text), named) for text in found} == {
        text: [] for text in found
    }


@pytest.mark.rule("SR-23")
def test_the_earlier_sitting_stays(
    homes: Homes, home: Path, family: Family, ended: Ended, last_sitting: Span
) -> None:
    """Its pages with every visit, its search, its words; and the word of both, which
    the plan names.
    """
    name, table = HISTORY[family]
    pages = f"SELECT url FROM {table} WHERE url LIKE '%{EARLIER.host}%'"
    before = query(homes[family, ended] / name, pages)
    done = forget(home, last_sitting)
    assert query(home / name, pages) == before != []
    store, sql = FORM_WORDS[family]
    words = query(home / store, sql)
    assert {EARLIER.word, BOTH} <= set(words)
    assert LAST.word not in words
    store, sql = SEARCHES[family]
    assert query(home / store, sql) == [EARLIER.search]
    assert any(each.kept is Kept.FORM_WORDS for each in done.plan.stays)


@pytest.mark.rule("SR-23")
def test_no_sitting_takes_cookies_or_sign_ins(home: Path, last_sitting: Span) -> None:
    """They are not even offered."""
    kinds = {each.kept for each in forget(home, last_sitting).plan.offered}
    assert not kinds & {Kept.COOKIES, Kept.SIGN_INS, Kept.NEVER_SAVED, Kept.BOOKMARKS}


@pytest.mark.rule("SR-23")
def test_a_site_that_was_unticked_keeps_its_visits(
    homes: Homes, home: Path, family: Family, ended: Ended, last_sitting: Span
) -> None:
    """Left out by name, every page of that host stays."""
    name, table = HISTORY[family]
    pages = f"SELECT url FROM {table} WHERE url LIKE '%//{LAST.host}/%'"
    before = query(homes[family, ended] / name, pages)
    span = Span(
        start=last_sitting.start,
        end=last_sitting.end,
        left_out=frozenset({LAST.host}),
    )
    forget(home, span)
    assert query(home / name, pages) == before != []
