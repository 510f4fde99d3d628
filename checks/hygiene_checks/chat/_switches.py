"""Whether a program keeps what is said in it: read from its settings file.

Each function takes the folder with the settings and returns the switches by setting
name. Where the file, or the line in it, is missing, the program's own default counts
where it is known. Raises `CannotLook`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from hygiene.contract import CannotLook, Database, Home, SqlValue, Switch, Why
from hygiene.contract.formats import Pref, ini_sections, mozilla_prefs
from hygiene.contract.xml_elements import Seen, Step, each_element
from hygiene_checks.chat._places import there

__all__ = [
    "KEEP",
    "LOGGING",
    "SCROLLBACK",
    "SwitchesOf",
    "adium",
    "gajim",
    "hexchat",
    "hexchat_path",
    "irssi",
    "irssi_path",
    "messages",
    "nowhere_written",
    "pidgin",
    "psi",
    "thunderbird",
    "thunderbird_prefs",
    "weechat",
    "weechat_path",
    "xchat",
]

LOGGING = "chat-logging"
SCROLLBACK = "scrollback-logging"
KEEP = "keep-messages"

Switches: TypeAlias = Mapping[str, Switch]
SwitchesOf: TypeAlias = Callable[[Home, str], Switches]

_LIMIT = 4 << 20
"""Bytes of a settings file; real ones have a tenth of that."""


def _text(home: Home, path: str) -> str:
    """The file as text, "" where there is none."""
    if not there(home, path):
        return ""
    return home.read(path, limit=_LIMIT).decode("utf-8", "replace")


def _elements(home: Home, path: str, seen: Seen, *texts: str) -> None:
    """Show each element of the XML file to `seen`; none where there is no file."""
    if there(home, path):
        with home.open(path) as file:
            each_element(file, seen, texts=texts)


def _switch(on: bool | None) -> Switch:
    return Switch.UNKNOWN if on is None else Switch.ON if on else Switch.OFF


def _any(answers: Iterable[bool | None]) -> bool | None:
    """Whether one of them is on. None if none is and one is not known, or there is none."""
    known = list(answers)
    if any(known):
        return True
    return None if None in known or not known else False


def nowhere_written(_home: Home, _folder: str) -> Switches:
    """A program whose file for this is not known well enough to be read."""
    return {LOGGING: Switch.UNKNOWN}


def pidgin(home: Home, folder: str) -> Switches:
    """`prefs.xml` of Pidgin 2.14.12: `/purple/logging/log_ims` and `log_chats`, both 1
    unless changed.
    """
    found = {"log_ims": True, "log_chats": True}

    def seen(steps: Sequence[Step], _: str) -> None:
        names = [attributes.get("name", "") for _, attributes in steps]
        if names[-2:-1] == ["logging"] and names[-1] in found:
            found[names[-1]] = steps[-1][1].get("value") != "0"

    _elements(home, f"{folder}/prefs.xml", seen)
    return {LOGGING: _switch(any(found.values()))}


def adium(home: Home, folder: str) -> Switches:
    """`Logging.plist` of Adium 1.5: `Enable Logging`, true unless changed."""
    path = f"{folder}/Logging.plist"
    settings = home.plist(path) if there(home, path) else {}
    value = settings.get("Enable Logging", True) if isinstance(settings, dict) else None
    return {LOGGING: _switch(value if isinstance(value, bool) else None)}


def _values(text: str) -> dict[str, str]:
    """The values of a file without sections, by name."""
    return next(iter(ini_sections(text)))[1]


def hexchat(home: Home, folder: str) -> Switches:
    """`hexchat.conf` of HexChat 2.16.1: `irc_logging` and `text_replay`, both 1 unless
    changed; the file is absent until the first change.
    """
    values = _values(_text(home, f"{folder}/hexchat.conf"))
    return {
        LOGGING: _switch(values.get("irc_logging", "1") != "0"),
        SCROLLBACK: _switch(values.get("text_replay", "1") != "0"),
    }


def hexchat_path(home: Home, folder: str) -> str:
    """`irc_logmask` where it leads out of HexChat's own folder. "" otherwise."""
    mask = _values(_text(home, f"{folder}/hexchat.conf")).get("irc_logmask", "")
    return mask if mask.startswith(("/", "~")) else ""


def xchat(home: Home, folder: str) -> Switches:
    """`xchat.conf` of XChat 2.8: `logging` and `text_replay`."""
    values = _values(_text(home, f"{folder}/xchat.conf"))
    return {
        name: _switch(values[key] != "0" if key in values else None)
        for name, key in ((LOGGING, "logging"), (SCROLLBACK, "text_replay"))
    }


def weechat(home: Home, folder: str) -> Switches:
    """`logger.conf` of WeeChat 3.8: `[file] auto_log`, on unless changed."""
    return {LOGGING: _switch(_weechat_file(home, folder).get("auto_log") != "off")}


def weechat_path(home: Home, folder: str) -> str:
    """`[file] path` where it is not the folder of WeeChat's own data. "" if unchanged."""
    path = _weechat_file(home, folder).get("path", "").strip('"').rstrip("/")
    if not path:
        return ""
    return "" if path.startswith(("%h/", "${weechat_data_dir}/")) else f"{path}/"


def _weechat_file(home: Home, folder: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, values in ini_sections(_text(home, f"{folder}/logger.conf")):
        if name == "file":
            found |= values
    return found


_IRSSI_PARTS = re.compile(r"[{};\n]")
_IRSSI_YES = {"yes", "on", "true", "1"}


def _irssi_values(home: Home, folder: str) -> Iterator[tuple[str, str]]:
    for part in _IRSSI_PARTS.split(_text(home, f"{folder}/config")):
        name, _, value = part.partition("=")
        yield name.strip().strip('"'), value.strip().strip('"')


def irssi(home: Home, folder: str) -> Switches:
    """`config` of irssi 1.4.3: `autolog`, off unless changed, and logs of one window
    (`auto_open`).
    """
    on = any(
        value.lower() in _IRSSI_YES
        for name, value in _irssi_values(home, folder)
        if name in {"autolog", "auto_open"}
    )
    return {LOGGING: _switch(on)}


def irssi_path(home: Home, folder: str) -> str:
    """`autolog_path` as it is written: `~/irclogs/$tag/$0.log`. "" if unchanged."""
    paths = [
        value for name, value in _irssi_values(home, folder) if name == "autolog_path"
    ]
    return paths[-1] if paths else ""


def psi(home: Home, folder: str) -> Switches:
    """`accounts.xml` of Psi 1.5: `log` of each account."""
    answers: list[bool | None] = []

    def seen(steps: Sequence[Step], text: str) -> None:
        if steps[-1][0] == "log":
            answers.append({"true": True, "false": False}.get(text.strip()))

    _elements(home, f"{folder}/accounts.xml", seen, "log")
    return {LOGGING: _switch(_any(answers))}


_AGE = '"chat_history_max_age": '
_WITHOUT = '"no_log_for": "'
_NUMBER = re.compile(r"-?\d+")


def gajim(home: Home, folder: str) -> Switches:
    """`settings.sqlite` of Gajim 1.7.3: `chat_history_max_age` of each account, 0 for
    "until Gajim is closed", -1 (for ever) unless changed. Older versions also left out
    an account that was named in its own `no_log_for`.
    """
    path = f"{folder}/settings.sqlite"
    answers = home.query(path, _gajim_accounts) if there(home, path) else []
    return {LOGGING: _switch(_any(answers))}


def _gajim_accounts(database: Database) -> list[bool | None]:
    """Whether each account is kept. Its settings are one text that can also hold a
    password, so only the few characters after the one name are selected.
    """
    if not {"account", "settings"} <= database.columns("account_settings"):
        raise CannotLook(Why.UNKNOWN_FORMAT)
    return [
        _keeps(*row)
        for row in database.rows(
            "SELECT instr(settings, ?1),"
            " substr(settings, instr(settings, ?1) + length(?1), 10),"
            " instr(settings, ?2 || substr(account, 1, 1000)) FROM account_settings",
            (_AGE, _WITHOUT),
        )
    ]


def _keeps(has_age: SqlValue, age: SqlValue, without: SqlValue) -> bool:
    number = _NUMBER.match(str(age)) if has_age else None
    return not without and (number is None or int(number[0]) != 0)


def thunderbird(home: Home, folder: str) -> Switches:
    """Thunderbird 153: `purple.logging.log_ims` and `log_chats`, both true unless
    changed.
    """
    prefs = thunderbird_prefs(home, folder)
    names = ("purple.logging.log_ims", "purple.logging.log_chats")
    return {LOGGING: _switch(any(prefs.get(each, True) is not False for each in names))}


def thunderbird_prefs(home: Home, folder: str) -> dict[str, Pref]:
    """`prefs.js` of a profile, and `user.js`, which wins. Raises `CannotLook`."""
    prefs = mozilla_prefs(_text(home, f"{folder}/prefs.js"))
    return prefs | mozilla_prefs(_text(home, f"{folder}/user.js"))


_MESSAGES = (
    "Library/Preferences/com.apple.MobileSMS.plist",
    "Library/Containers/com.apple.MobileSMS/Data/Library/Preferences/com.apple.MobileSMS.plist",
    "Library/Preferences/com.apple.iChat.plist",
)


def messages(home: Home, _folder: str) -> Switches:
    """`KeepMessageForDays` of Apple's Messages, `SSKeepMessages` since macOS 14: 0 keeps
    them for ever, 30 and 365 for so many days. Where neither stands, newer versions may
    ask the phone: unknown.
    """
    for path in _MESSAGES:
        settings = home.plist(path) if there(home, path) else None
        if not isinstance(settings, dict):
            continue
        for key in ("KeepMessageForDays", "SSKeepMessages"):
            days = settings.get(key)
            if isinstance(days, int):
                return {KEEP: _switch(days == 0)}
    return {KEEP: Switch.UNKNOWN}
