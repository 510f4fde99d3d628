"""How SQLite opens a file that anyone may have written: nothing in it is run, its pages
are not taken at their word, and nothing of it goes to a temporary folder.
"""

from __future__ import annotations

import apsw

__all__ = ["LONGEST", "LOOK_EVERY", "harden", "quoted"]

LOOK_EVERY = 20_000
"""Steps of SQLite's machine between two looks at whether to go on: a millisecond."""

_SWITCHES = {
    # A log that a killed program left stays as it is, unless somebody changes a row.
    apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE: 1,
    apsw.SQLITE_DBCONFIG_DEFENSIVE: 1,
    apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA: 0,
    apsw.SQLITE_DBCONFIG_ENABLE_VIEW: 0,
    apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER: 0,
    apsw.SQLITE_DBCONFIG_DQS_DML: 0,
}
LONGEST = 64 << 20
"""Bytes of one text, blob or row."""
_LIMITS = {
    apsw.SQLITE_LIMIT_LENGTH: LONGEST,
    apsw.SQLITE_LIMIT_SQL_LENGTH: 1 << 20,
    apsw.SQLITE_LIMIT_EXPR_DEPTH: 200,
    apsw.SQLITE_LIMIT_COMPOUND_SELECT: 50,
    apsw.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 1_000,
    apsw.SQLITE_LIMIT_WORKER_THREADS: 0,
}
# None of these reads the file. The first one keeps -shm files away: the log's index
# lives in memory.
_SETTINGS = """
PRAGMA locking_mode=EXCLUSIVE;
PRAGMA temp_store=MEMORY;
PRAGMA mmap_size=0;
PRAGMA cell_size_check=ON;
"""


def harden(connection: apsw.Connection) -> None:
    """Set up a connection on which nothing was asked yet."""
    for switch, value in _SWITCHES.items():
        connection.config(switch, value)
    for limit, most in _LIMITS.items():
        connection.limit(limit, most)
    list(connection.execute(_SETTINGS))


def quoted(name: str) -> str:
    """The name of a table or column, as SQL has it."""
    return '"' + name.replace('"', '""') + '"'
