"""Homes whose shape is the attack: very deep, very many, holding themselves."""

from __future__ import annotations

import os
import plistlib
import struct
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

import cramjam

from hygiene.contract import Platform
from hygiene.practice.hive import write_hive
from tests.hostile import endless
from tests.hostile.files import CHROMIUM, FIREFOX, written

__all__ = ["SHAPES", "Shape"]

Shape: TypeAlias = Callable[[Path], Platform | None]
"""Writes a home of that shape; the system it belongs to, where that is not Linux."""

_PAGE = 4096


def documents_100_000_deep(home: Path) -> None:
    """Every JSON document that is read."""
    lists, members = b"[" * 100_000, b'{"logins":' * 100_000
    written(home / CHROMIUM / "Preferences", lists)
    written(home / ".config/chromium/Local State", members)
    written(home / FIREFOX / "prefs.js", "")
    written(home / FIREFOX / "logins.json", members)
    written(home / FIREFOX / "autofill-profiles.json", lists + b"]" * 100_000)
    written(home / FIREFOX / "sessionstore.jsonlz4", _packed(lists))
    written(home / "Pictures/a.jpg.json", lists)


def _packed(text: bytes) -> bytes:
    block = bytes(cramjam.lz4.compress_block(text, store_size=False))
    return b"mozLz40\0" + len(text).to_bytes(4, "little") + block


def documents_that_unpack(home: Path) -> None:
    """Half a megabyte that is 128 MB, or says it is 4 GB; a million of values."""
    written(home / FIREFOX / "prefs.js", "")
    tabs = b'{"windows":[{"tabs":[' + b" " * ((128 << 20) - 100) + b"]}]}"
    written(home / FIREFOX / "sessionstore.jsonlz4", _packed(tabs))
    claims = b"mozLz40\0\xff\xff\xff\xff" + bytes(1000)
    written(home / FIREFOX / "sessionstore-backups/recovery.jsonlz4", claims)
    values = b",".join(b'"%060d"' % number for number in range(990_000))
    for name in ("Default", "Profile 1"):
        written(home / ".config/chromium" / name / "Preferences", b"[" + values + b"]")


def lists_that_hold_themselves(home: Path) -> Platform:
    """Property lists in a ring, and ones whose lists all stand in the same bytes."""
    ring = _binary([b"\xd1\1\2", b"\x5f\x10\x0fDownloadHistory", b"\xa2\0\2"])
    bomb = _binary(
        [b"\xaf\x12" + struct.pack(">I", 1 << 20) + bytes(range(200)) * 5243], times=200
    )
    deep = plistlib.dumps({}, fmt=plistlib.FMT_XML).replace(
        b"<dict/>", b"<array>" * 100_000 + b"</array>" * 100_000
    )
    library = home / "Library"
    adium = library / "Application Support/Adium 2.0/Users"
    for number, content in enumerate((ring, bomb, deep, _XML_BOMB)):
        written(library / f"Safari/Profiles/{number}/Downloads.plist", content)
        written(adium / f"{number}/Logging.plist", content)
    written(library / "Safari/Downloads.plist", bomb)
    written(library / "Preferences/com.apple.Safari.plist", ring)
    written(library / "Preferences/com.apple.MobileSMS.plist", bomb)
    (library / "Messages").mkdir()
    return Platform.MACOS


def _binary(objects: Iterable[bytes], times: int = 1) -> bytes:
    """A binary property list of these objects, each of them named so many times."""
    body, offsets = b"bplist00", []
    for each in objects:
        offsets += [len(body)] * times
        body += each
    table = b"".join(offset.to_bytes(4) for offset in offsets)
    return body + table + struct.pack(">6xBBQQQ", 4, 1, len(offsets), 0, len(body))


_XML_BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b0 "billions">%s]><account>&b12;</account>'
    % b"".join(
        b'<!ENTITY b%d "%s">' % (number, b"&b%d;" % (number - 1) * 10)
        for number in range(1, 13)
    )
)


def xml_that_grows(home: Path) -> None:
    """Entities of entities; elements without end, beside and inside one another."""
    written(home / ".purple/accounts.xml", _XML_BOMB)
    written(home / ".purple/prefs.xml", _XML_BOMB)
    psi = home / ".local/share/psi/profiles"
    config = home / ".config/psi/profiles"
    for name, content in {
        "bomb": _XML_BOMB,
        "deep": b"<a>" * 1_000_000,
        "wide": b"<a>" + b"<log/>" * 690_000 + b"</a>",
        "long": b"<a b='" + b"x" * 4_000_000 + b"'/>",
    }.items():
        (psi / name / "history").mkdir(parents=True)
        written(config / name / "accounts.xml", content)


def settings_of_a_million_lines(home: Path) -> None:
    """`prefs.js` of a million openings and of one line; other settings as large."""
    firefox = home / ".config/mozilla/firefox"
    written(firefox / "a.many/prefs.js", b'user_pref("' * 700_000)
    written(firefox / "a.more/prefs.js", b'user_pref("' * 1_000_000)
    written(firefox / "a.line/prefs.js", b'user_pref("a", "' + b"x" * (50 << 20))
    written(home / ".thunderbird/a/prefs.js", b'user_pref("' * 300_000)
    written(home / ".config/hexchat/hexchat.conf", b"\n" * (4 << 20))
    written(home / ".irssi/config", b";" * (4 << 20))
    written(home / ".xchat2/xchat.conf", b"a=" * (2 << 20))
    names = "".join(f"{number:x}=\n" for number in range(500_000))
    written(home / ".config/weechat/logger.conf", "[file]\n" + names)
    (home / "irclogs").mkdir()


def profiles_by_the_million(home: Path) -> None:
    """`profiles.ini` of a million sections, and of as many as are read."""
    some = "".join(
        f"[Profile{number}]\nIsRelative=0\nPath=/{'a/' * 30}{number}\n"
        for number in range(600)
    )
    relative = "".join(f"[Profile{n}]\nPath=a{n}\n" for n in range(1_000_000))
    written(home / ".config/mozilla/firefox/profiles.ini", some)
    written(home / ".config/librewolf/librewolf/profiles.ini", relative)
    written(home / ".zen/profiles.ini", relative[: 60 << 10])
    written(home / ".waterfox/installs.ini", "[a]\nDefault=" + "/a" * 30_000)
    path = b"/a" * 30_000
    written(
        home / ".thunderbird/profiles.ini", b"[Profile0]\nIsRelative=0\nPath=" + path
    )


def values_in_the_same_bytes(home: Path) -> Platform:
    """A registry of sixty thousand values that all stand in one megabyte, whose keys
    are their own children.
    """
    explorer = "Software\\Microsoft\\Internet Explorer"
    hive = home / "NTUSER.DAT"
    values = {f"url{number}": b"x" * 8 for number in range(60_000)}
    write_hive(hive, {f"{explorer}\\TypedURLs": values})
    data = bytearray(hive.read_bytes())
    shared = len(data) - _PAGE
    data += struct.pack("<i", -(1 << 20) - 8) + b"a" * ((1 << 20) + 4)
    at = 0
    while (at := data.find(b"vk", at)) >= 0:
        if data[at + 4 : at + 8] == b"\x08\0\0\0":
            struct.pack_into("<II", data, at + 4, 1 << 20, shared)
        at += 2
    hive.write_bytes(data)
    return Platform.WINDOWS


def keys_in_a_ring(home: Path) -> Platform:
    """A list of keys that is a part of itself."""
    explorer = "Software\\Microsoft\\Internet Explorer"
    hive = home / "NTUSER.DAT"
    write_hive(hive, {f"{explorer}\\TypedURLs": {"url1": "a"}, "Software\\b": {}})
    data = bytearray(hive.read_bytes())
    at = 0
    while (at := data.find(b"lf", at)) >= 0:
        struct.pack_into("<2sHI", data, at, b"ri", 1, at - 4 - _PAGE)
        at += 2
    hive.write_bytes(data)
    return Platform.WINDOWS


def folders_by_the_thousand(home: Path) -> None:
    """At the top, below the pictures, and as conversations; nothing is in them."""
    for number in range(20_000):
        (home / f"d{number}").mkdir()
    for number in range(20_000):
        (home / f"Pictures/d{number}").mkdir(parents=True)
    for number in range(10_000):
        (home / f".purple/logs/jabber/me/d{number}").mkdir(parents=True)


def links_without_number(home: Path) -> None:
    """To the folder they stand in, to the home, in rings, and out of the home."""
    for start in (".config", ".config/mozilla/firefox", ".config/opera", "Pictures"):
        (home / start).mkdir(parents=True)
        for number in range(1_000):
            (home / start / f"l{number}").symlink_to(".")
        for number in range(200):
            (home / start / f"up{number}").symlink_to(home)
            (home / start / f"out{number}").symlink_to("/etc")
            (home / start / f"ring{number}").symlink_to(f"ring{number + 1}")
    written(home / ".config/Local State", "{}")
    written(home / ".config/profiles.ini", "")


def _deep_folder(start: Path, depth: int) -> None:
    """Folders in folders, each with a file, deeper than a path may be long."""
    start.mkdir(parents=True)
    before = Path.cwd()
    os.chdir(start)
    try:
        for _ in range(depth):
            Path("folder").mkdir()
            os.chdir("folder")
            Path("a.jpg").write_bytes(b"")
            Path("2026-11-20.120000+0000UTC.html").write_bytes(b"")
    finally:
        os.chdir(before)


def folders_in_folders(home: Path) -> None:
    """A thousand deep."""
    for start in ("Pictures", ".purple/logs", "Downloads"):
        _deep_folder(home / start, 1_000)


SHAPES: Mapping[str, Shape] = {
    each.__name__.replace("_", " "): each
    for each in (
        endless.views_without_end,
        endless.virtual_tables,
        endless.columns_that_are_made_up,
        endless.rows_without_end,
        endless.counts_without_end,
        endless.rows_by_the_million,
        endless.joins_of_everything,
        endless.texts_that_take_long,
        documents_100_000_deep,
        documents_that_unpack,
        lists_that_hold_themselves,
        xml_that_grows,
        settings_of_a_million_lines,
        profiles_by_the_million,
        values_in_the_same_bytes,
        keys_in_a_ring,
        folders_by_the_thousand,
        links_without_number,
        folders_in_folders,
    )
}
