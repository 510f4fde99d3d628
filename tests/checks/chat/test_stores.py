"""Conversations kept in SQLite stores: counted by person, never by words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from hygiene.contract import Level, Platform, Why
from hygiene.practice import chat_stores
from hygiene.practice.chat_stores import SAID, Talks
from hygiene.practice.chats import log_file
from hygiene.practice.store import write_store
from hygiene_checks.chat._store_loggers import STORE_LOGGERS
from hygiene_checks.chat.logs import ChatLogsCheck
from tests.checks.answers import ask, everything_said, found, missed, nothing
from tests.footprint import age, footprint
from tests.host.refusal import shut

LINUX, MACOS, WINDOWS = Platform.LINUX, Platform.MACOS, Platform.WINDOWS
SUPPORT = "Library/Application Support"
ROAMING = "AppData/Roaming"
PACKAGES = "AppData/Local/Packages"
PHONE = f"{PACKAGES}/Microsoft.YourPhone_8wekyb3d8bbwe/LocalCache/Indexed/0-1"

NOON = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)
EVENING = datetime(2026, 11, 22, 20, 30, 5, tzinfo=UTC)
TALKS = {"ann@x": [NOON, EVENING], "room@x": [NOON]}

Write = Callable[[Path, Talks], Path]


class Case(NamedTuple):
    """Where one program has its store on one system, and what writes a made-up one."""

    system: Platform
    program: str
    part: str
    path: str
    write: Write


CASES = [
    Case(LINUX, "gajim", "", ".local/share/gajim/logs.db", chat_stores.gajim),
    Case(LINUX, "gajim", "", ".local/share/gajim/logs.db", chat_stores.newer_gajim),
    Case(LINUX, "gajim", "", ".var/app/org.gajim.Gajim/data/gajim/logs.db", chat_stores.gajim),
    Case(MACOS, "gajim", "", ".local/share/gajim/logs.db", chat_stores.gajim),
    Case(WINDOWS, "gajim", "", f"{ROAMING}/Gajim/Logs.db", chat_stores.gajim),
    Case(LINUX, "psi", "store", ".local/share/psi/profiles/one/history/history.db", chat_stores.psi_history),
    Case(LINUX, "psi", "store", ".psi/profiles/one/history/history.db", chat_stores.psi_history),
    Case(MACOS, "psi", "store", f"{SUPPORT}/Psi/profiles/one/history/history.db", chat_stores.psi_history),
    Case(WINDOWS, "psi", "store", f"{ROAMING}/Psi/profiles/one/history/history.db", chat_stores.psi_history),
    Case(LINUX, "psi-plus", "store", ".local/share/psi+/profiles/one/history/history.db", chat_stores.psi_history),
    Case(MACOS, "psi-plus", "store", f"{SUPPORT}/Psi+/profiles/one/history/history.db", chat_stores.psi_history),
    Case(WINDOWS, "psi-plus", "store", f"{ROAMING}/Psi+/profiles/one/history/history.db", chat_stores.psi_history),
    Case(LINUX, "skype", "", ".Skype/me/main.db", chat_stores.skype),
    Case(MACOS, "skype", "", f"{SUPPORT}/Skype/me/main.db", chat_stores.skype),
    Case(WINDOWS, "skype", "", f"{ROAMING}/Skype/me/main.db", chat_stores.skype),
    Case(WINDOWS, "skype", "", f"{PACKAGES}/Microsoft.SkypeApp_kzf8qxf38zg5c/LocalState/me/main.db", chat_stores.skype),
    Case(MACOS, "messages", "", "Library/Messages/chat.db", chat_stores.apple_messages),
    Case(MACOS, "whatsapp", "stored", "Library/Group Containers/group.net.whatsapp.WhatsApp.shared/ChatStorage.sqlite", chat_stores.whatsapp),
]  # fmt: skip
each_store = pytest.mark.parametrize(
    "case",
    CASES,
    ids=[f"{each.system}-{each.program}-{number}" for number, each in enumerate(CASES)],
)


@pytest.mark.rule("SR-15")
@each_store
def test_finds_people_messages_and_times(tmp_path: Path, case: Case) -> None:
    """Numbers and moments come out; what was said does not."""
    case.write(tmp_path / case.path, TALKS)
    outcomes = ask(ChatLogsCheck(), tmp_path, case.system)
    finding = found(outcomes, case.program, case.part)
    assert finding.counts == {"conversations": 2, "messages": 3}
    assert (finding.first, finding.last) == (NOON, EVENING)
    assert (finding.sources, finding.level) == ((case.path,), Level.WORTH_A_LOOK)
    ann, room = finding.traces()
    assert (str(ann.label), ann.count, ann.first, ann.last) == (
        "ann@x",
        2,
        NOON,
        EVENING,
    )
    assert (str(room.label), room.count) == ("room@x", 1)
    assert missed(outcomes) == {}
    assert SAID not in everything_said(outcomes)


def test_every_row_of_the_table_has_a_case() -> None:
    """A program added to the table for a system needs a case above or below."""
    rows = {
        (logger.program.id, system)
        for logger in STORE_LOGGERS
        for system in logger.places
    }
    have = {(case.program, case.system) for case in CASES}
    assert have | {("phone-link", WINDOWS)} == rows


@each_store
def test_finds_nothing_in_an_empty_store(tmp_path: Path, case: Case) -> None:
    """A store without a message was looked at and held nothing."""
    case.write(tmp_path / case.path, {})
    assert (case.path,) in nothing(ask(ChatLogsCheck(), tmp_path, case.system))


@pytest.mark.rule("SR-18")
@each_store
def test_cannot_look_at_a_broken_foreign_or_shut_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: Case
) -> None:
    """Each has its own reason, and none is taken for an empty store."""

    def why() -> Why | None:
        return missed(ask(ChatLogsCheck(), tmp_path, case.system)).get(case.path)

    store = tmp_path / case.path
    write_store(store, "CREATE TABLE other(x)", {"other": [(1,)]})
    assert why() is Why.UNKNOWN_FORMAT
    store.write_bytes(b"no database at all" * 100)
    assert why() is Why.UNKNOWN_FORMAT
    store.write_bytes(b"")
    assert why() is Why.DAMAGED
    case.write(store, TALKS)
    data = store.read_bytes()
    store.write_bytes(data[:4096] + bytes(len(data) - 4096))
    assert why() is Why.DAMAGED
    store.unlink()
    store.mkdir()
    assert why() is Why.UNKNOWN_FORMAT
    store.rmdir()
    case.write(store, TALKS)
    shut(store, monkeypatch)
    assert why() is Why.DENIED


def test_counts_are_those_of_the_command_line(tmp_path: Path) -> None:
    """Python's own SQLite counts the same messages in the same store."""
    path = chat_stores.gajim(tmp_path / ".local/share/gajim/logs.db", TALKS)
    with closing(sqlite3.connect(path)) as database:
        ((rows,),) = database.execute("SELECT count(*) FROM logs")
        ((messages,),) = database.execute(
            "SELECT count(*) FROM logs WHERE message=?", (SAID,)
        )
    finding = found(ask(ChatLogsCheck(), tmp_path), "gajim")
    assert finding.counts["messages"] == messages == rows - 1


@pytest.mark.rule("SR-13")
def test_the_newest_message_stands_only_in_the_log(tmp_path: Path) -> None:
    """A message that Gajim has not yet moved into its store counts, without a trace."""
    path = tmp_path / ".local/share/gajim/logs.db"
    chat_stores.gajim(path, {"ann@x": [NOON, EVENING]}, wal=True)
    age(tmp_path)
    before = footprint(tmp_path)
    finding = found(ask(ChatLogsCheck(), tmp_path), "gajim")
    assert (finding.counts["messages"], finding.last) == (2, EVENING)
    assert footprint(tmp_path) == before


def test_messages_of_no_chat_count(tmp_path: Path) -> None:
    """Apple's store can hold messages whose chat is gone: no person, still there."""
    path = tmp_path / "Library/Messages/chat.db"
    chat_stores.apple_messages(path, TALKS, orphans=4)
    finding = found(ask(ChatLogsCheck(), tmp_path, MACOS), "messages")
    assert finding.counts == {"conversations": 2, "messages": 7}
    assert len(list(finding.traces())) == 2


def test_seconds_of_older_systems(tmp_path: Path) -> None:
    """Before macOS 10.13 the same column held seconds."""
    path = chat_stores.apple_messages(tmp_path / "Library/Messages/chat.db", TALKS)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE message SET date = date / 1000000000")
    finding = found(ask(ChatLogsCheck(), tmp_path, MACOS), "messages")
    assert (finding.first, finding.last) == (NOON, EVENING)


@pytest.mark.rule("SR-18")
def test_messages_that_macos_keeps_from_us(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without Full Disk Access the folder is there and cannot be listed."""
    chat_stores.apple_messages(tmp_path / "Library/Messages/chat.db", TALKS)
    shut(tmp_path / "Library/Messages", monkeypatch)
    outcomes = ask(ChatLogsCheck(), tmp_path, MACOS)
    assert missed(outcomes) == {"Library/Messages": Why.DENIED}
    assert nothing(outcomes) == []


def test_the_archive_of_older_messages(tmp_path: Path) -> None:
    """Closed chats were files of their own."""
    folder = tmp_path / "Library/Messages/Archive/2013-05-01"
    log_file(folder / "Ann on 2013-05-01 at 10.00.ichat")
    log_file(folder / "Ann on 2013-05-01 at 11.00.ichat")
    finding = found(ask(ChatLogsCheck(), tmp_path, MACOS), "messages", "archive")
    assert finding.counts == {"conversations": 1, "log_files": 2}
    assert [str(each.label) for each in finding.traces()] == ["Ann"]


def test_text_messages_of_a_phone_are_important(tmp_path: Path) -> None:
    """Phone Link mirrors them in plain; its clock is not told."""
    chat_stores.phone_link(tmp_path / PHONE / "System/Database/phone.db", TALKS)
    outcomes = ask(ChatLogsCheck(), tmp_path, WINDOWS)
    finding = found(outcomes, "phone-link")
    assert (finding.topic, finding.level) == ("chat-sms", Level.IMPORTANT)
    assert finding.counts == {"conversations": 2, "messages": 3}
    assert (finding.first, finding.last) == (None, None)
    assert SAID not in everything_said(outcomes)


def test_both_copies_of_psi(tmp_path: Path) -> None:
    """The flat files and the store beside them are two findings of one profile."""
    history = tmp_path / ".local/share/psi/profiles/one/history"
    chat_stores.psi_history(history / "history.db", TALKS)
    log_file(history / "ann_at_example.org.history")
    log_file(history / "ann%5fb_at_example.org.history")
    outcomes = ask(ChatLogsCheck(), tmp_path)
    files = found(outcomes, "psi")
    assert files.counts == {"conversations": 2, "log_files": 2}
    assert [str(each.label) for each in files.traces()] == [
        "ann@example.org",
        "ann_b@example.org",
    ]
    assert found(outcomes, "psi", "store").counts["messages"] == 3


def test_the_older_layout_of_skype(tmp_path: Path) -> None:
    """Skype 4 named the chat in the message itself."""
    script = (
        "CREATE TABLE Messages(id INTEGER PRIMARY KEY, chatname, timestamp, body_xml)"
    )
    rows = [(1, "#ann/$me", int(NOON.timestamp()), SAID)]
    write_store(tmp_path / ".Skype/me/main.db", script, {"Messages": rows})
    finding = found(ask(ChatLogsCheck(), tmp_path), "skype")
    assert finding.counts == {"conversations": 1, "messages": 1}
    assert [str(each.label) for each in finding.traces()] == ["#ann/$me"]


def test_values_of_the_wrong_kind(tmp_path: Path) -> None:
    """Texts as times, numbers and bytes as names, and names of megabytes are answered."""
    path = chat_stores.skype(tmp_path / ".Skype/me/main.db", {})
    with closing(sqlite3.connect(path)) as database, database:
        database.executemany(
            "INSERT INTO Conversations(id, identity) VALUES(?,?)",
            [(1, 17), (2, b"\xff\x00"), (3, "x" * 10_000_000)],
        )
        database.executemany(
            "INSERT INTO Messages(convo_id, timestamp) VALUES(?,?)",
            [(1, "soon"), (2, -(2**62)), (3, 2**62), (3, 1e300), (4, None)],
        )
    finding = found(ask(ChatLogsCheck(), tmp_path), "skype")
    assert finding.counts == {"conversations": 3, "messages": 5}
    assert (finding.first, finding.last) == (None, None)
    assert max(len(each.label.raw) for each in finding.traces()) == 1000


def test_a_view_in_place_of_a_table(tmp_path: Path) -> None:
    """A view that never ends is no table and is not asked."""
    write_store(
        tmp_path / ".Skype/me/main.db",
        "CREATE VIEW Messages AS WITH RECURSIVE n(convo_id) AS (SELECT 1 UNION ALL"
        " SELECT convo_id + 1 FROM n) SELECT convo_id, 1 AS timestamp, '' AS chatname FROM n",
    )
    said = missed(ask(ChatLogsCheck(), tmp_path))
    assert said == {".Skype/me/main.db": Why.UNKNOWN_FORMAT}
