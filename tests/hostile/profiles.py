"""Browser profiles with something in each store, and what each store adds to counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from hygiene.practice.chromium import ChromiumProfile
from hygiene.practice.falkon import FalkonProfile
from hygiene.practice.firefox import FirefoxProfile
from hygiene.practice.logins import write_key_store, write_never_saved
from tests.hostile.damage import Store

__all__ = [
    "AT",
    "CHATS",
    "CHROMIUM",
    "FAMILIES",
    "FIREFOX",
    "HISTORY",
    "ONE_PAGE",
    "PASSWORDS",
    "SITE",
    "WORDS",
    "Counts",
    "Kinds",
    "chromium",
    "firefox",
]

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SITE = "https://site.example/"

Counts: TypeAlias = Mapping[str, Mapping[str, int]]
"""Numbers by name, by check."""
Kinds: TypeAlias = Mapping[str, tuple[Store, Counts]]
"""The stores of a profile: of what kind, and what each adds to the counts."""

HISTORY, WORDS, PASSWORDS, CHATS = (
    "browser-history",
    "autocomplete",
    "saved-passwords",
    "chat-logs",
)
ONE_PAGE = {"sites": 1, "pages": 1, "visits": 1, "sittings": 1}

_SETTINGS: Counts = {HISTORY: {}, WORDS: {}, PASSWORDS: {}}

CHROMIUM: Kinds = {
    "History": (Store.SQLITE, {HISTORY: ONE_PAGE}),
    "Web Data": (Store.SQLITE, {WORDS: {"entries": 1, "cards": 1}}),
    "Shortcuts": (Store.SQLITE, {WORDS: {"suggestions": 1}}),
    "Login Data": (Store.SQLITE, {PASSWORDS: {"logins": 1, "never_saved": 1}}),
    "Preferences": (Store.JSON, _SETTINGS),
}
FIREFOX: Kinds = {
    "places.sqlite": (
        Store.SQLITE,
        {HISTORY: ONE_PAGE, WORDS: {"suggestions": 1}},
    ),
    "sessionstore.jsonlz4": (Store.SESSION, {HISTORY: {"items": 1}}),
    "formhistory.sqlite": (Store.SQLITE, {WORDS: {"entries": 1}}),
    "autofill-profiles.json": (Store.JSON, {WORDS: {"addresses": 1}}),
    "logins.json": (Store.JSON, {PASSWORDS: {"logins": 1}}),
    "permissions.sqlite": (Store.SQLITE, {PASSWORDS: {"never_saved": 1}}),
    "key4.db": (Store.SQLITE, {PASSWORDS: {}}),
    "prefs.js": (Store.TEXT, _SETTINGS),
}
FALKON: Kinds = {
    "browsedata.db": (
        Store.SQLITE,
        {HISTORY: ONE_PAGE, PASSWORDS: {"logins": 1, "never_saved": 1}},
    ),
}


def chromium(folder: Path) -> None:
    """One profile with something in each store."""
    (
        ChromiumProfile(folder)
        .visit(SITE, AT)
        .form_word("town", "word", AT)
        .card("name", b"v10", AT)
        .shortcut("site", SITE, AT)
        .login(SITE, "me", AT)
        .never_save("https://never.example/", AT)
        .write()
    )


def firefox(folder: Path) -> None:
    """One profile with something in each store."""
    (
        FirefoxProfile(folder)
        .visit(SITE, AT)
        .typed("site", SITE)
        .form_word("town", "word", AT)
        .address("name", "street", AT)
        .login(SITE, AT)
        .open_tabs(SITE)
        .write()
    )
    write_never_saved(folder, ["https://never.example"], AT)
    write_key_store(folder, 10_000)


def falkon(folder: Path) -> None:
    """One profile with something in each store."""
    profile = FalkonProfile(folder).visit(SITE, AT).login("site.example", "me", "v")
    profile.never_save("never.example").write()


FAMILIES: Mapping[str, tuple[str, str, Callable[[Path], None], Kinds]] = {
    "chromium": ("Chromium", ".config/chromium", chromium, CHROMIUM),
    "firefox": ("Firefox", ".config/mozilla/firefox", firefox, FIREFOX),
    "falkon": ("Falkon", ".config/falkon/profiles", falkon, FALKON),
}
