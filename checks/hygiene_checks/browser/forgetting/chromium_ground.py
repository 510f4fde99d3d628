"""What all planners of one Chromium profile share: where it is and what is looked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, Kept, NotReached, Stays, Why
from hygiene_checks.browser._sql import has_columns
from hygiene_checks.browser.forgetting._bytes import mentioned_in_text
from hygiene_checks.browser.forgetting._naming import Naming
from hygiene_checks.browser.forgetting._planning import Part, in_store, whole
from hygiene_checks.browser.forgetting._rows import first_columns

if TYPE_CHECKING:
    from hygiene.contract import Database, Home, Place, Planned
    from hygiene_checks.browser.forgetting._naming import Names

__all__ = ["Ground", "entries_in", "known_version", "mentioned", "tree"]


@dataclass(frozen=True, slots=True)
class Ground:
    """One profile, the names that are looked for in it, and the addresses of bookmarks
    that bear such a name, or why they are not known: bookmarks stay, and so do their
    icons.
    """

    home: Home
    place: Place
    names: Names
    bookmarks: frozenset[str] | Why = frozenset()

    def path(self, name: str) -> str:
        """A file or folder of the profile."""
        return f"{self.place.folder}/{name}"

    def part(self, kept: Kept, name: str) -> Part:
        """Clearings of one store of the profile."""
        return Part(self.place, kept, self.path(name))

    def ask(
        self, name: str, newest: int, ask: Callable[[Database], Iterable[Planned]]
    ) -> Iterator[Planned]:
        """What `ask` says of a SQLite store whose `last_compatible_version` is at most
        `newest`; nothing where there is no such store.
        """

        def known(database: Database) -> Iterable[Planned]:
            known_version(database, newest)
            return ask(database)

        return in_store(self.home, self.place, self.path(name), known)

    def stays(self, kept: Kept, name: str, count: int) -> Iterator[Stays]:
        """Something that no plan takes; nothing where there is none."""
        if count:
            yield Stays(kept=kept, place=self.place, store=self.path(name), count=count)


def entries_in(ground: Ground, pattern: str) -> Iterator[str | NotReached]:
    """Paths in the profile that match, in name order."""
    for entry in ground.home.find(ground.path(pattern)):
        if entry.why is None:
            yield entry.path
        else:
            yield NotReached(
                store=entry.path, why=entry.why, program=ground.place.program
            )


def tree(ground: Ground, path: str) -> Iterator[Planned]:
    """A file or folder that is the site's alone."""
    return whole(ground.home, ground.place, Kept.SITE_DATA, path, more=False)


def mentioned(
    ground: Ground,
    kept: Kept,
    name: str,
    database: Database,
    table: str,
    *columns: str,
    unless: Callable[[object], bool] | None = None,
) -> Iterator[Stays]:
    """Rows of other sites in whose texts the whole name of the site stands: a search for
    it, a title. They stay, and are named; only for one site. `unless` the first column
    is itself the site's.
    """
    names = ground.names
    present = first_columns(database, table, *columns)
    if not isinstance(names, Naming) or not present:
        return
    own = names.address if unless is None else unless
    where = " OR ".join(f"instr(lower({each}), ?)" for each in present)
    query = f"SELECT {', '.join(present)} FROM {table} WHERE {where}"  # noqa: S608
    number = sum(
        not own(texts[0]) and any(mentioned_in_text(each, names) for each in texts)
        for texts in database.rows(query, (names.hint,) * len(present))
    )
    yield from ground.stays(kept, name, number)


def known_version(database: Database, newest: int) -> None:
    """Raise `CannotLook(UNKNOWN_FORMAT)` where the store says that only a program newer
    than the newest we know can read it (table `meta` of Chromium's own stores).
    """
    if not has_columns(database, "meta", "key", "value"):
        return
    query = "SELECT value FROM meta WHERE key = 'last_compatible_version'"
    for (value,) in database.rows(query):
        said = str(value)
        if said.isdecimal() and int(said[:9]) > newest:
            raise CannotLook(Why.UNKNOWN_FORMAT)
