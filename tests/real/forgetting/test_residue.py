"""After forgetting, nothing of it is left: not one byte outside what the plan named.

The count is that of `tests.bench.residue`, on profiles that real browsers wrote while
someone typed.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from hygiene.contract import Kept
from tests.bench.residue import Residue
from tests.real.forgetting.firefox import PROFILE
from tests.real.forgetting.hosts import LAST, LOOK_ALIKES, NAMING, SITE, SUB
from tests.real.forgetting.making import Ended, Family, Homes, Making, copy_home
from tests.real.forgetting.named import (
    left,
    rows_naming,
    slack,
    staying,
    unnamed,
    unticked,
)
from tests.real.forgetting.others import by_bleachbit, by_the_browser
from tests.real.forgetting.stores import CHROMIUM, HISTORY, query
from tests.real.forgetting.ways import Cleared, Way

pytestmark = pytest.mark.real

PREDICTOR = "Network Action Predictor"
WITH_A_BOOKMARK = {
    Family.CHROMIUM: {
        f"{CHROMIUM}/Favicons": {"icon_mapping": 1, "favicons": 1},
    },
    Family.FIREFOX: {
        f"{PROFILE}/places.sqlite": {"moz_places": 1, "moz_origins": 1},
        f"{PROFILE}/favicons.sqlite": {"moz_pages_w_icons": 1, "moz_icons": 2},
    },
}
"""The bookmark of the site stays, and its icon: the rows that name the site for it."""


def line(family: Family, ended: Ended, who: str, found: list[Residue]) -> str:
    """One line of the count that is printed."""
    times = sum(each.count for each in found)
    places = len({each.path for each in found})
    return f"{family:9}{ended:7}{who:44}{times:6} times in {places:3} places"


@pytest.mark.parametrize(
    ("family", "forms"),
    [
        (
            Family.CHROMIUM,
            {
                *("utf-8", "utf-16", "file name, utf-8"),
                *("table, utf-8", "log, utf-8", "base64 +1", "encrypted, utf-8"),
                *("sha256(dns) base64", "md5(host) hex"),
            },
        ),
        (
            Family.FIREFOX,
            {
                *("utf-8", "reversed", "file name, utf-8", "mozLz4, utf-8"),
                *("mozLz4, base64 +0", "mozLz4, base64 +1", "cells, utf-8"),
            },
        ),
    ],
)
@pytest.mark.parametrize("ended", list(Ended))
def test_the_profiles_keep_the_site_in_every_way(
    homes: Homes, *, family: Family, ended: Ended, forms: set[str], told: set[str]
) -> None:
    """What is to be found nowhere afterwards was there before, in each form."""
    found = left(homes[family, ended])
    told.add(line(family, ended, " before", found))
    assert forms <= {each.form for each in found}


@pytest.mark.parametrize("ended", list(Ended))
def test_typing_filled_what_only_typing_fills(homes: Homes, ended: Ended) -> None:
    """Shortcuts, the action predictor, search words, form words, a packed table."""
    profile = homes[Family.CHROMIUM, ended] / CHROMIUM
    shortcuts = query(profile / "Shortcuts", "SELECT text FROM omni_box_shortcuts")
    assert SITE in shortcuts
    typed = query(
        profile / PREDICTOR,
        "SELECT user_text FROM network_action_predictor",
    )
    assert {SITE[:6], SITE[:10]} <= set(typed)
    assert len(query(profile / "History", "SELECT term FROM keyword_search_terms")) == 2
    assert SITE in query(profile / "Web Data", "SELECT value FROM autofill")
    assert list((profile / "Local Storage/leveldb").glob("*.ldb"))
    places = homes[Family.FIREFOX, ended] / PROFILE / "places.sqlite"
    assert query(places, "SELECT input FROM moz_inputhistory") == [SITE[:9]]
    icons = places.with_name("favicons.sqlite")
    whole_hosts = query(icons, "SELECT icon_url FROM moz_icons WHERE root = 1")
    assert f"https://{SITE}/favicon.ico" in whole_hosts


@pytest.mark.rule("SR-22", "SR-24", "SR-30")
@pytest.mark.parametrize("way", [Way.SITE, Way.TICKED])
def test_forgetting_a_site_leaves_none_of_it(
    cleared: Cleared, *, family: Family, ended: Ended, way: Way, told: set[str]
) -> None:
    """Zero times in profile and cache, names of files included, outside of a bookmark
    and of what was left unticked, both of which the plan names.
    """
    done = cleared(family, ended, way)
    assert done.result.not_done == ()
    assert done.plan.refused == ()
    with_bookmark = WITH_A_BOOKMARK[family]
    bookmarks = staying(done.plan, Kept.BOOKMARKS)
    assert bookmarks <= {f"{CHROMIUM}/Bookmarks", *with_bookmark}
    assert with_bookmark.keys() <= staying(done.plan, Kept.BOOKMARKS, Kept.ICONS)
    named = {*bookmarks, *with_bookmark, *unticked(done.plan)}
    others = unnamed(left(done.home), named)
    told.add(line(family, ended, f"hygiene: {way}", others))
    assert others == []
    for store, rows in with_bookmark.items():
        assert rows_naming(done.home / store) == rows
        assert slack(done.home / store) == 0


@pytest.mark.rule("SR-24")
def test_unticked_cookies_and_sign_ins_stay_as_they_were(
    homes: Homes, cleared: Cleared, family: Family, ended: Ended
) -> None:
    """They are offered, and their rows are all there."""
    done = cleared(family, ended, Way.SITE)
    kinds = {each.kept for each in done.plan.offered if each not in done.plan.chosen}
    assert {Kept.COOKIES, Kept.SIGN_INS} <= kinds
    for store in unticked(done.plan):
        if store.endswith("permissions.sqlite"):  # other rows of the site went
            assert rows_naming(done.home / store) == {"moz_perms": 1}
            assert slack(done.home / store) == 0
        else:
            was = (homes[family, ended] / store).read_bytes()
            assert (done.home / store).read_bytes() == was


@pytest.mark.rule("SR-24")
def test_look_alikes_and_pages_that_name_the_site_stay(
    homes: Homes, cleared: Cleared, family: Family, ended: Ended
) -> None:
    """Every other address of the history is there, and none of the site's but the
    bookmarked one.
    """
    name, table = HISTORY[family]
    before = query(homes[family, ended] / name, f"SELECT url FROM {table}")
    done = cleared(family, ended, Way.TICKED)
    after = query(done.home / name, f"SELECT url FROM {table}")
    own = {each for each in before if _host(each) in {SITE, SUB}}
    bookmarked = {f"https://{SITE}/rich"} if family is Family.FIREFOX else set()
    assert sorted(after) == sorted(set(before) - own | bookmarked)
    assert {_host(each) for each in after} >= set(LOOK_ALIKES)
    assert NAMING in after


def _host(address: str) -> str:
    return str(urlsplit(address).hostname)


@pytest.mark.rule("SR-24")
@pytest.mark.parametrize("way", [Way.SITE, Way.SITTING])
@pytest.mark.parametrize("ended", list(Ended))
def test_no_letters_on_the_way_are_left(
    homes: Homes, cleared: Cleared, ended: Ended, way: Way
) -> None:
    """Chromium keeps a row for each letter that was typed on the way to an address or a
    search. Where letters that only lead there are left, what was guessed is a page that
    stays, such as a look-alike's.
    """
    typed = {Way.SITE: (SITE,), Way.SITTING: (LAST.host, LAST.search)}[way]
    name, table = HISTORY[Family.CHROMIUM]
    done = cleared(Family.CHROMIUM, ended, way)
    kept = set(query(done.home / name, f"SELECT url FROM {table}"))
    guessed = "SELECT url FROM network_action_predictor WHERE substr(user_text, 1, 4)"
    for words in typed:
        rows = f"{guessed} = '{words[:4]}'"
        before = query(homes[Family.CHROMIUM, ended] / CHROMIUM / PREDICTOR, rows)
        assert set(before) - kept
        assert set(query(done.home / CHROMIUM / PREDICTOR, rows)) <= kept


@pytest.mark.parametrize("ended", [Ended.CLOSED])
def test_what_others_leave_is_counted_the_same_way(
    homes: Homes,
    making: Making,
    *,
    family: Family,
    ended: Ended,
    tmp_path: Path,
    told: set[str],
) -> None:
    """The browser's own deletion and BleachBit, on copies, by the same count: the count
    sees what is left.
    """
    one = copy_home(homes[family, ended], tmp_path / "by the browser")
    by_the_browser(family, making, one)
    other = copy_home(homes[family, ended], tmp_path / "by BleachBit")
    by_bleachbit(family, other)
    told.add(line(family, ended, "the browser's own deletion", left(one)))
    told.add(line(family, ended, "BleachBit, everything", left(other)))
    assert left(one)
    assert left(other)
