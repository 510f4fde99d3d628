"""Plants texts in all that programs keep, so that one that is read too much is seen.

Each says where it stands: `planted:History.urls.title`.
"""

from __future__ import annotations

import json
import plistlib
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hygiene.contract import Platform
from hygiene.practice import chats
from hygiene.practice.firefox import write_jsonlz4
from hygiene.practice.hive import write_hive
from hygiene.practice.home import build
from hygiene.practice.logins import write_keyring, write_password_export
from hygiene.practice.picture_files import exif_block, xmp_packet
from tests.hostile.once import PLACES
from tests.hostile.profiles import FAMILIES

__all__ = ["MARK", "ON_REQUEST", "home_of_secrets", "planted_in"]

MARK = "planted:"
ON_REQUEST = frozenset(
    {
        "Login Data.logins.username_value",
        "Web Data.autofill.value",
        "Web Data.autocomplete.value",
        "formhistory.sqlite.moz_formhistory.value",
    }
)
"""What the inside of a trace may show: account names that stand in plain, form words."""

_SITES: Mapping[str, str] = {
    "urls": "url",
    "moz_places": "url",
    "history_items": "url",
    "history": "url",
    "logins": "signon_realm",
    "moz_perms": "origin",
    "autofill_exceptions": "server",
}
"""Columns with addresses, whose host may be told, by table."""

_NAMES = frozenset(
    {
        *("autofill.name", "autocomplete.name", "moz_formhistory.fieldname"),
        "autofill.server",
        *("jids.jid", "contacts.jid", "Conversations.identity", "remote.jid"),
        *("chat.chat_identifier", "ZWACHATSESSION.ZCONTACTJID", "imConversations.path"),
        # Without these nothing is counted.
        *(
            "moz_perms.type",
            "moz_anno_attributes.name",
            "metaData.id",
            "metaData.item2",
        ),
        *("account_settings.settings", "events.date"),
    }
)
"""Columns that may be told, or that say what a row is."""

_TEXTS = ("TEXT", "CHAR", "BLOB", "STRING")


def home_of_secrets(root: Path, platform: Platform) -> None:
    """A home with every kind of store, secrets and words all over it."""
    build(root, platform, datetime.now(UTC))
    for path, place in PLACES[platform].items():
        if path != "NTUSER.DAT":
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            place.write(root / path)
    if platform is Platform.LINUX:
        for _, folder, write, _ in FAMILIES.values():
            write(root / folder / "more.default")
    for each in sorted(root.rglob("*")):
        if each.is_file() and each.read_bytes().startswith(b"SQLite format 3"):
            _in_store(each)
    _in_files(root, platform)


def _in_store(path: Path) -> None:
    with closing(sqlite3.connect(path)) as store:
        tables = "SELECT name FROM sqlite_schema WHERE type = 'table'"
        for (table,) in store.execute(tables).fetchall():
            if table not in {"meta", "system"} and not table.startswith("sqlite_"):
                _in_table(store, path.name, table)
        store.commit()


def _in_table(store: sqlite3.Connection, name: str, table: str) -> None:
    with suppress(sqlite3.Error):
        if not store.execute(f'SELECT 1 FROM "{table}"').fetchone():
            store.execute(f'INSERT INTO "{table}" DEFAULT VALUES')
    for _, column, kind, *_ in store.execute(
        f'PRAGMA table_info("{table}")'
    ).fetchall():
        if f"{table}.{column}" in _NAMES:
            continue
        text = f"{MARK}{name}.{table}.{column}"
        if _SITES.get(table) == column:
            new = (
                f"replace({column}, '://', '://{text}.user:{text}.secret@')"
                f" || '/{text}.path?{text}.query#{text}.end'"
            )
        else:
            new = f"'{text} ' || rowid"
        empty = "'null'" if any(each in kind.upper() for each in _TEXTS) else "'text'"
        with suppress(sqlite3.Error):
            store.execute(
                f'UPDATE OR IGNORE "{table}" SET "{column}" = {new}'
                f" WHERE typeof(\"{column}\") IN ('text', 'blob', {empty})"
            )


def _text(place: str) -> str:
    return f"{MARK}{place}"


def _everything(place: str, *names: str) -> dict[str, Any]:
    return {name: _text(f"{place}.{name}") for name in names}


def _written(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


_CHROMIUM = {
    Platform.LINUX: ".config/chromium",
    Platform.MACOS: "Library/Application Support/Google/Chrome",
    Platform.WINDOWS: "AppData/Local/Google/Chrome/User Data",
}
_FIREFOX = {
    Platform.LINUX: ".config/mozilla/firefox/made0up1.default-release",
    Platform.MACOS: "Library/Application Support/Firefox/Profiles"
    "/made0up1.default-release",
    Platform.WINDOWS: "AppData/Roaming/Mozilla/Firefox/Profiles"
    "/made0up1.default-release",
}


def _in_files(root: Path, platform: Platform) -> None:
    chromium, firefox = root / _CHROMIUM[platform], root / _FIREFOX[platform]
    person = _everything("account", "email", "full_name", "gaia", "token")
    preferences = {
        "account_info": [person],
        "profile": {"name": _text("profile"), **person},
        "session": {"restore_on_startup": 1, "startup_urls": [_text("start")]},
        _text("member"): _text("value"),
    }
    _written(chromium / "Default/Preferences", json.dumps(preferences))
    _written(chromium / "Local State", json.dumps({"profile": person}))
    _written(chromium / "Default/Bookmarks", json.dumps(person))
    for name in ("Sessions/Session_1", "Current Tabs", "Local Storage/leveldb/1.log"):
        _written(chromium / "Default" / name, _text(name))
    _cookies(chromium / "Default/Network/Cookies", "cookies")
    _cookies(firefox / "cookies.sqlite", "moz_cookies")
    _in_firefox(firefox)
    _in_pictures(root / "Pictures")
    write_password_export(
        root / "Downloads/list.csv",
        "chrome",
        *(",".join([_text("export")] * 5) for _ in range(3)),
    )
    {
        Platform.LINUX: _on_linux,
        Platform.MACOS: _on_macos,
        Platform.WINDOWS: _on_windows,
    }[platform](root)


def _cookies(path: Path, table: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as store:
        store.execute(f"CREATE TABLE {table}(host_key, name, value, encrypted_value)")
        row = [_text(f"cookie.{each}") for each in ("host", "name", "value", "sealed")]
        store.execute(f"INSERT INTO {table} VALUES(?, ?, ?, ?)", row)
        store.commit()


def _in_firefox(folder: Path) -> None:
    login = {
        "id": 1,
        "hostname": f"https://{_text('user')}:{_text('secret')}@forum.example",
        "guid": "{1}",
        "timeCreated": 1_700_000_000_000,
        **_everything("login", "httpRealm", "formSubmitURL", "usernameField"),
        **_everything("login", "encryptedUsername", "encryptedPassword"),
    }
    logins = {"logins": [login], "version": 3, _text("member"): _text("value")}
    _written(folder / "logins.json", json.dumps(logins))
    _written(
        folder / "logins-backup.json", json.dumps(logins | {"logins": [login] * 2})
    )
    tab = {
        "entries": [
            {"url": f"https://forum.example/{_text('path')}", "title": _text("t")}
        ],
        "formdata": {"id": {"name": _text("formdata")}},
        "userTypedValue": _text("typed"),
    }
    session = {"windows": [{"tabs": [tab]}], "cookies": [{"value": _text("cookie")}]}
    write_jsonlz4(folder / "sessionstore.jsonlz4", session)
    _written(folder / "signedInUser.json", json.dumps(_everything("sync", "email")))
    names = _everything("person", "name", "street-address", "tel", "cc-number", "other")
    filled = {"version": 1, "addresses": [names], "creditCards": [names]}
    _written(folder / "autofill-profiles.json", json.dumps(filled))
    prefs = {
        "services.sync.username": _text("prefs"),
        _text("prefs.name"): True,
        "browser.startup.page": 3,
    }
    lines = [f'user_pref("{key}", {json.dumps(prefs[key])});' for key in prefs]
    _written(folder / "prefs.js", "\n".join(lines))


def _in_pictures(folder: Path) -> None:
    comment = _text("comment").encode()
    note = (0x9286, 2, len(comment) + 1, comment + b"\0")
    block = b"Exif\0\0" + exif_block((12.0, 13.0), more=[note])
    packet = xmp_packet((12.0, 13.0)).replace(b"</", comment + b"</", 1)
    app = b"\xff\xe1" + (len(block) + 2).to_bytes(2) + block
    _written(folder / "words.jpg", b"\xff\xd8" + app + b"\xff\xd9")
    _written(folder / "words.jpg.xmp", packet)
    place = {"latitude": 12.0, "longitude": 13.0}
    people = [_everything("person", "name")]
    account = {"title": _text("title"), "people": people, "geoData": place}
    _written(
        folder / "other.jpg.json", json.dumps(account | {"description": _text("d")})
    )


def _on_linux(root: Path) -> None:
    write_keyring(root / ".local/share/keyrings/login.keyring", locked=False)
    with (root / ".local/share/keyrings/login.keyring").open("a") as file:
        file.write(f"secret={_text('keyring')}\n")
    account = f"<name>{_text('name')}</name><password>{_text('password')}</password>"
    _written(
        root / ".purple/accounts.xml",
        f"<account><account><alias>{_text('alias')}</alias>{account}</account></account>",
    )
    _written(
        root / ".config/hexchat/hexchat.conf", f"irc_user_name = {_text('nick')}\n"
    )
    _written(root / ".config/hexchat/servlist.conf", f"P={_text('password')}\n")
    (root / "irclogs").mkdir()
    _written(
        root / ".irssi/config", f'password = "{_text("irssi")}"; autolog = "yes";\n'
    )
    psi = f"<accounts><a><log>true</log><password>{_text('psi')}</password></a></accounts>"
    _written(root / ".local/share/psi/profiles/me/history/x.history", _text("psi"))
    _written(root / ".config/psi/profiles/me/accounts.xml", psi)
    settings = {"password": _text("gajim"), "chat_history_max_age": -1}
    with closing(sqlite3.connect(root / ".config/gajim/settings.sqlite")) as store:
        row = (_text("account"), json.dumps(settings))
        store.execute("INSERT OR REPLACE INTO account_settings VALUES(?, ?)", row)
        store.commit()
    chats.log_file(root / ".purple/logs/irc/me/ann/2026-11-20.120000+0000UTC.txt", MARK)
    mail = root / ".thunderbird/a.default"
    day = datetime(2026, 11, 20, tzinfo=UTC)
    chats.thunderbird(mail, {"ann": [day]}, {"mail.name": f'"{_text("mail")}"'})
    with closing(sqlite3.connect(mail / "global-messages-db.sqlite")) as store:
        store.executescript(
            "CREATE TABLE imConversations(id, title, time, path);"
            "CREATE TABLE messagesText_content(docid, c0body, c1subject);"
            f"INSERT INTO imConversations VALUES(1, '{MARK}', 2, 'irc/me/ann/1.json');"
            f"INSERT INTO messagesText_content VALUES(1, '{MARK}', '{MARK}subject');"
        )
        store.commit()


def _on_macos(root: Path) -> None:
    settings = _everything("safari", "HomePage", "RecentSearchStrings")
    settings |= {"AutoFillPasswords": True, "HistoryAgeInDaysLimit": 30}
    _written(
        root / "Library/Preferences/com.apple.Safari.plist", plistlib.dumps(settings)
    )
    entry = _everything("download", "DownloadEntryURL", "DownloadEntryPath")
    _written(
        root / "Library/Safari/Downloads.plist",
        plistlib.dumps({"DownloadHistory": [entry, {_text("key"): _text("value")}]}),
    )
    _written(root / "Library/Safari/Form Values", _text("form"))
    _written(root / "Library/Keychains/login.keychain-db", _text("keychain"))
    user = root / "Library/Application Support/Adium 2.0/Users/Default"
    _written(user / "Accounts.plist", plistlib.dumps(_everything("adium", "password")))


def _on_windows(root: Path) -> None:
    explorer = "Software\\Microsoft\\Internet Explorer"
    values = _everything("registry", "a", "b")
    write_hive(
        root / "NTUSER.DAT",
        {
            f"{explorer}\\TypedURLs": {"url1": _text("typed"), **values},
            f"{explorer}\\IntelliForms\\Storage1": {_text("1"): _text("form").encode()},
            f"{explorer}\\IntelliForms\\Storage2": {
                _text("2"): _text("login").encode()
            },
            f"{explorer}\\Main": {"Use FormSuggest": _text("switch")},
        },
    )
    _written(root / "AppData/Roaming/Microsoft/Credentials/1A", _text("credential"))


def planted_in(root: Path) -> Iterator[Path]:
    """Files that hold a text that was planted."""
    for path in sorted(root.rglob("*")):
        if path.is_file() and MARK.encode() in path.read_bytes():
            yield path
