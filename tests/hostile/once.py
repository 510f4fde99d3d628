"""Stores that a home has once, on each system, and what each adds to the counts."""

from __future__ import annotations

import plistlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from hygiene.contract import Platform
from hygiene.practice import chat_stores, chats
from hygiene.practice.epiphany import EpiphanyProfile
from hygiene.practice.hive import write_hive
from hygiene.practice.logins import write_pidgin_accounts
from hygiene.practice.safari import SafariProfile
from tests.hostile.damage import Store
from tests.hostile.profiles import (
    AT,
    CHATS,
    HISTORY,
    ONE_PAGE,
    PASSWORDS,
    SITE,
    WORDS,
    Counts,
)

__all__ = ["PLACES", "Place"]

TALKS = {"ann@chat.example": [AT], "bob@chat.example": [AT]}


class Place(NamedTuple):
    """One store: what writes it at its path, its kind, the numbers that each check tells
    of it, and what it is told as where that is not its own path.
    """

    write: Callable[[Path], Any]
    kind: Store
    adds: Counts
    told_as: str = ""


def _purple_prefs(path: Path) -> None:
    chats.purple_prefs(path.parent)


def _adium(path: Path) -> None:
    chats.adium_settings(path.parent, logging=True)


def _epiphany(path: Path) -> None:
    EpiphanyProfile(path.parent).visit(SITE, AT).write()


def _safari(path: Path) -> None:
    """With its list of downloads."""
    SafariProfile(path.parent).visit(SITE, AT).download(SITE).write()


def _safari_settings(path: Path) -> None:
    path.write_bytes(plistlib.dumps({"AutoFillPasswords": True}))


def _settings(path: Path) -> None:
    path.write_text("a = 1\n", "utf-8")


def _hive(path: Path) -> None:
    explorer = "Software\\Microsoft\\Internet Explorer"
    write_hive(
        path,
        {
            f"{explorer}\\TypedURLs": {"url1": SITE},
            f"{explorer}\\IntelliForms\\Storage2": {"a": b"1"},
        },
    )


def _with_safari(_path: Path) -> None:
    """Written already."""


def _talks(write: Callable[[Path, chat_stores.Talks], Any]) -> Callable[[Path], Any]:
    return lambda path: write(path, TALKS)


_TWO = {"conversations": 2, "messages": 2}
_TELEPHONE = (
    "AppData/Local/Packages/Microsoft.YourPhone_8wekyb3d8bbwe/LocalCache/Indexed/a"
    "/System/Database/phone.db"
)
_GROUP = "Library/Group Containers/group.net.whatsapp.WhatsApp.shared"

PLACES: Mapping[Platform, Mapping[str, Place]] = {
    Platform.LINUX: {
        ".local/share/gajim/logs.db": Place(
            _talks(chat_stores.gajim), Store.SQLITE, {CHATS: _TWO}
        ),
        ".config/gajim/settings.sqlite": Place(
            lambda path: chat_stores.gajim_settings(path, {"me": {}}),
            Store.SQLITE,
            {CHATS: {}},
            ".config/gajim",
        ),
        ".local/share/psi/profiles/me/history/history.db": Place(
            _talks(chat_stores.psi_history), Store.SQLITE, {CHATS: _TWO}
        ),
        ".Skype/me/main.db": Place(
            _talks(chat_stores.skype), Store.SQLITE, {CHATS: _TWO}
        ),
        ".purple/prefs.xml": Place(_purple_prefs, Store.XML, {CHATS: {}}, ".purple"),
        ".purple/accounts.xml": Place(
            lambda path: write_pidgin_accounts(path, [("me", "v")]),
            Store.XML,
            {PASSWORDS: {"logins": 1}},
        ),
        ".config/hexchat/hexchat.conf": Place(
            _settings, Store.TEXT, {CHATS: {}}, ".config/hexchat"
        ),
        ".local/share/epiphany/ephy-history.db": Place(
            _epiphany, Store.SQLITE, {HISTORY: ONE_PAGE}
        ),
    },
    Platform.MACOS: {
        "Library/Safari/History.db": Place(_safari, Store.SQLITE, {HISTORY: ONE_PAGE}),
        "Library/Safari/Downloads.plist": Place(
            _with_safari, Store.PLIST, {HISTORY: {"downloads": 1}}
        ),
        "Library/Preferences/com.apple.Safari.plist": Place(
            _safari_settings, Store.PLIST, {HISTORY: {}, WORDS: {}, PASSWORDS: {}}
        ),
        "Library/Messages/chat.db": Place(
            _talks(chat_stores.apple_messages), Store.SQLITE, {CHATS: _TWO}
        ),
        f"{_GROUP}/ChatStorage.sqlite": Place(
            _talks(chat_stores.whatsapp), Store.SQLITE, {CHATS: _TWO}
        ),
        "Library/Application Support/Adium 2.0/Users/Default/Logging.plist": Place(
            _adium,
            Store.PLIST,
            {CHATS: {}},
            "Library/Application Support/Adium 2.0/Users/Default",
        ),
    },
    Platform.WINDOWS: {
        "NTUSER.DAT": Place(
            _hive, Store.HIVE, {WORDS: {"suggestions": 1}, PASSWORDS: {"logins": 1}}
        ),
        _TELEPHONE: Place(_talks(chat_stores.phone_link), Store.SQLITE, {CHATS: _TWO}),
        "AppData/Roaming/Skype/me/main.db": Place(
            _talks(chat_stores.skype), Store.SQLITE, {CHATS: _TWO}
        ),
    },
}
