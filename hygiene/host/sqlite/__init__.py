"""Reads a SQLite store as it was at one moment, newest rows included, without a trace.

No lock is taken, and nothing is created or written: SQLite gets a file layer of ours
that can only read (`_vfs`). What a reader loses without a lock is given back by looking
at the right things in the right order (`_snapshot`).
"""

from hygiene.host.sqlite._database import MAGIC
from hygiene.host.sqlite._hardening import LONGEST, LOOK_EVERY, harden, quoted
from hygiene.host.sqlite._permissions import RefusedQuery, SecretColumn
from hygiene.host.sqlite._query import query
from hygiene.host.sqlite._store import StoreFiles

__all__ = [
    "LONGEST",
    "LOOK_EVERY",
    "MAGIC",
    "RefusedQuery",
    "SecretColumn",
    "StoreFiles",
    "harden",
    "query",
    "quoted",
]
