"""Made-up logs and settings of chat programs, and folders of chat services."""

from __future__ import annotations

import plistlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hygiene.contract import Platform
from hygiene.practice import chat_stores
from hygiene.practice.chat_stores import SAID, Talks
from hygiene.practice.chromium import USER_DATA

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "SAID",
    "adium_logs",
    "adium_settings",
    "chromium_storage",
    "electron_app",
    "firefox_storage",
    "log_file",
    "purple_logs",
    "purple_prefs",
    "sample",
    "thunderbird",
]


def log_file(path: Path, said: str = SAID) -> Path:
    """One log of any program that writes plain text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"04:10 < ann> {said}\n", "utf-8")
    return path


def purple_logs(
    folder: Path,
    talks: Talks,
    *,
    account: str = "me@chat.example",
    ending: str = ".html",
) -> Path:
    """Logs below `folder` as Pidgin 2.14.12 and Thunderbird 153 write them. A person or
    room is a folder's name; a room's ends with `.chat`.
    """
    zone = "UTC" if ending != ".json" else ""
    for name, times in talks.items():
        for at in times:
            log = f"{at:%Y-%m-%d.%H%M%S}+0000{zone}{ending}"
            log_file(folder / "jabber" / account / name / log)
    return folder


def purple_prefs(folder: Path, *, ims: bool = True, chats: bool = True) -> Path:
    """`prefs.xml` of Pidgin 2.14.12."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "prefs.xml"
    path.write_text(
        f"""<?xml version='1.0' encoding='UTF-8' ?>

<pref version='1' name='/'>
	<pref name='purple'>
		<pref name='logging'>
			<pref name='log_ims' type='bool' value='{ims:d}'/>
			<pref name='log_chats' type='bool' value='{chats:d}'/>
			<pref name='log_system' type='bool' value='0'/>
			<pref name='format' type='string' value='html'/>
		</pref>
	</pref>
</pref>
""",
        "utf-8",
    )
    return path


def adium_logs(user: Path, talks: Talks) -> Path:
    """Logs of one of Adium's users (Adium 1.5)."""
    for name, times in talks.items():
        for at in times:
            log = f"{name} ({at:%Y-%m-%dT%H.%M.%S}+0000)"
            folder = user / "Logs/Jabber.me@chat.example" / name / f"{log}.chatlog"
            log_file(folder / f"{log}.xml")
    return user


def adium_settings(user: Path, *, logging: bool) -> Path:
    """`Logging.plist` of Adium 1.5."""
    user.mkdir(parents=True, exist_ok=True)
    path = user / "Logging.plist"
    path.write_bytes(plistlib.dumps({"Enable Logging": logging}))
    return path


def thunderbird(profile: Path, talks: Talks, prefs: Mapping[str, str]) -> Path:
    """A profile of Thunderbird 153 with one chat account; `prefs` are written as they
    stand in the file (`"true"`).
    """
    purple_logs(profile / "logs", talks, ending=".json")
    lines = {"messenger.accounts": '"account1"', **prefs}
    (profile / "prefs.js").write_text(
        "// Mozilla User Preferences\n\n"
        + "".join(f'user_pref("{key}", {value});\n' for key, value in lines.items()),
        "utf-8",
    )
    return profile


def electron_app(folder: Path) -> Path:
    """The folder of a chat service's app: its mark and what holds its sign-in."""
    (folder / "Local Storage/leveldb").mkdir(parents=True, exist_ok=True)
    (folder / "Local Storage/leveldb/000003.log").write_text(SAID, "utf-8")
    (folder / "Local State").write_text("{}", "utf-8")
    (folder / "config.json").write_text(f'{{"key": "{SAID}"}}', "utf-8")
    return folder


def chromium_storage(user_data: Path, host: str, profile: str = "Default") -> Path:
    """What Chromium 156 keeps for the pages of a host, in names of folders."""
    stored = user_data / profile / "IndexedDB"
    for ending in ("leveldb", "blob"):
        folder = stored / f"https_{host}_0.indexeddb.{ending}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "000003.log").write_text(SAID, "utf-8")
    (user_data / "Local State").touch()
    return stored


def firefox_storage(profile: Path, host: str, suffix: str = "") -> Path:
    """The same of Firefox 153; `suffix` tells containers and partitions apart."""
    stored = profile / "storage/default" / f"https+++{host}{suffix}"
    (stored / "idb").mkdir(parents=True, exist_ok=True)
    (stored / "ls").mkdir(exist_ok=True)
    (stored / "ls/data.sqlite").write_text(SAID, "utf-8")
    return stored


_PURPLE = {Platform.LINUX: ".purple", Platform.WINDOWS: "AppData/Roaming/.purple"}
_SIGNAL = {
    Platform.LINUX: ".config/Signal",
    Platform.MACOS: "Library/Application Support/Signal",
    Platform.WINDOWS: "AppData/Roaming/Signal",
}


def sample(root: Path, platform: Platform, now: datetime) -> None:
    """A few of each kind below `root`: logs, a store, an app, use in a browser."""
    talks = {
        "ann@chat.example": [now - timedelta(days=each, hours=2) for each in (1, 3, 8)],
        "garden.chat": [now - timedelta(days=5)],
    }
    if platform is Platform.MACOS:
        user = root / "Library/Application Support/Adium 2.0/Users/Default"
        adium_logs(user, talks)
        adium_settings(user, logging=True)
        chat_stores.apple_messages(root / "Library/Messages/chat.db", talks)
    else:
        purple = root / _PURPLE[platform]
        purple_logs(purple / "logs", talks)
        purple_prefs(purple)
    if platform is Platform.LINUX:
        chat_stores.gajim(root / ".local/share/gajim/logs.db", talks, wal=True)
    if platform is Platform.WINDOWS:
        chat_stores.skype(root / "AppData/Roaming/Skype/me/main.db", talks)
    electron_app(root / _SIGNAL[platform])
    chromium_storage(root / USER_DATA[platform], "web.whatsapp.com")
