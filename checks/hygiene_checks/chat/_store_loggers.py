"""Programs that keep conversations in SQLite stores."""

from __future__ import annotations

from hygiene.contract import Level, Platform
from hygiene_checks.chat import _names as names
from hygiene_checks.chat import _switches as switches
from hygiene_checks.chat._logger import Logger
from hygiene_checks.chat._moments import (
    apple_moment,
    iso_moment,
    no_moment,
    unix_moment,
)
from hygiene_checks.chat._places import Place, Program
from hygiene_checks.chat._stores import Schema, Store
from hygiene_checks.chat._tree import LogFolder

__all__ = ["STORE_LOGGERS"]

LINUX, MACOS, WINDOWS = Platform.LINUX, Platform.MACOS, Platform.WINDOWS

_GAJIM = (
    # Gajim 1.7.3, user_version 7: kinds 2 to 6 are messages, the others are status
    # changes, errors, files and calls.
    Schema(
        needs={
            "jids": frozenset({"jid_id", "jid"}),
            "logs": frozenset({"jid_id", "time", "kind"}),
        },
        name="j.jid",
        when="l.time",
        source=(
            "logs l LEFT JOIN jids j ON j.jid_id = l.jid_id"
            " WHERE l.kind BETWEEN 2 AND 6"
        ),
        group="l.jid_id",
        clock=unix_moment,
    ),
    # Gajim 2, user_version 8 and up.
    Schema(
        needs={
            "remote": frozenset({"pk", "jid"}),
            "message": frozenset({"fk_remote_pk", "timestamp"}),
        },
        name="r.jid",
        when="m.timestamp",
        source="message m LEFT JOIN remote r ON r.pk = m.fk_remote_pk",
        group="m.fk_remote_pk",
        clock=unix_moment,
    ),
)
_PSI = Schema(
    # Psi 1.5, storage version 0.1; the flat files beside it are a second copy.
    needs={
        "contacts": frozenset({"id", "jid"}),
        "events": frozenset({"contact_id", "date"}),
    },
    name="c.jid",
    when="e.date",
    source="events e LEFT JOIN contacts c ON c.id = e.contact_id",
    group="c.jid",
    clock=iso_moment,
)
_SKYPE = (
    Schema(
        # Skype 5 to 7.
        needs={
            "Conversations": frozenset({"id", "identity"}),
            "Messages": frozenset({"convo_id", "timestamp"}),
        },
        name="c.identity",
        when="m.timestamp",
        source="Messages m LEFT JOIN Conversations c ON c.id = m.convo_id",
        group="m.convo_id",
        clock=unix_moment,
    ),
    Schema(
        # Skype 4.
        needs={"Messages": frozenset({"chatname", "timestamp"})},
        name="m.chatname",
        when="m.timestamp",
        source="Messages m",
        group="m.chatname",
        clock=unix_moment,
    ),
)
_APPLE = Schema(
    # macOS 10.8 and later. One person has a chat for each service (SMS, iMessage).
    needs={
        "message": frozenset({"ROWID", "date"}),
        "chat": frozenset({"ROWID", "chat_identifier"}),
        "chat_message_join": frozenset({"chat_id", "message_id"}),
    },
    name="c.chat_identifier",
    when="m.date",
    source=(
        "message m LEFT JOIN chat_message_join j ON j.message_id = m.ROWID"
        " LEFT JOIN chat c ON c.ROWID = j.chat_id"
    ),
    group="c.chat_identifier",
    clock=apple_moment,
)
_WHATSAPP = Schema(
    # WhatsApp for macOS, Core Data: in plain, unlike on other systems.
    needs={
        "ZWACHATSESSION": frozenset({"Z_PK", "ZCONTACTJID"}),
        "ZWAMESSAGE": frozenset({"ZCHATSESSION", "ZMESSAGEDATE"}),
    },
    name="s.ZCONTACTJID",
    when="m.ZMESSAGEDATE",
    source="ZWAMESSAGE m LEFT JOIN ZWACHATSESSION s ON s.Z_PK = m.ZCHATSESSION",
    group="m.ZCHATSESSION",
    clock=apple_moment,
)
_PHONE_LINK = Schema(
    # Phone Link 1.2x, text messages of the phone; its clock is not known well enough.
    needs={"message": frozenset({"thread_id"})},
    name="CAST(m.thread_id AS TEXT)",
    when="NULL",
    source="message m",
    group="m.thread_id",
    clock=no_moment,
)

_PSI_LOGS = (LogFolder("history", names.jid),)
_PSI_STORES = (Store(file="history/history.db", schemas=(_PSI,), part="store"),)


def _psi(name: str, folder: str) -> Logger:
    """Psi, or Psi+ (its testing branch), whose folders differ by name alone."""
    return Logger(
        program=Program(name, name.lower().replace("+", "-plus")),
        places={
            LINUX: (
                Place(
                    f"{{data}}/{folder}/profiles/*", f"{{config}}/{folder}/profiles/*"
                ),
                Place(f".{folder}/profiles/*", "", "old folder"),
            ),
            MACOS: (Place(f"{{config}}/{name}/profiles/*"),),
            WINDOWS: (Place(f"{{config}}/{name}/profiles/*"),),
        },
        logs=_PSI_LOGS,
        stores=_PSI_STORES,
        switches=switches.psi,
    )


STORE_LOGGERS = (
    Logger(
        program=Program("Gajim", "gajim"),
        places={
            LINUX: (
                Place("{data}/gajim", "{config}/gajim"),
                Place(
                    ".var/app/org.gajim.Gajim/data/gajim",
                    ".var/app/org.gajim.Gajim/config/gajim",
                    "Flatpak",
                ),
            ),
            MACOS: (Place(".local/share/gajim", ".config/gajim"),),
            WINDOWS: (Place("{config}/Gajim"),),
        },
        stores=(Store(file="logs.db", schemas=_GAJIM),),
        switches=switches.gajim,
    ),
    _psi("Psi", "psi"),
    _psi("Psi+", "psi+"),
    Logger(
        program=Program("Skype", "skype"),
        places={
            LINUX: (Place(".Skype/*"),),
            MACOS: (Place("{config}/Skype/*"),),
            WINDOWS: (
                Place("{config}/Skype/*"),
                Place(
                    "{local}/Packages/Microsoft.SkypeApp_*/LocalState/*", "", "Store"
                ),
            ),
        },
        stores=(Store(file="main.db", schemas=_SKYPE),),
    ),
    Logger(
        program=Program("Messages", "messages"),
        places={MACOS: (Place("Library/Messages"),)},
        logs=(LogFolder("Archive", names.apple_archive, part="archive"),),
        stores=(Store(file="chat.db", schemas=(_APPLE,)),),
        switches=switches.messages,
    ),
    Logger(
        program=Program("WhatsApp", "whatsapp"),
        places={
            MACOS: (
                Place("Library/Group Containers/group.net.whatsapp.WhatsApp.shared"),
            )
        },
        stores=(Store(file="ChatStorage.sqlite", schemas=(_WHATSAPP,), part="stored"),),
    ),
    Logger(
        program=Program("Phone Link", "phone-link"),
        places={
            WINDOWS: (
                Place(
                    "{local}/Packages/Microsoft.YourPhone_8wekyb3d8bbwe"
                    "/LocalCache/Indexed/*"
                ),
            )
        },
        stores=(
            Store(
                file="System/Database/phone.db",
                schemas=(_PHONE_LINK,),
                topic="chat-sms",
                level=Level.IMPORTANT,
            ),
        ),
    ),
)
