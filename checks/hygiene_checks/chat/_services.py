"""Chats that live in an account: which services, and where their apps keep a folder.

Presence alone is looked at. What is in these folders is a sign-in as much as a chat, so
nothing below them is opened. Paths of Slack, Discord, Signal, Telegram and Teams as in
KAPE targets and BleachBit cleaners of 2026, other ones from the programs' packaging.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hygiene.contract import Platform
from hygiene_checks.chat._places import Place as App
from hygiene_checks.chat._places import Places, Program

__all__ = ["SERVICES", "Service"]

LINUX, MACOS, WINDOWS = Platform.LINUX, Platform.MACOS, Platform.WINDOWS


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service. `hosts` are its own web addresses, by which a browser's storage
    folder is known. `topic` is the block of sentences for its app.
    """

    program: Program
    hosts: tuple[str, ...] = ()
    apps: Places = field(default_factory=dict)
    topic: str = "chat-accounts"


def _electron(
    name: str, snap: str = "", flatpak: str = "", channel: str = ""
) -> Mapping[Platform, tuple[App, ...]]:
    """Where an app built with Electron keeps its folder `name` on each system."""
    app = App(f"{{config}}/{name}", "", channel)
    linux = [app]
    if snap:
        linux.append(App(f"snap/{snap}/current/.config/{name}", "", "Snap"))
    if flatpak:
        linux.append(App(f".var/app/{flatpak}/config/{name}", "", "Flatpak"))
    return {
        LINUX: tuple(linux),
        MACOS: (app,),
        WINDOWS: (app,),
    }


def _joined(*tables: Places) -> Places:
    return {
        system: tuple(app for table in tables for app in table.get(system, ()))
        for system in Platform
    }


SERVICES = (
    Service(
        program=Program("WhatsApp", "whatsapp"),
        hosts=("web.whatsapp.com",),
        apps=_joined(
            {
                MACOS: (
                    App("Library/Group Containers/group.net.whatsapp.WhatsApp.shared"),
                    App("{config}/WhatsApp", "", "old app"),
                ),
                WINDOWS: (
                    App("{local}/Packages/5319275A.WhatsAppDesktop_*", "", "Store"),
                    App("{config}/WhatsApp", "", "old app"),
                ),
            },
        ),
    ),
    Service(
        program=Program("Telegram", "telegram"),
        hosts=("web.telegram.org",),
        topic="chat-locked",
        apps={
            LINUX: (
                App("{data}/TelegramDesktop"),
                App(
                    "snap/telegram-desktop/current/.local/share/TelegramDesktop",
                    "",
                    "Snap",
                ),
                App(
                    ".var/app/org.telegram.desktop/data/TelegramDesktop", "", "Flatpak"
                ),
            ),
            MACOS: (
                App("{config}/Telegram Desktop", "", "Desktop"),
                App("Library/Group Containers/6N38VWS5BX.ru.keepcoder.Telegram"),
            ),
            WINDOWS: (
                App("{config}/Telegram Desktop"),
                App(
                    "{local}/Packages/TelegramMessengerLLP.TelegramDesktop_*",
                    "",
                    "Store",
                ),
            ),
        },
    ),
    Service(
        program=Program("Signal", "signal"),
        topic="chat-locked",
        apps=_electron("Signal", "signal-desktop", "org.signal.Signal"),
    ),
    Service(
        program=Program("Discord", "discord"),
        hosts=("discord.com", "discordapp.com"),
        apps=_joined(
            _electron("discord", "discord", "com.discordapp.Discord"),
            _electron("discordptb", channel="PTB"),
            _electron("discordcanary", channel="Canary"),
        ),
    ),
    Service(
        program=Program("Slack", "slack"),
        hosts=("app.slack.com",),
        apps=_joined(
            _electron("Slack", "slack", "com.slack.Slack"),
            {
                MACOS: (
                    App(
                        "Library/Containers/com.tinyspeck.slackmacgap", "", "App Store"
                    ),
                )
            },
        ),
    ),
    Service(
        program=Program("Teams", "teams"),
        hosts=("teams.microsoft.com", "teams.live.com", "teams.cloud.microsoft"),
        apps={
            LINUX: (
                App("{config}/Microsoft/Microsoft Teams"),
                App("{config}/teams-for-linux", "", "unofficial"),
                App("snap/teams-for-linux/current/.config/teams-for-linux", "", "Snap"),
                App(
                    ".var/app/com.github.IsmaelMartinez.teams_for_linux/config"
                    "/teams-for-linux",
                    "",
                    "Flatpak",
                ),
            ),
            MACOS: (
                App("{config}/Microsoft/Teams", "", "old app"),
                App("Library/Containers/com.microsoft.teams2"),
            ),
            WINDOWS: (
                App("{config}/Microsoft/Teams", "", "old app"),
                App("{local}/Packages/MSTeams_8wekyb3d8bbwe"),
                App("{local}/Packages/MicrosoftTeams_8wekyb3d8bbwe", "", "personal"),
            ),
        },
    ),
    Service(
        program=Program("Element", "element"),
        hosts=("app.element.io",),
        topic="chat-locked",
        apps=_electron("Element", "element-desktop", "im.riot.Riot"),
    ),
    Service(
        # Not www.facebook.com: everybody who ever saw a page of it has its storage.
        program=Program("Messenger", "messenger"),
        hosts=("www.messenger.com",),
        apps={
            LINUX: (
                App("{config}/Caprine", "", "unofficial"),
                App(".var/app/com.sindresorhus.Caprine/config/Caprine", "", "Flatpak"),
            ),
            MACOS: (App("Library/Containers/com.facebook.archon"),),
            WINDOWS: (App("{local}/Packages/FACEBOOK.317180B0BB486_*", "", "Store"),),
        },
    ),
    Service(
        # The store is locked since Viber 10 or so; each folder is named by a number.
        program=Program("Viber", "viber"),
        topic="chat-locked",
        apps={
            LINUX: (App(".ViberPC"),),
            MACOS: (App("{config}/ViberPC"),),
            WINDOWS: (App("{config}/ViberPC"),),
        },
    ),
    Service(
        # Skype 8; the service closed in 2025.
        program=Program("Skype", "skype"),
        hosts=("web.skype.com",),
        topic="chat-leftover",
        apps={
            LINUX: (
                App("{config}/skypeforlinux"),
                App("snap/skype/current/.config/skypeforlinux", "", "Snap"),
                App(".var/app/com.skype.Client/config/skypeforlinux", "", "Flatpak"),
            ),
            MACOS: (App("{config}/Microsoft/Skype for Desktop"),),
            WINDOWS: (
                App("{config}/Microsoft/Skype for Desktop"),
                App("{local}/Packages/Microsoft.SkypeApp_*", "", "Store"),
            ),
        },
    ),
)
