"""Programs that keep conversations as files."""

from __future__ import annotations

from hygiene.contract import Platform
from hygiene_checks.chat import _names as names
from hygiene_checks.chat import _switches as switches
from hygiene_checks.chat._logger import Logger
from hygiene_checks.chat._places import Place, Program
from hygiene_checks.chat._tree import LogFolder

__all__ = ["FILE_LOGGERS"]

LINUX, MACOS, WINDOWS = Platform.LINUX, Platform.MACOS, Platform.WINDOWS

_SCROLLBACK = LogFolder("scrollback", names.scrollback, "chat-scrollback", "scrollback")

FILE_LOGGERS = (
    Logger(
        # Pidgin 2.14.12. Where a Flatpak keeps it depends on how it was packed.
        program=Program("Pidgin", "pidgin"),
        places={
            LINUX: (
                Place(".purple"),
                Place(".var/app/im.pidgin.Pidgin/.purple", "", "Flatpak"),
                Place(".var/app/im.pidgin.Pidgin/data/purple", "", "Flatpak data"),
            ),
            MACOS: (Place(".purple"),),
            WINDOWS: (Place("{config}/.purple"),),
        },
        logs=(LogFolder("logs", names.purple),),
        switches=switches.pidgin,
    ),
    Logger(
        # Adium 1.5: one folder for each of its own users.
        program=Program("Adium", "adium"),
        places={MACOS: (Place("{config}/Adium 2.0/Users/*"),)},
        logs=(LogFolder("Logs", names.adium),),
        switches=switches.adium,
    ),
    Logger(
        # HexChat 2.16.1.
        program=Program("HexChat", "hexchat"),
        places={
            LINUX: (
                Place("{config}/hexchat"),
                Place(".var/app/io.github.Hexchat/config/hexchat", "", "Flatpak"),
                Place("snap/hexchat/current/.config/hexchat", "", "Snap"),
            ),
            MACOS: (Place(".config/hexchat"),),
            WINDOWS: (Place("{config}/HexChat"),),
        },
        logs=(LogFolder("logs", names.hexchat), _SCROLLBACK),
        switches=switches.hexchat,
        path=switches.hexchat_path,
    ),
    Logger(
        # XChat 2.8.8.
        program=Program("XChat", "xchat"),
        places={
            LINUX: (Place(".xchat2"),),
            MACOS: (Place(".xchat2"),),
            WINDOWS: (Place("{config}/X-Chat 2"),),
        },
        logs=(LogFolder("xchatlogs", names.plain_file), _SCROLLBACK),
        switches=switches.xchat,
    ),
    Logger(
        # WeeChat 3.8; before 3.2 everything was in `.weechat`.
        program=Program("WeeChat", "weechat"),
        places={
            system: (
                Place(".local/share/weechat", ".config/weechat"),
                Place(".weechat", "", "old folder"),
            )
            for system in (LINUX, MACOS)
        },
        logs=(LogFolder("logs", names.weechat),),
        switches=switches.weechat,
        path=switches.weechat_path,
    ),
    Logger(
        # irssi 1.4.3: `autolog_path` is `~/irclogs/$tag/$0.log` unless changed.
        program=Program("irssi", "irssi"),
        places={system: (Place("irclogs", ".irssi"),) for system in (LINUX, MACOS)},
        logs=(LogFolder("", names.irssi),),
        switches=switches.irssi,
        path=switches.irssi_path,
    ),
    Logger(
        # mIRC 7.
        program=Program("mIRC", "mirc"),
        places={WINDOWS: (Place("{config}/mIRC"),)},
        logs=(LogFolder("logs", names.mirc),),
        switches=switches.nowhere_written,
    ),
    Logger(
        program=Program("Kopete", "kopete"),
        places={
            LINUX: (
                Place("{data}/kopete"),
                Place(".kde/share/apps/kopete", "", "KDE 3"),
                Place(".kde4/share/apps/kopete", "", "KDE 4"),
            )
        },
        logs=(LogFolder("logs", names.kopete),),
        switches=switches.nowhere_written,
    ),
    Logger(
        # Its switch is in the desktop's own settings store.
        program=Program("Empathy", "empathy"),
        places={
            LINUX: (
                Place("{data}/TpLogger"),
                Place("{data}/Empathy", "", "old folder"),
            )
        },
        logs=(LogFolder("logs", names.folder_of_logs),),
        switches=switches.nowhere_written,
    ),
    Logger(
        program=Program("Trillian", "trillian"),
        places={
            MACOS: (Place("{config}/Trillian/users/*"),),
            WINDOWS: (Place("{config}/Trillian/users/*"),),
        },
        logs=(LogFolder("logs", names.plain_file),),
        switches=switches.nowhere_written,
    ),
)
