"""Local Storage that Debian's Chromium wrote, and that it reads from a folder of ours."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from hygiene.contract import Platform
from hygiene.host import leveldb
from hygiene.host.home import DiskHome
from tests.real.browsers import Chromium
from tests.real.server import serving

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.real

SITES = [f"http://site-{number}.example" for number in range(6)]
GONE = SITES[2]
STORE = "Default/Local Storage/leveldb"


def _ask(browser: Chromium, site: str, script: str) -> str:
    browser.open(f"{site}/page")
    answer = browser.call("Runtime.evaluate", expression=script)
    value: str = answer["result"]["value"]
    return value


def _fill(browser: Chromium, site: str) -> None:
    """Sixty values, one of them replaced and one removed, some of other letters."""
    script = """
        for (let n = 0; n < 60; n++)
            localStorage.setItem('name ' + n, (n % 2 ? 'wort ' : 'слово ').repeat(n));
        localStorage.setItem('name 7', 'new');
        localStorage.removeItem('name 8');
        '' + localStorage.length
    """
    assert _ask(browser, site, script) == "59"


_ALL = "JSON.stringify(Object.entries(localStorage).sort())"


def _replace(folder: Path, store: str) -> int:
    """Build the store anew without the site that goes; returns how many keys went."""
    home = DiskHome(folder, Platform.LINUX)
    all_of_it = list(home.leveldb(store))
    kept = [pair for pair in all_of_it if GONE.encode() not in pair[0]]
    shutil.rmtree(folder / store)
    (folder / store).mkdir()
    for name, data in leveldb.fresh(kept):
        (folder / store / name).write_bytes(data)
    return len(all_of_it) - len(kept)


@pytest.mark.parametrize("end", ["closed", "killed"])
def test_local_storage(tmp_path: Path, end: str) -> None:
    """What a browser kept of six sites is read; of a folder built without one of them
    the browser has the other five, to the letter, and nothing of the one.
    """
    profile = tmp_path / "profile"
    with serving() as port:
        browser = Chromium(profile, port, tmp_path / "first")
        try:
            for site in SITES:
                _fill(browser, site)
            before = {site: _ask(browser, site, _ALL) for site in SITES}
            browser.close()
            if end == "killed":
                browser = Chromium(profile, port, tmp_path / "second")
                assert _ask(browser, SITES[0], "localStorage['name 7']") == "new"
        finally:
            browser.kill()
        keys = [key for key, _ in DiskHome(profile, Platform.LINUX).leveldb(STORE)]
        for site in SITES:
            assert sum(key.startswith(b"_%s\0" % site.encode()) for key in keys) == 59
        assert _replace(profile, STORE) >= 60
        whole = b"".join(each.read_bytes() for each in (profile / STORE).iterdir())
        assert GONE.encode() not in whole
        browser = Chromium(profile, port, tmp_path / "third")
        try:
            after = {site: _ask(browser, site, _ALL) for site in SITES}
            browser.close()
        finally:
            browser.kill()
    assert after == before | {GONE: "[]"}
    assert len(json.loads(after[SITES[0]])) == 59
    said = b"".join(each.read_bytes() for each in (profile / STORE).glob("LOG*"))
    assert b"orrupt" not in said
