"""What the made-up person does in two sittings, the same in every browser."""

from __future__ import annotations

import time
from typing import Any, Protocol

from tests.real.forgetting.hosts import (
    BOTH,
    EARLIER,
    FRAMED,
    GREEN,
    KEEPERS,
    LAST,
    LOOK_ALIKES,
    NAMING,
    SIGNED_IN,
    SITE,
    SUB,
    Sitting,
    kept_value,
)

__all__ = ["Browser", "earlier_sitting", "last_sitting"]

STORED = "window.stored"
"""What a page promises: it has kept all that it keeps."""


class Browser(Protocol):
    """What a person does with a browser, and what only its own insides can do."""

    def open(self, address: str) -> None:
        """Go to a page as a link would."""

    def run(self, expression: str) -> Any:
        """The value of an expression in the page, once it is there."""

    def address(self, typed: str, arrives: str) -> None:
        """Type into the address bar and press Return."""

    def begin(self, typed: str) -> None:
        """Type into the address bar, and leave it at that."""

    def fill(self, address: str, *, send: bool = True, **words: str) -> None:
        """Type into the fields of a form, by their ids, and send it off."""

    def fetch(self, address: str) -> None:
        """Download a file."""

    def zoom(self) -> None:
        """Make the page larger by the keyboard."""

    def tab(self, address: str, *, close: bool = False) -> None:
        """Open a page in a tab of its own, beside this one; close it again."""

    def bookmark(self, address: str, title: str) -> None:
        """Keep a page in the bookmarks."""

    def save_password(self, origin: str, user: str, password: str) -> None:
        """Save a sign-in."""

    def never_save(self, origin: str) -> None:
        """Say that sign-ins of a site are never to be saved."""


def earlier_sitting(browser: Browser) -> None:
    """Days ago: the site, its look-alikes, and all that is kept."""
    for host in (SITE, SUB, GREEN, FRAMED, SIGNED_IN, LOOK_ALIKES[0], LOOK_ALIKES[1]):
        browser.open(f"https://{host}/rich")
        browser.run(STORED)
    for host in LOOK_ALIKES:
        browser.open(f"http://{host}/")
    for host in (SITE, GREEN):
        browser.open(f"https://{host}/plain")
        time.sleep(1)  # until the icon of the whole host is there
    browser.open(f"https://{SITE}:8443/other-port")
    browser.open(f"http://{LOOK_ALIKES[-1]}:8080/other-port")
    _frames(browser)
    for host in KEEPERS:
        browser.open(f"https://{host}/")
        browser.run(
            "".join(
                f"localStorage.setItem('kept{number}', {kept_value(host, number)!r}),"
                for number in range(60)
            )
            + "true"
        )
    browser.open(f"https://{KEEPERS[0]}/rich")
    browser.run(STORED)
    browser.bookmark(f"https://{SIGNED_IN}/rich", "Lantern")
    browser.bookmark(f"https://{GREEN}/rich", "Green field")
    browser.bookmark(f"https://{SITE}/rich", "Harbor")
    browser.save_password(f"https://{SITE}", "reader", "not-a-real-one-1")
    browser.save_password(f"https://{SIGNED_IN}", "keeper", "not-a-real-one-2")
    browser.never_save(f"https://{SUB}")
    browser.open(f"https://{GREEN}/zoomed")
    browser.zoom()
    _own(browser, EARLIER)


def last_sitting(browser: Browser) -> None:
    """Just now: the site again, and what only this sitting has."""
    browser.open(f"https://{SITE}/rich")
    browser.run(STORED)
    browser.open(NAMING)
    _frames(browser)
    browser.open(f"https://{SITE}/files")
    browser.fetch(f"https://{SITE}/harbor.bin")
    browser.fill(f"https://{SITE}/form", town="Harborview")
    browser.fill(f"https://{GREEN}/form", words=SITE)
    # An address bar learns only some seconds after its browser was started.
    browser.address(f"{SITE}/typed", SITE)
    browser.zoom()
    browser.address(SITE[:9], SITE)
    _own(browser, LAST)
    browser.tab(f"https://{SITE}/closed-tab", close=True)
    browser.tab(f"https://{GREEN}/beside")
    browser.tab(f"https://{SUB}/beside")
    browser.open(f"https://{GREEN}/front")
    browser.open(f"https://{SITE}/front")
    browser.open(f"https://{GREEN}/last")
    browser.fill(f"https://{GREEN}/form", send=False, town=LAST.word)
    browser.begin(LAST.search)


def _frames(browser: Browser) -> None:
    """The site within another one, and another one within the site."""
    for outer, number in ((GREEN, 0), (SITE, 1), (GREEN, 1)):
        told = "new Promise(done => window.frames.length && setTimeout(done, 400, 1))"
        browser.open(f"https://{outer}/frame?number={number}")
        browser.run(told)


def _own(browser: Browser, sitting: Sitting) -> None:
    browser.address(f"{sitting.host}/typed", sitting.host)
    browser.open(f"https://{sitting.host}/read")
    browser.address(sitting.search, sitting.search.split()[0])
    browser.fill(f"https://{GREEN}/form", town=sitting.word, words=BOTH)
    browser.open(f"https://{sitting.host}/files")
    browser.fetch(f"https://{sitting.host}/{sitting.file}")
