"""SQLite stores whose shape is the attack: without end, by the million, made up."""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing
from itertools import pairwise
from pathlib import Path

from tests.hostile.files import CHROMIUM, FIREFOX, store, written

__all__ = [
    "columns_that_are_made_up",
    "counts_without_end",
    "joins_of_everything",
    "rows_by_the_million",
    "rows_without_end",
    "texts_that_take_long",
    "views_without_end",
    "virtual_tables",
]

_PAGE = 4096
_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"


def _many(number: int) -> str:
    """The start of a SELECT from `n`, whose `i` counts from 1."""
    return f"{_ENDLESS[:-1]} LIMIT {number})"


def _make_endless(path: Path, table: str) -> None:
    """Make a table's pages their own children, so that it has rows without end (a page
    holds several hundred children, six times over).
    """
    with closing(sqlite3.connect(path)) as database:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
        ((root,),) = database.execute(query, (table,)).fetchall()
    data = bytearray(path.read_bytes())
    pages = len(data) // _PAGE
    leaf = data[(root - 1) * _PAGE : root * _PAGE]
    way = [root, *range(pages + 1, pages + 7)]
    data += bytes(6 * _PAGE)
    for above, below in pairwise(way):
        data[(above - 1) * _PAGE : above * _PAGE] = _parent(below)
    data[(way[-1] - 1) * _PAGE : way[-1] * _PAGE] = leaf
    struct.pack_into(">I", data, 28, pages + 6)
    path.write_bytes(data)


def _parent(child: int) -> bytes:
    """A page of a table whose 400 entries are all the same child."""
    place = _PAGE - 8
    page = bytearray(struct.pack(">BHHHBI", 5, 0, 400, place, 0, child))
    page += struct.pack(">H", place) * 400
    return bytes(page.ljust(place, b"\0")) + struct.pack(">IB3x", child, 0x7F)


_HISTORY = (
    "CREATE TABLE urls(id INTEGER PRIMARY KEY, url TEXT);"
    "CREATE TABLE visits(id INTEGER PRIMARY KEY, url INTEGER, visit_time INTEGER);"
)
_LOGINS = (
    "CREATE TABLE logins(signon_realm, origin_url, username_value,"
    " blacklisted_by_user, date_created, date_last_used);"
)
_WORDS = "CREATE TABLE autofill(name, value, count, date_created, date_last_used);"


def views_without_end(home: Path) -> None:
    """Views named like the tables, with triggers."""
    rows = f"AS {_ENDLESS} SELECT i AS id, 'http://a/' AS url, i AS visit_time,"
    rows += (
        " i AS name, i AS value, i AS signon_realm, i AS origin_url, i AS fieldname,"
    )
    rows += " i AS username_value, 0 AS blacklisted_by_user, i AS place_id,"
    rows += " i AS visit_date, i AS jid, i AS jid_id, i AS time, 4 AS kind FROM n"
    for path, tables in {
        f"{CHROMIUM}/History": "urls visits downloads meta",
        f"{CHROMIUM}/Web Data": "autofill addresses credit_cards",
        f"{CHROMIUM}/Login Data": "logins",
        f"{CHROMIUM}/Shortcuts": "omni_box_shortcuts",
        f"{FIREFOX}/places.sqlite": "moz_places moz_historyvisits moz_inputhistory",
        f"{FIREFOX}/formhistory.sqlite": "moz_formhistory",
        f"{FIREFOX}/permissions.sqlite": "moz_perms",
        ".local/share/gajim/logs.db": "jids logs",
    }.items():
        views = "".join(f"CREATE VIEW {each} {rows};" for each in tables.split())
        store(home / path, views)


def virtual_tables(home: Path) -> None:
    """Full-text and r-tree tables named like the tables."""
    store(
        home / CHROMIUM / "History",
        "CREATE VIRTUAL TABLE urls USING fts4(id, url);"
        "CREATE VIRTUAL TABLE visits USING rtree(id, url, visit_time);"
        "CREATE TABLE other(a); CREATE TRIGGER t AFTER INSERT ON other"
        " BEGIN INSERT INTO other VALUES(1); END;",
    )


def columns_that_are_made_up(home: Path) -> None:
    """Values of 20 MB that no file holds, five hundred times."""
    store(
        home / CHROMIUM / "History",
        "CREATE TABLE urls(id INTEGER PRIMARY KEY, url AS ('http://'"
        " || hex(zeroblob(10000000))));"
        "CREATE TABLE visits(id INTEGER PRIMARY KEY, url, visit_time);"
        f"INSERT INTO urls(id) {_many(500)} SELECT i FROM n;"
        f"INSERT INTO visits {_many(500)} SELECT i, i, i FROM n;",
    )
    # A column that was added later has its default in every row of before.
    path = store(home / CHROMIUM / "Login Data", f"{_LOGINS}")
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            "CREATE TABLE new(origin_url, username_value, blacklisted_by_user,"
            " date_created, date_last_used);"
            f"INSERT INTO new {_many(5_000)} SELECT 1, 2, 0, 4, 5 FROM n;"
            "DROP TABLE logins; ALTER TABLE new RENAME TO logins;"
            f"ALTER TABLE logins ADD COLUMN signon_realm DEFAULT '{'a' * 900_000}';"
        )


def rows_without_end(home: Path) -> None:
    """Pages that are their own children, where rows are taken one by one."""
    path = store(
        home / CHROMIUM / "Login Data",
        f"{_LOGINS}INSERT INTO logins {_many(40)} SELECT 'http://' || i, '', '', 0, i, i"
        " FROM n;",
    )
    _make_endless(path, "logins")
    path = store(
        home / CHROMIUM / "History",
        f"{_HISTORY}INSERT INTO urls {_many(40)} SELECT i, 'http://' || i FROM n;"
        f"INSERT INTO visits {_many(40)} SELECT i, i, i FROM n;",
    )
    _make_endless(path, "urls")


def counts_without_end(home: Path) -> None:
    """The same, where rows are only counted."""
    path = store(
        home / CHROMIUM / "Web Data",
        f"{_WORDS}INSERT INTO autofill {_many(40)} SELECT i, i, 1, i, i FROM n;",
    )
    _make_endless(path, "autofill")


def rows_by_the_million(home: Path) -> None:
    """More sites, sign-ins and fields than anybody has, each of its own."""
    thousands = _many(400_000)
    store(
        home / CHROMIUM / "History",
        f"{_HISTORY}INSERT INTO urls {thousands} SELECT i, 'http://' || i FROM n;"
        f"INSERT INTO visits {thousands} SELECT i, i, i FROM n;",
    )
    store(
        home / CHROMIUM / "Login Data",
        f"{_LOGINS}INSERT INTO logins {thousands}"
        " SELECT 'http://' || i, '', '', 0, i, i FROM n;",
    )
    store(
        home / CHROMIUM / "Web Data",
        f"{_WORDS}INSERT INTO autofill {thousands} SELECT i, i, 1, i, i FROM n;",
    )


def joins_of_everything(home: Path) -> None:
    """Messages that all belong to thirty thousand conversations at once."""
    thirty = _many(30_000)
    store(
        home / ".Skype/me/main.db",
        "CREATE TABLE Conversations(id, identity);"
        "CREATE TABLE Messages(convo_id, timestamp);"
        f"INSERT INTO Conversations {thirty} SELECT 1, 'x' FROM n;"
        f"INSERT INTO Messages {thirty} SELECT 1, 1 FROM n;",
    )


def texts_that_take_long(home: Path) -> None:
    """Texts for which the work grows with the square of their length."""
    written(home / ".thunderbird/a/prefs.js", 'user_pref("messenger.accounts", "a");\n')
    half = "replace(hex(zeroblob(1500000)), '00', '{}')"
    store(
        home / ".thunderbird/a/global-messages-db.sqlite",
        "CREATE TABLE imConversations(path); INSERT INTO imConversations"
        f" VALUES({half.format('b')} || {half.format('a')});",
    )
    (home / ".local/share/gajim").mkdir(parents=True)
    path = store(
        home / ".config/gajim/settings.sqlite",
        "CREATE TABLE account_settings(account, settings);",
    )
    piece = '"no_log_for": "'
    with closing(sqlite3.connect(path)) as database:
        row = (piece * 600_000 + "x", piece * 2_000_000)
        database.execute("INSERT INTO account_settings VALUES(?, ?)", row)
        database.commit()
