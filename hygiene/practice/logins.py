"""Stores of sign-ins beside the browsers' usual ones, and what other programs keep."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hygiene.practice.records import Tables
from hygiene.practice.times import unix_microseconds, webkit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

__all__ = [
    "EXPORT_LINES",
    "write_account_logins",
    "write_key_store",
    "write_keyring",
    "write_login_backup",
    "write_login_database",
    "write_never_saved",
    "write_old_logins",
    "write_password_export",
    "write_pidgin_accounts",
]


def write_account_logins(
    path: Path, logins: Iterable[tuple[str, str]], at: datetime
) -> Path:
    """A Chromium store under another name (`Login Data For Account`, `Ya Passman Data`):
    realm and account name.
    """
    store = Tables("chromium-login-data-43")
    for realm, account in logins:
        store.add(
            "logins",
            origin_url=realm,
            signon_realm=realm,
            username_value=account,
            date_created=webkit(at),
            date_last_used=webkit(at),
            blacklisted_by_user=0,
            scheme=0,
        )
    return store.write(path, page_size=2048)


def write_old_logins(folder: Path, logins: Iterable[tuple[str, str]]) -> Path:
    """`Login Data` as Chromium wrote it until 2013: times in seconds since 1970."""
    store = Tables("chromium-login-data-3")
    for realm, account in logins:
        store.add(
            "logins",
            origin_url=realm,
            signon_realm=realm,
            username_value=account,
            ssl_valid=1,
            preferred=1,
            date_created=1_350_000_000,
            blacklisted_by_user=0,
            scheme=0,
        )
    return store.write(folder / "Login Data", page_size=2048)


def write_login_backup(folder: Path, logins: Iterable[tuple[str, str]]) -> Path:
    """Firefox's older copy of its list: site and guid."""
    path = folder / "logins-backup.json"
    records = [
        {"hostname": site, "guid": guid, "encryptedUsername": "", "timeCreated": 0}
        for site, guid in logins
    ]
    path.write_text(json.dumps({"logins": records, "version": 3}), "utf-8")
    return path


def write_login_database(
    folder: Path,
    local: Iterable[tuple[str, str]],
    mirror: Iterable[tuple[str, str]],
    at: datetime,
    *,
    overridden: Iterable[str] = (),
    secret: str = "MDoE",
) -> Path:
    """Firefox's newer `logins.db`: rows (site, guid) changed here, and rows as the
    account has them, of which those in `overridden` no longer count.
    """
    store = Tables("firefox-logins-db-5")
    milliseconds = unix_microseconds(at) // 1000
    replaced = frozenset(overridden)
    for table, rows in (("loginsL", local), ("loginsM", mirror)):
        for site, guid in rows:
            mirrored = {"server_modified": 0, "is_overridden": int(guid in replaced)}
            store.add(
                table,
                origin=site,
                guid=guid,
                secFields=secret,
                timeCreated=milliseconds,
                timeLastUsed=milliseconds,
                timePasswordChanged=milliseconds,
                **(mirrored if table == "loginsM" else {}),
            )
    return store.write(folder / "logins.db", page_size=32768, user_version=5)


def write_never_saved(folder: Path, origins: Iterable[str], at: datetime) -> Path:
    """Firefox's sites where saving is off, beside a permission of another kind."""
    store = Tables("firefox-permissions-13")
    milliseconds = unix_microseconds(at) // 1000
    denied = [(each, "login-saving", 2) for each in origins]
    for origin, kind, permission in [("https://ok.example", "geo", 1), *denied]:
        store.add(
            "moz_perms",
            origin=origin,
            type=kind,
            permission=permission,
            expireType=0,
            expireTime=0,
            modificationTime=milliseconds,
        )
    return store.write(folder / "permissions.sqlite", page_size=32768, user_version=13)


_HMAC_SHA256 = bytes.fromhex("300a06082a864886f70d0209")
_AES256 = bytes.fromhex("300d060960864801650304012a0400")
_PBES2 = bytes.fromhex("06092a864886f70d01050d")
_PBKDF2 = bytes.fromhex("06092a864886f70d01050c")
_SHA1_TRIPLE_DES = bytes.fromhex("060b2a864886f70d010c050103")
_SALT = bytes(32)
_LONG_FORM = 0x80


def write_key_store(folder: Path, times: int, *, before_2020: bool = False) -> Path:
    """Firefox's `key4.db` whose primary password is hashed so often: 1 without one and
    10,000 with one, always 1 `before_2020` (NSS 3.48).
    """
    store = Tables("firefox-key4")
    store.add("metaData", id="password", item1=_SALT, item2=_entry(times, before_2020))
    return store.write(folder / "key4.db", page_size=32768)


def _entry(times: int, before_2020: bool) -> bytes:
    number = _der(0x02, times.to_bytes(times.bit_length() // 8 + 1))
    if before_2020:
        algorithm = _SHA1_TRIPLE_DES + _der(0x30, _der(0x04, _SALT) + number)
    else:
        length = _der(0x02, bytes([32]))
        hashing = _der(0x30, _der(0x04, _SALT) + number + length + _HMAC_SHA256)
        algorithm = _PBES2 + _der(0x30, _der(0x30, _PBKDF2 + hashing) + _AES256)
    return _der(0x30, _der(0x30, algorithm) + _der(0x04, bytes(16)))


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    length = bytes([size]) if size < _LONG_FORM else bytes([_LONG_FORM + 1, size])
    return bytes([tag]) + length + content


def write_pidgin_accounts(
    path: Path, accounts: Iterable[tuple[str, str | None]]
) -> Path:
    """Pidgin's list of accounts: names, each with its password if it is kept."""
    lines = ["<?xml version='1.0' encoding='UTF-8' ?>", "<account version='1.0'>"]
    for name, password in accounts:
        kept = "" if password is None else f"<password>{password}</password>"
        lines.append(
            f"<account><protocol>prpl-jabber</protocol><name>{name}</name>{kept}"
            "<settings><setting name='password'>x</setting></settings></account>"
        )
    lines.append("</account>")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), "utf-8")
    return path


def write_keyring(path: Path, *, locked: bool) -> Path:
    """A file of GNOME's keyring, with a password or without."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if locked:
        path.write_bytes(b"GnomeKeyring\n\r\0\n" + bytes(64))
    else:
        path.write_text("[keyring]\ndisplay-name=login\n\n[1]\nsecret=hunter2\n")
    return path


EXPORT_LINES = {
    "chrome": "name,url,username,password,note",
    "firefox": '"url","username","password","httpRealm","formActionOrigin","guid",'
    '"timeCreated","timeLastUsed","timePasswordChanged"',
    "safari": "Title,URL,Username,Password,Notes,OTPAuth",
    "bitwarden": "folder,favorite,type,name,notes,fields,reprompt,login_uri,"
    "login_username,login_password,login_totp",
    "keepass": '"Account","Login Name","Password","Web Site","Comments"',
    "keepassxc": '"Group","Title","Username","Password","URL","Notes"',
    "lastpass": "url,username,password,totp,extra,name,grouping,fav",
}
"""First lines of password lists, by the program that writes them."""


def write_password_export(path: Path, program: str, *rows: str) -> Path:
    """A list of passwords as that program writes it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join((EXPORT_LINES[program], *rows)) + "\n", "utf-8")
    return path
