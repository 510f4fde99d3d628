"""Whatever a Firefox profile holds: no step names a row of another site."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hygiene.contract import DeleteRows, Site, Step, UpdateRows
from hygiene.practice.firefox_stores import FirefoxStores
from hygiene_checks.browser.forgetting.firefox import FIREFOX
from tests.checks.browser.forgetting.carried_out import clearings, planned
from tests.checks.browser.forgetting.fox import AT, FOLDER, fox

OWN = ("help.example", "www.help.example", "a.b.help.example")
OTHERS = (
    *("nothelp.example", "help.example.org", "help-example.test", "example"),
    *("o.test", "xhelp.example", "help.examples", "elp.example"),
)
HOSTS = st.sampled_from([*OWN, *OTHERS])
PATHS = st.sampled_from(
    ["", "a", "?q=help.example", "go?to=https://help.example/", "#help.example"]
)
ADDRESSES = st.builds(
    "{}://{}{}/{}".format,
    st.sampled_from(["http", "https"]),
    HOSTS,
    st.sampled_from(["", ":8443"]),
    PATHS,
)


def _is_own(text: Any) -> bool:
    """Whether a host, an origin or an address is the site's, by another parser."""
    text = str(text)
    host = urlsplit(text if "://" in text else f"//{text.lstrip('.')}").hostname or ""
    return host == "help.example" or host.endswith(".help.example")


def _rows(home: Path, steps: Iterable[Step], table: str, column: str) -> list[Any]:
    """What stood in a column of the rows of a table that the steps delete."""
    found: list[Any] = []
    for step in steps:
        if isinstance(step, DeleteRows) and step.table == table:
            with closing(sqlite3.connect(home / step.store)) as store:
                query = f"SELECT {column} FROM {table} WHERE {step.key} = ?"
                for key in step.keys:
                    found += (value for (value,) in store.execute(query, (key,)))
    return found


@pytest.mark.rule("SR-30")
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    pages=st.lists(ADDRESSES, max_size=8, unique=True),
    marked=st.lists(ADDRESSES, max_size=2),
    hosts=st.lists(st.tuples(HOSTS, HOSTS), max_size=6),
)
def test_rows_that_go_are_the_sites_and_all_of_them(
    tmp_path_factory: pytest.TempPathFactory,
    pages: list[str],
    marked: list[str],
    hosts: list[tuple[str, str]],
) -> None:
    """Every deleted row is of the site by another parser of addresses, and what stays is
    not, but for bookmarks.
    """
    home = tmp_path_factory.mktemp("any")
    profile = fox(home)
    stores = FirefoxStores(home / FOLDER)
    for url in pages:
        profile.visit(url, AT).typed(url[:12], url)
        stores.icon(f"https://{urlsplit(url).hostname}/favicon.ico", url)
    for url in marked:
        profile.bookmark(url, AT)
    for number, (host, top) in enumerate(hosts):
        stores.cookie(
            host, top=f"https://{top}" if number % 2 else "", value=str(number)
        )
        stores.permission(f"https://{host}", f"3rdPartyStorage^https://{top}")
        stores.page_setting(host, f"setting{number}")
    profile.write()
    stores.write()
    steps = [
        step
        for each in clearings(planned(FIREFOX, home, Site("help.example", below=True)))
        for step in each.steps
    ]
    gone = _rows(home, steps, "moz_places", "url")
    assert set(gone) == {url for url in pages if _is_own(url)} - set(marked)
    assert all(map(_is_own, _rows(home, steps, "moz_pages_w_icons", "page_url")))
    cookies = _rows(home, steps, "moz_cookies", "host || ' ' || originAttributes")
    assert sorted(cookies) == sorted(
        _cookie(host, top if number % 2 else "")
        for number, (host, top) in enumerate(hosts)
        if _is_own(host) or (number % 2 and _is_own(top))
    )
    kinds = _rows(home, steps, "moz_perms", "origin || ' ' || type")
    assert sorted(kinds) == sorted(
        f"https://{host} 3rdPartyStorage^https://{top}"
        for host, top in hosts
        if _is_own(host) or _is_own(top)
    )
    groups = _rows(home, steps, "groups", "name")
    assert set(groups) == {host for host, _ in hosts if _is_own(host)}
    for step in steps:
        assert not isinstance(step, UpdateRows) or step.table in {
            *("moz_places", "moz_origins", "moz_historyvisits")
        }


def _cookie(host: str, top: str) -> str:
    if not top:
        return f"{host} "
    return f"{host} ^partitionKey=%28https%2C{top}%29"
