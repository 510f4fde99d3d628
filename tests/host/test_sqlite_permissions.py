"""What a check may ask a store, and what it gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hygiene.contract import CannotLook, HygieneError, Platform, Why
from hygiene.host.home import DiskHome
from hygiene.host.sqlite import RefusedQuery, SecretColumn
from hygiene.practice.store import write_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hygiene.contract import Database, Row

CANARY = "canary-0f6b"

SECRETS = [
    "logins.password_value",
    "logins.form_data",
    "logins.possible_username_pairs",
    "logins.keychain_identifier",
    "password_notes.value",
    "cookies.value",
    "cookies.encrypted_value",
    "credit_cards.card_number_encrypted",
    "masked_credit_cards.last_four",
    "local_stored_cvc.value_encrypted",
    "server_stored_cvc.value_encrypted",
    "local_ibans.value_encrypted",
    "masked_ibans.prefix",
    "masked_ibans.suffix",
    "masked_bank_accounts.account_number_suffix",
    "token_service.encrypted_token",
    "autofill_ai_attributes.value_encrypted",
    "autofill.password",
    "autofill.data",
    "autofill_encrypted.password_encrypted",
    "autofill_encrypted.data_encrypted",
    "moz_cookies.value",
    "webappsstore2.value",
    "loginsL.secFields",
    "loginsM.secFields",
    "nssPrivate.a11",
    "Messages.body_xml",
    "message.text",
    "message.attributedBody",
    "message.subject",
    "message.content_jsonb",
    "logs.message",
    "logs.subject",
    "message_log.content",
    "events.m_text",
    "ZWAMESSAGE.ZTEXT",
]


@pytest.fixture
def ask(tmp_path: Path) -> Callable[..., list[Row]]:
    """Make a store of a script, and ask it one thing."""

    def asked(script: str, sql: str, *params: str) -> list[Row]:
        write_store(tmp_path / "ana" / "s", script)
        home = DiskHome(tmp_path / "ana", Platform.LINUX)
        return home.query("s", lambda database: list(database.rows(sql, params)))

    return asked


@pytest.mark.rule("SR-15")
@pytest.mark.parametrize("place", SECRETS)
@pytest.mark.parametrize(
    "sql",
    [
        "SELECT {column} FROM {table}",
        "SELECT * FROM {table}",
        "SELECT id FROM {table} WHERE {column} > ''",
        "SELECT id FROM {table} ORDER BY {column}",
        "SELECT count({column}) FROM {table}",
        "SELECT (SELECT max(x) FROM (SELECT {column} AS x FROM {table}))",
        "WITH w AS (SELECT {column} AS x FROM {table}) SELECT x FROM w",
        "SELECT id FROM {table} UNION SELECT b.{column} FROM {table} AS b",
    ],
)
def test_secrets_are_refused(
    ask: Callable[..., list[Row]], place: str, sql: str
) -> None:
    """No way of asking reaches a column that holds secrets, and the refusal is loud."""
    table, column = place.split(".")
    script = (
        f"CREATE TABLE {table}(id, {column}); INSERT INTO {table} VALUES(1, '{CANARY}')"
    )
    with pytest.raises(SecretColumn) as refusal:
        ask(script, sql.format(table=table.upper(), column=column.upper()))
    assert CANARY not in str(refusal.value)
    assert not isinstance(refusal.value, CannotLook)
    assert isinstance(refusal.value, HygieneError)


@pytest.mark.rule("SR-15")
@pytest.mark.parametrize("place", SECRETS)
def test_rows_with_secrets_are_counted(
    ask: Callable[..., list[Row]], place: str
) -> None:
    """How many there are is no secret."""
    table, column = place.split(".")
    script = (
        f"CREATE TABLE {table}(id, {column}); INSERT INTO {table} VALUES(1, '{CANARY}')"
    )
    assert ask(script, f"SELECT count(*) FROM {table}") == [(1,)]
    assert ask(script, f"SELECT id FROM {table}") == [(1,)]


def test_the_primary_password_can_be_told(ask: Callable[..., list[Row]]) -> None:
    """The number of rounds in Firefox's key store is no secret."""
    script = "CREATE TABLE metaData(id, item1, item2); INSERT INTO metaData VALUES('password', x'00', x'020101')"
    sql = "SELECT item2 FROM metaData WHERE id = ?"
    assert ask(script, sql, "password") == [(b"\x02\x01\x01",)]


ENDLESS = (
    "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c"
)


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("DELETE FROM t", RefusedQuery),
        ("INSERT INTO t VALUES(1)", RefusedQuery),
        ("UPDATE t SET a = 1", RefusedQuery),
        ("CREATE TABLE u(a)", RefusedQuery),
        ("CREATE TEMP TABLE u(a)", RefusedQuery),
        ("DROP TABLE t", RefusedQuery),
        ("PRAGMA journal_mode=WAL", RefusedQuery),
        ("PRAGMA user_version", RefusedQuery),
        ("ATTACH ':memory:' AS other", RefusedQuery),
        ("VACUUM INTO 'copy'", RefusedQuery),
        ("BEGIN", RefusedQuery),
        ("ANALYZE", RefusedQuery),
        ("SELECT load_extension('x')", RefusedQuery),
        ("SELECT randomblob(9)", RefusedQuery),
        ("SELECT zeroblob(9)", RefusedQuery),
        (ENDLESS, RefusedQuery),
        ("SELEC a FROM t", RefusedQuery),
        ("SELECT ?", RefusedQuery),
        ("SELECT value FROM json_each('[1]')", CannotLook),
        ("SELECT name FROM pragma_table_info('t')", HygieneError),
        ("SELECT a FROM v", CannotLook),
        ("SELECT a FROM w", CannotLook),
        ("SELECT a FROM nowhere", CannotLook),
        ("SELECT missing FROM t", CannotLook),
        ('SELECT "missing" FROM t', CannotLook),
    ],
)
def test_only_a_select_of_tables(
    ask: Callable[..., list[Row]], sql: str, kind: type[HygieneError]
) -> None:
    """Everything else is the check's mistake, or a store it does not know."""
    script = f"CREATE TABLE t(a); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w(a) AS {ENDLESS}"
    with pytest.raises(kind) as refusal:
        ask(script, sql)
    if isinstance(refusal.value, CannotLook):
        assert refusal.value.why is Why.UNKNOWN_FORMAT


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT a FROM t WHERE a LIKE ? ORDER BY lower(a)",
        "WITH w AS (SELECT a FROM t) SELECT a FROM w WHERE a = ?",
        "SELECT max(substr(a, 1, 9)) FROM t WHERE a IN (SELECT a FROM t) AND a = ?",
        "SELECT x.a FROM t AS x JOIN t AS y USING (a) WHERE x.a GLOB ?",
    ],
)
def test_ordinary_questions(ask: Callable[..., list[Row]], sql: str) -> None:
    """What checks do ask is answered."""
    assert ask("CREATE TABLE t(a); INSERT INTO t VALUES('one')", sql, "one") == [
        ("one",)
    ]


def test_names(tmp_path: Path) -> None:
    """Real tables are told with the columns that stand in them; views, virtual tables
    and what belongs to them are not.
    """
    write_store(
        tmp_path / "s",
        """
        CREATE TABLE t(a PRIMARY KEY, b, made AS (a + 1), kept AS (b) STORED, "odd ""name"" x");
        CREATE TABLE "odd ""table"" x"(c);
        CREATE TABLE search_engines(d);
        CREATE TABLE none(e INTEGER PRIMARY KEY AUTOINCREMENT);
        CREATE VIEW v AS SELECT a FROM t;
        CREATE VIRTUAL TABLE search USING fts5(words);
        CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END;
        """,
    )

    def names(database: Database) -> dict[str, frozenset[str]]:
        asked = (*database.tables(), "v", "search", "search_data", "nowhere", "T")
        return {table: database.columns(table) for table in asked}

    assert DiskHome(tmp_path, Platform.LINUX).query("s", names) == {
        "t": {"a", "b", "kept", 'odd "name" x'},
        'odd "table" x': {"c"},
        "search_engines": {"d"},
        "none": {"e"},
        "v": frozenset(),
        "search": frozenset(),
        "search_data": frozenset(),
        "nowhere": frozenset(),
        "T": {"a", "b", "kept", 'odd "name" x'},
    }


def test_rows_end_with_the_question(tmp_path: Path) -> None:
    """An iterator that outlives its question says so, and gives nothing more."""
    write_store(tmp_path / "s", "CREATE TABLE t(a)", {"t": [(1,), (2,), (3,)]})
    kept: list[Iterator[Row]] = []

    def ask(database: Database) -> Row:
        kept.append(database.rows("SELECT a FROM t"))
        return next(kept[0])

    assert DiskHome(tmp_path, Platform.LINUX).query("s", ask) == (1,)
    with pytest.raises(RefusedQuery):
        next(kept[0])


def test_two_questions_side_by_side(tmp_path: Path) -> None:
    """One iterator does not disturb the other."""
    write_store(tmp_path / "s", "CREATE TABLE t(a)", {"t": [(1,), (2,)]})

    def ask(database: Database) -> list[object]:
        return [
            (first, second)
            for first in database.rows("SELECT a FROM t")
            for second in database.rows("SELECT a FROM t WHERE a > ?", first)
        ]

    assert DiskHome(tmp_path, Platform.LINUX).query("s", ask) == [((1,), (2,))]
