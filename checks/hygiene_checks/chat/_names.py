"""Whose conversation a log file is, told by its path below the folder of logs.

Each function takes that path and returns the conversation's key: the path of what all
files of it share, without endings. The last step of a key names the person or room.
"" means a log of no conversation (of a server, of the program itself), None no log.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias
from urllib.parse import unquote

__all__ = [
    "NameOf",
    "adium",
    "apple_archive",
    "folder_of_logs",
    "hexchat",
    "irssi",
    "jid",
    "kopete",
    "mirc",
    "plain_file",
    "purple",
    "scrollback",
    "weechat",
    "zoom",
]

NameOf: TypeAlias = Callable[[str], "str | None"]

_LOG_ENDINGS = (".log", ".txt", ".html", ".xml", ".json")


def purple(path: str) -> str | None:
    """`irc/me@example.org/ann/2026-11-23.034311+0000UTC.html`: Pidgin 2.14.12 and
    Thunderbird 153. A room ends with `.chat`; `.system` is the program's own.
    """
    steps = path.split("/")
    if len(steps) != 4 or not steps[3].endswith(_LOG_ENDINGS):  # noqa: PLR2004
        return None
    return "" if steps[2] == ".system" else "/".join(steps[:3]).removesuffix(".chat")


_ADIUM_ENDINGS = (".xml", ".chatlog", ".html", ".adiumlog", ".adiumhtmllog")


def adium(path: str) -> str | None:
    """`GTalk.me@example.org/ann/ann (2009-05-20T11.30.00-0400).chatlog/*.xml`: Adium
    1.5; before 1.0 the last step was a file.
    """
    steps = path.split("/")
    if len(steps) < 3 or not steps[-1].lower().endswith(_ADIUM_ENDINGS):  # noqa: PLR2004
        return None
    return "/".join(steps[:2])


def plain_file(path: str) -> str | None:
    """One file for each conversation: `T/#room.log`."""
    ending = next((each for each in _LOG_ENDINGS if path.endswith(each)), None)
    return path.removesuffix(ending) if ending else None


def hexchat(path: str) -> str | None:
    """`Libera/#room.log`, the default mask `%n/%c.log` of HexChat 2.16.1; `server` is
    the server's own tab.
    """
    key = plain_file(path)
    return "" if key is not None and _last(key) == "server" else key


def scrollback(path: str) -> str | None:
    """`Libera/#room.txt`: HexChat 2.16.1, XChat 2.8."""
    return path.removesuffix(".txt") if path.endswith(".txt") else None


irssi = plain_file
"""`Libera/#room.log`, the default `autolog_path` of irssi 1.4.3."""


def mirc(path: str) -> str | None:
    """`#room.Libera.20261123.log`; `status` is the server's own window."""
    key = plain_file(path)
    return "" if key is not None and _last(key).startswith("status.") else key


_WEECHAT = re.compile(r"(.*)\.weechatlog(?:\.\d+(?:\.(?:gz|zst))?)?", re.DOTALL)


def weechat(path: str) -> str | None:
    """`irc.libera.#room.weechatlog`, also turned over as `.1` or `.1.gz`: WeeChat 3.8.
    `core.*` and `irc.server.*` are no conversations.
    """
    found = _WEECHAT.fullmatch(path)
    if found is None:
        return None
    name = _last(found[1])
    if name.startswith(("core.", "irc.server.")):
        return ""
    folder = found[1].removesuffix(name)
    # plugin, server, then the person or room, whose name may have points of its own
    return folder + "/".join(name.split(".", 2))


def jid(path: str) -> str | None:
    """`ann_at_example.org.history`: Psi 1.5 (`JIDUtil::encode`)."""
    if not path.endswith(".history"):
        return None
    name = path.removesuffix(".history")
    return unquote(name.replace("_at_", "@", 1))


_MONTH = re.compile(r"\.\d{6}\.xml$")


def kopete(path: str) -> str | None:
    """`JabberProtocol/me/ann.202611.xml`: Kopete 4."""
    return _MONTH.sub("", path) if path.endswith(".xml") else None


def folder_of_logs(path: str) -> str | None:
    """`gabble_jabber_me/ann@example.org/20261123.log`: Telepathy Logger 0.8."""
    folder, _, name = path.rpartition("/")
    return folder if folder and name.endswith(".log") else None


def apple_archive(path: str) -> str | None:
    """`2026-11-23/Ann on 2026-11-23 at 04.10.ichat`: Messages of macOS 10.8-10.15."""
    name = _last(path)
    return name.rpartition(" on ")[0] or name if name.endswith(".ichat") else None


def zoom(path: str) -> str | None:
    """`2026-11-23 10.00.00 Team/meeting_saved_chat.txt`: Zoom 5, 6."""
    folder, _, name = path.rpartition("/")
    return folder if folder and name.endswith(".txt") and "chat" in name else None


def _last(key: str) -> str:
    return key.rpartition("/")[2]
