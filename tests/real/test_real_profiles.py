"""Counts on profiles that Debian's Chromium and Firefox wrote themselves.

The truth is what the sqlite3 command line says of a private copy with its side files.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.real.browsers import Chromium, Firefox, program
from tests.real.server import serving

pytestmark = pytest.mark.real

CHROMIUM = ".config/chromium"
CHROME = ".config/google-chrome"
FIREFOX = ".config/mozilla/firefox"


@dataclass
class RealHome:
    """A home with real profiles: closed cleanly, killed, and two still open."""

    path: Path
    firefox: Firefox


def _browse(browser: Chromium | Firefox) -> None:
    browser.open("http://alpha-site.example/one")
    browser.open("http://beta-site.example/two?next=http://not-visited.example/")
    browser.open("http://search-site.example/search?q=quiet+places")
    browser.fill_form("http://gamma-form.example/form", "Smallville")
    browser.download("http://delta-load.example/file.bin")
    browser.open("http://alpha-site.example/one")
    browser.open("http://www.alpha-site.example/three")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealHome]:
    """Four browsers drove here; the last two are open while the tests look."""
    root = tmp_path_factory.mktemp("real") / "home"
    firefox = root / FIREFOX
    firefox.mkdir(parents=True)
    (firefox / "profiles.ini").write_text(
        "".join(
            f"[Profile{number}]\nName={name}\nIsRelative=1\nPath={name}\n\n"
            for number, name in enumerate(("closed", "killed", "running"))
        )
    )
    outside = root.parent
    with ExitStack() as stack:
        port = stack.enter_context(serving())

        def chromium(folder: str) -> Chromium:
            started = Chromium(root / folder, port, outside / folder.replace("/", "-"))
            stack.callback(started.kill)
            _browse(started)
            # Chromium commits every ten seconds; before that nobody could see a page.
            _wait_for_commit(
                root / folder / "Default/History", outside / f"{port}.copy"
            )
            return started

        def fox(name: str) -> Firefox:
            started = Firefox(firefox / name, port, outside / name)
            stack.callback(started.kill)
            _browse(started)
            return started

        chromium(CHROMIUM).close()
        chromium(CHROME).kill()
        fox("closed").close()
        killed = fox("killed")
        killed.open("http://last-minute.example/only-in-the-log")
        killed.kill()
        chromium(".config/vivaldi")
        yield RealHome(root, fox("running"))


def _check(home: Path, *checks: str, items: bool = True) -> dict[str, Any]:
    done = subprocess.run(
        [
            *(sys.executable, "-P", "-m", "hygiene", "check", *checks, "--json"),
            *(["--items"] if items else []),
            *("--home", str(home), "--platform", "linux"),
        ],
        capture_output=True,
        check=True,
    )
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def _findings(home: Path, check: str) -> dict[str, dict[str, Any]]:
    [answer] = _check(home, check)["checks"]
    return {each["id"].split(":", 1)[1]: each for each in answer["findings"]}


class Truth:
    """The sqlite3 command line over a private copy of a store with its side files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._copies = 0

    def __call__(self, store: Path, sql: str) -> list[str]:
        self._copies += 1
        private = self._folder / str(self._copies)
        private.mkdir()
        for suffix in ("", "-journal", "-wal"):
            side = store.with_name(store.name + suffix)
            if side.exists():
                shutil.copyfile(side, private / side.name)
        done = subprocess.run(
            [program("sqlite3"), str(private / store.name), sql],
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.split("\n")[:-1]


@pytest.fixture
def truth(tmp_path: Path) -> Truth:
    """The second opinion."""
    return Truth(tmp_path)


def _wait_for_commit(history: Path, copy: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        copy.mkdir()
        committed = Truth(copy)(history, "select count(*) from visits")
        shutil.rmtree(copy)
        if int(committed[0]) >= 7:
            return
        time.sleep(0.5)
    raise TimeoutError(history)


def _host(address: str) -> str:
    return address.split("//", 1)[1].split("/", 1)[0].split(":", maxsplit=1)[0]


def _chromium_truth(profile: Path, truth: Truth) -> dict[str, int]:
    history = profile / "History"
    addresses = truth(
        history, "select distinct url from urls where id in (select url from visits)"
    )
    return {
        "pages": len(addresses),
        "visits": int(
            truth(
                history,
                "select count(*) from visits where url in (select id from urls)",
            )[0]
        ),
        "sites": len({_host(each) for each in addresses if each.startswith("http")}),
        "sittings": 1,
        "downloads": int(truth(history, "select count(*) from downloads")[0]),
    }


def _firefox_truth(profile: Path, truth: Truth) -> dict[str, int]:
    places = profile / "places.sqlite"
    visited = "id in (select place_id from moz_historyvisits)"
    addresses = truth(places, f"select distinct url from moz_places where {visited}")
    downloads = truth(
        places,
        "select count(*) from moz_annos a join moz_anno_attributes n"
        " on n.id = a.anno_attribute_id where n.name = 'downloads/destinationFileURI'",
    )
    return {
        "pages": len(addresses),
        "visits": int(
            truth(
                places,
                "select count(*) from moz_historyvisits"
                " where place_id in (select id from moz_places)",
            )[0]
        ),
        "sites": len({_host(each) for each in addresses if each.startswith("http")}),
        "sittings": 1,
        "downloads": int(downloads[0]),
    }


PROFILES: list[tuple[str, str, Callable[[Path, Truth], dict[str, int]]]] = [
    ("chromium:Default", f"{CHROMIUM}/Default", _chromium_truth),
    ("chrome:Default", f"{CHROME}/Default", _chromium_truth),
    ("vivaldi:Default", ".config/vivaldi/Default", _chromium_truth),
    ("firefox:closed", f"{FIREFOX}/closed", _firefox_truth),
    ("firefox:killed", f"{FIREFOX}/killed", _firefox_truth),
    ("firefox:running", f"{FIREFOX}/running", _firefox_truth),
]


@pytest.mark.rule("SR-13")
@pytest.mark.parametrize(("finding", "folder", "expected"), PROFILES)
def test_history_counts_are_those_of_sqlite(
    home: RealHome,
    truth: Truth,
    finding: str,
    folder: str,
    expected: Callable[[Path, Truth], dict[str, int]],
) -> None:
    """Closed, killed and running, both families: the same numbers."""
    counts = _findings(home.path, "browser-history")[finding]["counts"]
    known = expected(home.path / folder, truth)
    assert counts == {
        name: number for name, number in known.items() if number or name in counts
    }
    assert counts["visits"] >= 5


@pytest.mark.rule("SR-13")
def test_a_visit_that_stands_only_in_the_log_is_seen(
    home: RealHome, truth: Truth
) -> None:
    """The newest page of a killed Firefox is in its write-ahead file alone."""
    places = home.path / FIREFOX / "killed/places.sqlite"
    assert b"last-minute.example" not in places.read_bytes()
    assert truth(
        places, "select count(*) from moz_places where url like '%last-minute%'"
    ) == ["1"]
    items = _findings(home.path, "browser-history")["firefox:killed"]["items"]
    assert "last-minute.example" in {each["label"] for each in items}


def test_a_new_visit_in_an_open_browser_is_seen(home: RealHome, truth: Truth) -> None:
    """Looking again right after browsing shows the page, the browser still open."""
    home.firefox.open("http://just-now.example/")
    labels = {
        each["label"]
        for each in _findings(home.path, "browser-history")["firefox:running"]["items"]
    }
    assert "just-now.example" in labels
    before = _findings(home.path, "browser-history")["firefox:running"]["counts"]
    known = _firefox_truth(home.path / FIREFOX / "running", truth)
    assert {name: before[name] for name in ("pages", "visits", "sites")} == {
        name: known[name] for name in ("pages", "visits", "sites")
    }


def test_sites_behind_the_counts_are_hosts_that_were_visited(home: RealHome) -> None:
    """No host comes out of a query string, and none is missing."""
    items = _findings(home.path, "browser-history")["chromium:Default"]["items"]
    labels = {each["label"] for each in items}
    assert {
        "alpha-site.example",
        "www.alpha-site.example",
        "gamma-form.example",
    } <= labels
    assert "not-visited.example" not in labels


@pytest.mark.parametrize(
    ("finding", "store", "sql"),
    [
        ("chromium:Default", f"{CHROMIUM}/Default/Web Data", "autofill"),
        ("chrome:Default", f"{CHROME}/Default/Web Data", "autofill"),
        ("vivaldi:Default", ".config/vivaldi/Default/Web Data", "autofill"),
        ("firefox:closed", f"{FIREFOX}/closed/formhistory.sqlite", "moz_formhistory"),
        ("firefox:killed", f"{FIREFOX}/killed/formhistory.sqlite", "moz_formhistory"),
        ("firefox:running", f"{FIREFOX}/running/formhistory.sqlite", "moz_formhistory"),
    ],
)
def test_form_words_are_those_of_sqlite(
    home: RealHome, truth: Truth, finding: str, store: str, sql: str
) -> None:
    """The word typed into the form is counted, and its field is named."""
    expected = int(truth(home.path / store, f"select count(*) from {sql}")[0])
    found = _findings(home.path, "autocomplete").get(finding)
    assert (found["counts"]["entries"] if found else 0) == expected
    if found and expected:
        assert "town" in {each["label"] for each in found["items"]}


@pytest.mark.rule("SR-15")
def test_what_was_typed_and_searched_stands_nowhere(home: RealHome) -> None:
    """Form words, searches, titles and full addresses reach no document."""
    text = json.dumps(_check(home.path))
    for canary in ("Smallville", "quiet", "/three", "only-in-the-log"):
        assert canary not in text


def test_no_store_of_an_open_browser_is_refused(home: RealHome) -> None:
    """A browser's lock is no reason for could not check."""
    for check in _check(home.path)["checks"]:
        assert check["not_checked"] == [], check["check"]
