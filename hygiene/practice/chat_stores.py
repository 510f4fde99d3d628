"""Made-up SQLite stores of chat programs. Messages are given by person or room."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

from hygiene.practice.store import Rows, write_store
from hygiene.practice.times import cocoa

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "SAID",
    "Talks",
    "apple_messages",
    "gajim",
    "gajim_settings",
    "newer_gajim",
    "phone_link",
    "psi_history",
    "skype",
    "thunderbird_index",
    "whatsapp",
]

SAID = "made-up-message"
"""What is said in each of them: it must reach no screen or document."""

Talks: TypeAlias = Mapping[str, Sequence[datetime]]
"""When something was said, by person or room."""

_GAJIM = """
CREATE TABLE jids(jid_id INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, jid TEXT UNIQUE,
  type INTEGER);
CREATE TABLE logs(log_line_id INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE,
  account_id INTEGER, jid_id INTEGER, contact_name TEXT, occupant_id TEXT,
  real_jid TEXT, time INTEGER, kind INTEGER, show INTEGER, message TEXT, error TEXT,
  subject TEXT, additional_data TEXT, stanza_id TEXT, message_id TEXT,
  encryption TEXT, encryption_state TEXT, marker INTEGER);
CREATE TABLE last_archive_message(jid_id INTEGER PRIMARY KEY UNIQUE,
  last_mam_id TEXT, oldest_mam_timestamp TEXT, last_muc_timestamp TEXT);
CREATE INDEX idx_logs_jid_id_time ON logs (jid_id, time DESC);
"""
_STATUS, _RECEIVED = 0, 4


def gajim(path: Path, talks: Talks, *, wal: bool = False) -> Path:
    """`logs.db` of Gajim 1.7.3, with one change of status that is no message."""
    jids = [(number, jid, 0) for number, jid in enumerate(talks, 1)]
    lines = [(1, 0, _STATUS, "away")]
    for number, times in enumerate(talks.values(), 1):
        lines += [(number, int(at.timestamp()), _RECEIVED, SAID) for at in times]
    rows: Rows = {"jids": jids, "logs(jid_id, time, kind, message)": lines}
    return write_store(path, _GAJIM, rows, wal=wal, user_version=7)


_NEWER_GAJIM = """
CREATE TABLE account (pk INTEGER PRIMARY KEY, jid TEXT NOT NULL);
CREATE TABLE remote (pk INTEGER PRIMARY KEY, jid TEXT NOT NULL);
CREATE TABLE message (pk INTEGER PRIMARY KEY, fk_account_pk INTEGER NOT NULL,
  fk_remote_pk INTEGER NOT NULL, resource TEXT, type INTEGER NOT NULL,
  direction INTEGER NOT NULL, timestamp FLOAT NOT NULL, state INTEGER NOT NULL,
  id TEXT, stanza_id TEXT, text TEXT);
"""


def newer_gajim(path: Path, talks: Talks) -> Path:
    """`logs.db` of Gajim 2 (as its models have it)."""
    messages = [
        (1, number, 1, 1, at.timestamp(), 0, SAID)
        for number, times in enumerate(talks.values(), 1)
        for at in times
    ]
    columns = "fk_account_pk, fk_remote_pk, type, direction, timestamp, state, text"
    rows: Rows = {
        "account": [(1, "me@example.org")],
        "remote": list(enumerate(talks, 1)),
        f"message({columns})": messages,
    }
    return write_store(path, _NEWER_GAJIM, rows, user_version=15)


_GAJIM_SETTINGS = """
CREATE TABLE settings (name TEXT UNIQUE, settings TEXT);
CREATE TABLE account_settings (account TEXT UNIQUE, settings TEXT);
"""


def gajim_settings(path: Path, accounts: Mapping[str, Mapping[str, object]]) -> Path:
    """`settings.sqlite` of Gajim 1.7.3: the changed settings of each account."""
    rows = [(name, json.dumps(settings)) for name, settings in accounts.items()]
    return write_store(
        path, _GAJIM_SETTINGS, {"account_settings": rows}, user_version=5
    )


_PSI = """
CREATE TABLE `system` (`key` TEXT, `value` TEXT);
CREATE TABLE `accounts` (`id` TEXT, `lifetime` INTEGER);
CREATE TABLE `contacts` (`id` INTEGER NOT NULL PRIMARY KEY ASC, `acc_id` TEXT,
  `type` INTEGER, `jid` TEXT, `lifetime` INTEGER);
CREATE TABLE `events` (`id` INTEGER NOT NULL PRIMARY KEY ASC,
  `contact_id` INTEGER NOT NULL REFERENCES `contacts`(`id`) ON DELETE CASCADE,
  `resource` TEXT, `date` TEXT, `type` INTEGER, `direction` INTEGER, `subject` TEXT,
  `m_text` TEXT, `lang` TEXT, `extra_data` TEXT);
"""


def psi_history(path: Path, talks: Talks) -> Path:
    """`history.db` of Psi 1.5."""
    events = [
        (number, at.strftime("%Y-%m-%dT%H:%M:%S.000"), 1, 2, SAID)
        for number, times in enumerate(talks.values(), 1)
        for at in times
    ]
    contacts = [(number, "a0", 0, jid, -1) for number, jid in enumerate(talks, 1)]
    rows: Rows = {
        "system": [("version", "0.1")],
        "contacts": contacts,
        "events(contact_id, date, type, direction, m_text)": events,
    }
    return write_store(path, _PSI, rows)


_SKYPE = """
CREATE TABLE Conversations (id INTEGER NOT NULL PRIMARY KEY, is_permanent INTEGER,
  identity TEXT, displayname TEXT, last_activity_timestamp INTEGER);
CREATE TABLE Messages (id INTEGER NOT NULL PRIMARY KEY, is_permanent INTEGER,
  convo_id INTEGER, chatname TEXT, author TEXT, from_dispname TEXT,
  timestamp INTEGER, type INTEGER, body_xml TEXT);
"""


def skype(path: Path, talks: Talks) -> Path:
    """`main.db` of Skype 7."""
    messages = [
        (number, name, int(at.timestamp()), SAID)
        for number, (name, times) in enumerate(talks.items(), 1)
        for at in times
    ]
    rows: Rows = {
        "Conversations(id, identity)": list(enumerate(talks, 1)),
        "Messages(convo_id, chatname, timestamp, body_xml)": messages,
    }
    return write_store(path, _SKYPE, rows)


_APPLE = """
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, id TEXT NOT NULL,
  service TEXT NOT NULL);
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL,
  style INTEGER, chat_identifier TEXT, service_name TEXT, display_name TEXT);
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL,
  text TEXT, handle_id INTEGER DEFAULT 0, subject TEXT, attributedBody BLOB,
  date INTEGER, is_from_me INTEGER DEFAULT 0);
CREATE TABLE chat_message_join (chat_id INTEGER REFERENCES chat (ROWID),
  message_id INTEGER REFERENCES message (ROWID), message_date INTEGER DEFAULT 0,
  PRIMARY KEY (chat_id, message_id));
"""
_NANOSECONDS = 10**9


def apple_messages(
    path: Path, talks: Talks, *, orphans: int = 0, wal: bool = False
) -> Path:
    """`chat.db` of Messages since macOS 10.13; `orphans` are messages of no chat."""
    chats: list[tuple[int, str, str, str]] = []
    messages: list[tuple[str, str, int]] = []
    joins: list[tuple[int, int]] = []
    for number, (name, times) in enumerate(talks.items(), 1):
        chats.append((number, f"iMessage;-;{name}", name, "iMessage"))
        for at in times:
            messages.append((f"m{len(messages)}", SAID, int(cocoa(at) * _NANOSECONDS)))
            joins.append((number, len(messages)))
    messages += [(f"orphan{each}", SAID, 0) for each in range(orphans)]
    rows: Rows = {
        "chat(ROWID, guid, chat_identifier, service_name)": chats,
        "message(guid, text, date)": messages,
        "chat_message_join(chat_id, message_id)": joins,
    }
    return write_store(path, _APPLE, rows, wal=wal)


_WHATSAPP = """
CREATE TABLE ZWACHATSESSION (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER,
  ZCONTACTJID VARCHAR, ZPARTNERNAME VARCHAR, ZLASTMESSAGEDATE TIMESTAMP);
CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER,
  ZCHATSESSION INTEGER, ZMESSAGEDATE TIMESTAMP, ZTEXT VARCHAR);
"""


def whatsapp(path: Path, talks: Talks) -> Path:
    """`ChatStorage.sqlite` of WhatsApp for macOS."""
    messages = [
        (number, cocoa(at), SAID)
        for number, times in enumerate(talks.values(), 1)
        for at in times
    ]
    rows: Rows = {
        "ZWACHATSESSION(Z_PK, ZCONTACTJID)": list(enumerate(talks, 1)),
        "ZWAMESSAGE(ZCHATSESSION, ZMESSAGEDATE, ZTEXT)": messages,
    }
    return write_store(path, _WHATSAPP, rows)


_PHONE_LINK = """
CREATE TABLE conversation (thread_id INTEGER PRIMARY KEY, recipient_list TEXT);
CREATE TABLE message (thread_id INTEGER, message_id INTEGER, timestamp INTEGER,
  body TEXT);
"""


def phone_link(path: Path, talks: Talks) -> Path:
    """`phone.db` of Phone Link: text messages of the phone."""
    messages = [
        (number, at.microsecond, SAID)
        for number, times in enumerate(talks.values(), 1)
        for at in times
    ]
    rows: Rows = {
        "conversation": list(enumerate(talks, 1)),
        "message(thread_id, timestamp, body)": messages,
    }
    return write_store(path, _PHONE_LINK, rows)


_INDEX = """
CREATE TABLE imConversations (id INTEGER PRIMARY KEY, title STRING, time NUMBER,
  path STRING);
CREATE TABLE imConversationsText_content (docid INTEGER PRIMARY KEY, c0content TEXT);
"""


def thunderbird_index(path: Path, logs: Sequence[str]) -> Path:
    """`global-messages-db.sqlite` of Thunderbird 153, chats only: `logs` are paths
    (`irc/me@example.org/ann/2026-11-23.034311+0000.json`).
    """
    time = int(datetime(2026, 11, 23, tzinfo=UTC).timestamp())
    rows: Rows = {
        "imConversations(title, time, path)": [(SAID, time, each) for each in logs],
        "imConversationsText_content(c0content)": [(SAID,) for _ in logs],
    }
    return write_store(path, _INDEX, rows)
