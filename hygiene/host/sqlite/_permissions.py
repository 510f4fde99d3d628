"""What a query may ask for: rows of real tables, without the columns that hold secrets."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

import apsw

from hygiene.contract import CannotLook, HygieneError, Why

__all__ = ["Permissions", "RefusedQuery", "SecretColumn", "is_secret"]


class RefusedQuery(HygieneError):
    """A check asked for something that no check may do: the check is wrong."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"refused: {reason}")


class SecretColumn(RefusedQuery):
    """A check asked for a column that holds secrets or words of messages (SR-15)."""

    def __init__(self, table: str, column: str) -> None:
        super().__init__(f"{table}.{column} holds secrets")


_FUNCTIONS = frozenset(
    {
        "abs",
        "avg",
        "char",
        "coalesce",
        "count",
        "date",
        "datetime",
        "format",
        "glob",
        "group_concat",
        "hex",
        "if",
        "ifnull",
        "iif",
        "instr",
        "julianday",
        "length",
        "like",
        "lower",
        "ltrim",
        "max",
        "min",
        "nullif",
        "octet_length",
        "printf",
        "replace",
        "round",
        "row_number",
        "rtrim",
        "sign",
        "strftime",
        "substr",
        "substring",
        "sum",
        "time",
        "total",
        "trim",
        "typeof",
        "unicode",
        "unixepoch",
        "upper",
    }
)

_SECRETS_EVERYWHERE = frozenset(
    {
        "account_number_suffix",
        "app_bound_encrypted_key",
        "attributedbody",
        "body_xml",
        "card_number_encrypted",
        "data_encrypted",
        "encrypted_token",
        "encrypted_value",
        "encryptedpassword",
        "keychain_identifier",
        "message_summary_info",
        "password",
        "password_encrypted",
        "password_value",
        "payload_data",
        "possible_username_pairs",
        "secfields",
        "value_encrypted",
        "wrapped_binding_key",
    }
)
"""Secret in whatever table they stand."""

_SECRETS = {
    table: frozenset(columns.split())
    for table, columns in {
        # Chromium family, Web Data v150 and Login Data v43.
        "cookies": "value",
        "logins": "form_data",
        "password_notes": "value",
        "masked_credit_cards": "last_four",
        "masked_ibans": "prefix suffix",
        "virtual_card_usage_data": "last_four",
        "token_service": "binding_key",
        # Falkon 22, browsedata.db: what a form sent, passwords and all.
        "autofill": "data",
        # Firefox 153: cookies.sqlite, webappsstore.sqlite, key4.db.
        "moz_cookies": "value",
        "webappsstore2": "value",
        "nssprivate": "a11 a0 a1 a3 a4 a80 a81 a82 a85 a86 a87 a88 a89 a8a a8b",
        # Apple Messages, chat.db; Gajim's newer store; Firefox 153, chat-store.sqlite.
        "message": "text subject body message corrected_text content_jsonb",
        # Gajim, logs.db.
        "logs": "message subject additional_data",
        # Skype 7, main.db.
        "messages": "body text subject content",
        "smses": "body",
        # Pidgin 3, history.db.
        "message_log": "content",
        # Thunderbird, global-messages-db.sqlite.
        "messagestext_content": "c0body c1subject c2attachmentnames",
        # Psi+, history.
        "events": "m_text",
        # WhatsApp for macOS, ChatStorage.sqlite.
        "zwamessage": "ztext",
    }.items()
}

_SCHEMA = frozenset({"sqlite_master", "sqlite_schema"})


def is_secret(table: str, column: str) -> bool:
    """Whether the column holds secrets or words of messages."""
    table, column = table.lower(), column.lower()
    return column in _SECRETS_EVERYWHERE or column in _SECRETS.get(table, ())


class Permissions:
    """SQLite's authorizer of one connection. Allows everything until `limit_to`."""

    def __init__(self) -> None:
        self._tables: frozenset[str] | None = None

    def limit_to(self, tables: Collection[str]) -> None:
        """From now on allow SELECT on these tables only."""
        self._tables = frozenset(table.lower() for table in tables) | _SCHEMA

    @contextmanager
    def waived(self) -> Iterator[None]:
        """Allow everything to a question of our own."""
        tables, self._tables = self._tables, None
        try:
            yield
        finally:
            self._tables = tables

    def __call__(
        self,
        action: int,
        first: str | None,
        second: str | None,
        _database: str | None,
        _through: str | None,
    ) -> int:
        """Answer SQLite. Raises `RefusedQuery`, or `CannotLook` for what is no table."""
        if self._tables is None or action == apsw.SQLITE_SELECT:
            return apsw.SQLITE_OK
        if action == apsw.SQLITE_READ:
            self._check_column(first or "", second or "")
        elif action == apsw.SQLITE_FUNCTION:
            if (second or "").lower() not in _FUNCTIONS:
                raise RefusedQuery("function")
        else:
            raise RefusedQuery("more than a SELECT")
        return apsw.SQLITE_OK

    def _check_column(self, table: str, column: str) -> None:
        if self._tables is not None and table.lower() not in self._tables:
            raise CannotLook(Why.UNKNOWN_FORMAT)
        if is_secret(table, column):
            raise SecretColumn(table, column)
