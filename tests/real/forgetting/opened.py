"""What the real browser shows of a profile when it is opened again."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from tests.real.forgetting.chromium import HeadedChromium
from tests.real.forgetting.firefox import HeadedFirefox
from tests.real.forgetting.hosts import KEEPERS, kept_value
from tests.real.forgetting.making import Family, Making

__all__ = ["KEPT", "Seen", "look"]

Stored: TypeAlias = Mapping[tuple[str, int], str | None]

KEPT: Stored = {
    (host, number): kept_value(host, number)
    for place, host in enumerate(KEEPERS)
    for number in ((3, 30, 57) if place < len(KEEPERS) // 2 else (7, 44))
}
"""Fifty values of twenty origins."""


@dataclass(frozen=True)
class Seen:
    """Pages in the history, bookmarks by title, sign-ins, values of Local Storage, and
    what Firefox's own check of its places says.
    """

    history: frozenset[str]
    bookmarks: Mapping[str, str]
    sign_ins: frozenset[tuple[str, str]]
    stored: Stored
    check: str = ""


def look(family: Family, making: Making, home: Path) -> Seen:
    """Open the profile, ask, read, and close it as a person does."""
    browser = making.start(family, home)
    try:
        seen = (
            _in_chromium(browser)
            if isinstance(browser, HeadedChromium)
            else _in_firefox(browser)
        )
        browser.close()
    finally:
        browser.kill()
    return seen


def _stored(browser: HeadedChromium | HeadedFirefox) -> Stored:
    found = {}
    for host in KEEPERS:
        browser.open(f"https://{host}/")
        for wanted, number in KEPT:
            if wanted == host:
                found[host, number] = browser.run(
                    f"localStorage.getItem('kept{number}')"
                )
    return found


def _in_chromium(browser: HeadedChromium) -> Seen:
    pages = browser.with_rights(
        "chrome.history.search({text: '', startTime: 0, maxResults: 10000})"
        ".then(found => found.map(page => page.url))"
    )
    browser.open("chrome://bookmarks/")
    tree = browser.run("chrome.bookmarks.getTree()")
    browser.open("chrome://password-manager/passwords")
    groups = browser.run("chrome.passwordsPrivate.getCredentialGroups()")
    return Seen(
        frozenset(pages),
        dict(_bookmarks(tree)),
        frozenset(
            (
                entry["affiliatedDomains"][0]["signonRealm"].rstrip("/"),
                entry["username"],
            )
            for group in groups
            for entry in group["entries"]
        ),
        _stored(browser),
    )


def _bookmarks(nodes: list[dict[str, Any]]) -> list[tuple[str, str]]:
    found = []
    for node in nodes:
        if "url" in node:
            found.append((node["title"], node["url"]))
        found += _bookmarks(node.get("children", []))
    return found


_ASK_FIREFOX = """
const {PlacesUtils} = ChromeUtils.importESModule(
  "resource://gre/modules/PlacesUtils.sys.mjs");
const {PlacesDBUtils} = ChromeUtils.importESModule(
  "resource://gre/modules/PlacesDBUtils.sys.mjs");
const query = PlacesUtils.history.getNewQuery();
const options = PlacesUtils.history.getNewQueryOptions();
const root = PlacesUtils.history.executeQuery(query, options).root;
root.containerOpen = true;
const history = [];
for (let place = 0; place < root.childCount; place++)
  history.push(root.getChild(place).uri);
root.containerOpen = false;
const bookmarks = {};
const tree = await PlacesUtils.promiseBookmarksTree();
const walk = node => {
  if (node.uri) bookmarks[node.title] = node.uri;
  for (const child of node.children || []) walk(child);
};
walk(tree);
const logins = await Services.logins.getAllLogins();
const check = [
  await PlacesDBUtils.checkIntegrity(), await PlacesDBUtils.checkCoherence()].flat();
return JSON.stringify({history, bookmarks, check,
  logins: logins.map(login => [login.origin, login.username])});
"""


def _in_firefox(browser: HeadedFirefox) -> Seen:
    asked = json.loads(browser.inside(_ASK_FIREFOX))
    stored = _stored(browser)
    time.sleep(1)
    return Seen(
        frozenset(asked["history"]),
        asked["bookmarks"],
        frozenset((origin, user) for origin, user in asked["logins"]),
        stored,
        " ".join(asked["check"]),
    )
