"""Homes in which everything that has a name has a hostile one."""

from __future__ import annotations

import json
import os
import plistlib
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from hygiene.contract import Platform
from hygiene.practice import chat_stores, chats
from hygiene.practice.chromium import ChromiumProfile
from hygiene.practice.firefox import FirefoxProfile, write_profiles_ini
from hygiene.practice.hive import write_hive
from hygiene.practice.logins import write_keyring, write_password_export
from hygiene.practice.picture_files import BUILDERS
from tests.hostile.texts import ADDRESSES, NAMES, file_name

__all__ = ["build"]

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
_HERE = (12.0, 13.0)
_CHROMIUM = {
    Platform.LINUX: ".config/chromium",
    Platform.MACOS: "Library/Application Support/Google/Chrome",
    Platform.WINDOWS: "AppData/Local/Google/Chrome/User Data",
}
_FIREFOX = {
    Platform.LINUX: ".config/mozilla/firefox",
    Platform.MACOS: "Library/Application Support/Firefox",
    Platform.WINDOWS: "AppData/Roaming/Mozilla/Firefox",
}
_LOGS = {
    Platform.LINUX: ".purple/logs/jabber/me@chat.example",
    Platform.MACOS: "Library/Application Support/Adium 2.0/Users/Default/Logs/Jabber.me",
    Platform.WINDOWS: "AppData/Roaming/.purple/logs/jabber/me@chat.example",
}


def build(root: Path, platform: Platform) -> None:
    """Write the home below `root`."""
    texts = [name.decode("utf-8", "replace") for name in NAMES]
    for name in NAMES:
        _named(root, platform, name)
    chromium = root / _CHROMIUM[platform]
    names = {
        file_name(each, ""): {"name": text}
        for each, text in zip(NAMES, texts, strict=True)
    }
    state = {"profile": {"info_cache": names}, "\x1b[2J": "\x1b[2J"}
    (chromium / "Local State").write_text(json.dumps(state), "utf-8")
    firefox = root / _FIREFOX[platform]
    (firefox / "profiles.ini").unlink(missing_ok=True)
    ini = write_profiles_ini(firefox, *texts, *(f"/elsewhere/{each}" for each in texts))
    assert ini.stat().st_size < 64 << 10
    _browser_stores(chromium / "Default", firefox / "stores.default")
    _chat_stores(root, platform, texts)
    if platform is Platform.MACOS:
        _downloads(root, texts)
    if platform is Platform.WINDOWS:
        explorer = "Software\\Microsoft\\Internet Explorer"
        urls = {f"url{n}": str(each)[:1000] for n, each in enumerate(ADDRESSES)}
        values = {text.replace("\\", ""): text for text in texts}
        write_hive(
            root / "NTUSER.DAT",
            {
                f"{explorer}\\TypedURLs": urls,
                f"{explorer}\\IntelliForms\\Storage1": values,
                **{f"Software\\{each.replace(chr(92), '')}": {} for each in texts},
            },
        )


def _named(root: Path, platform: Platform, name: bytes) -> None:
    """One profile, log, picture, list and folder of this name."""
    folder = file_name(name, "")
    page = "https://plain.example/"
    for start, profile in (
        (_CHROMIUM[platform], ChromiumProfile(root / _CHROMIUM[platform] / "new")),
        (_FIREFOX[platform], FirefoxProfile(root / _FIREFOX[platform] / "new")),
    ):
        # SQLite itself takes no names that do not decode.
        profile.visit(page, AT).write().rename(root / start / folder)
    log = _made(root / _LOGS[platform] / folder) / "2026-11-20.120000+0000UTC.html"
    log.write_bytes(b"x")
    pictures = _made(root / "Pictures" / folder)
    (pictures / file_name(name, ".jpg")).write_bytes(BUILDERS["jpg"](_HERE))
    (pictures / file_name(name, ".png")).write_bytes(b"")
    top = _made(root / folder)
    (top / file_name(name, ".jpg")).write_bytes(BUILDERS["jpg"](_HERE))
    write_password_export(root / "Downloads" / file_name(name, ".csv"), "chrome")
    (root / "Downloads" / file_name(name, " x")).symlink_to("/etc")
    os.mkfifo(root / "Downloads" / file_name(name, ".json"))
    if platform is Platform.LINUX:
        keyring = root / ".local/share/keyrings" / file_name(name, ".keyring")
        write_keyring(keyring, locked=False)
        _made(root / ".local/share/psi/profiles" / folder / "history")
        skype = chat_stores.skype(root / ".Skype/new/main.db", {"a": [AT]})
        skype.parent.rename(root / ".Skype" / folder)
        log = _made(root / ".thunderbird" / folder)
        chats.thunderbird(log, {folder: [AT]}, {})
        chats.chromium_storage(
            root / _CHROMIUM[platform], "web.whatsapp.com", profile=folder
        )


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _browser_stores(chromium: Path, firefox: Path) -> None:
    """All addresses, as pages and as sign-ins; all names, as titles and form fields."""
    profile = ChromiumProfile(chromium).setting("profile.name", "\x1b[2J")
    fox = FirefoxProfile(firefox)
    texts = [each for each in ADDRESSES if isinstance(each, str)]
    for number, address in enumerate(texts):
        title = NAMES[number % len(NAMES)].decode("utf-8", "replace")
        profile.visit(address, AT, title=title).login(address, title, AT)
        fox.visit(address, AT, title=title).login(address[:10_000], AT)
        fox.never_save(address[:1_000_000])
    for each in NAMES:
        field = each.decode("utf-8", "replace")
        profile.form_word(field, field, AT)
        fox.form_word(field, field, AT)
    profile.form_word("f" * 1_000_000, "w" * 1_000_000, AT)
    fox.open_tabs(*texts[:20]).write()
    profile.write()
    for store, table, column in (
        (chromium / "History", "urls", "url"),
        (chromium / "Login Data", "logins", "signon_realm"),
        (chromium / "Web Data", "autofill", "name"),
        (firefox / "places.sqlite", "moz_places", "url"),
        (firefox / "formhistory.sqlite", "moz_formhistory", "fieldname"),
    ):
        _put_bytes(store, table, column)


def _put_bytes(path: Path, table: str, column: str) -> None:
    """Texts that are not in their encoding, in place of the first ones."""
    undecodable = [each for each in (*ADDRESSES, *NAMES) if isinstance(each, bytes)]
    with closing(sqlite3.connect(path)) as store:
        rows = store.execute(f"SELECT rowid FROM {table} LIMIT -1 OFFSET 18").fetchall()
        for (row,), text in zip(rows, undecodable, strict=False):
            store.execute(
                f"UPDATE {table} SET {column} = CAST(? AS TEXT) WHERE rowid = ?",
                (text, row),
            )
        store.commit()


def _chat_stores(root: Path, platform: Platform, texts: list[str]) -> None:
    talks = {each: [AT] for each in (*texts, "p" * 1_000_000)}
    match platform:
        case Platform.LINUX:
            chat_stores.gajim(root / ".local/share/gajim/logs.db", talks)
        case Platform.MACOS:
            chat_stores.apple_messages(root / "Library/Messages/chat.db", talks)
        case Platform.WINDOWS:
            chat_stores.skype(root / "AppData/Roaming/Skype/me/main.db", talks)


def _downloads(root: Path, texts: list[str]) -> None:
    plain = [each for each in texts if each.isprintable()]
    entries = [{"DownloadEntryURL": text, text: text} for text in plain]
    path = _made(root / "Library/Safari") / "Downloads.plist"
    path.write_bytes(plistlib.dumps({"DownloadHistory": entries}))
