"""What could be cleared: parts of a plan made of a closed set of steps, and consent.

Everything here is data. A check only describes; the engine decides; one module of the
host carries steps out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeAlias, runtime_checkable

from hygiene.contract.home import Home, Json, RegistryValue, SqlValue
from hygiene.contract.outcome import HygieneError, Trace, Why
from hygiene.contract.site import Site
from hygiene.contract.untrusted import Untrusted

__all__ = [
    "CannotClear",
    "Clearing",
    "Consent",
    "DeleteRows",
    "EditJson",
    "ForgetsPicked",
    "ForgetsSites",
    "ForgetsSpans",
    "JsonPath",
    "Kept",
    "NotReached",
    "Picked",
    "Place",
    "Planned",
    "RebuildLevelDb",
    "Refusal",
    "RemoveTree",
    "ReplaceFile",
    "SetRegistryValue",
    "Span",
    "Stays",
    "Step",
    "Tick",
    "Unit",
    "UpdateRows",
    "digest",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteRows:
    """Delete the rows of `table` whose column `key` (`rowid` too) holds one of `keys`:
    exactly `rows` of them, else nothing is done.
    """

    store: str
    table: str
    key: str
    keys: tuple[SqlValue, ...]
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateRows:
    """Set `columns` of the row of `table` whose column `key` holds a value of `rows` to
    the values beside it. Each value finds exactly one row, else nothing is done.
    """

    store: str
    table: str
    key: str
    columns: tuple[str, ...]
    rows: tuple[tuple[SqlValue, tuple[SqlValue, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveTree:
    """Remove one known file, or one known folder with all in it, inside a profile or
    its cache.
    """

    store: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceFile:
    """Replace a file whose bytes have the SHA-256 `before` (hex) by `after`."""

    store: str
    before: str
    after: bytes = field(repr=False)


JsonPath: TypeAlias = tuple[str | int, ...]
"""Member names and places in lists, from the top of a JSON document down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditJson:
    """Take members and elements out of a JSON document, and set others; every other
    byte of its text stays as it is. Plain or Mozilla's compressed form, kept as found.

    `before` is the SHA-256 (hex) of the file. All paths are those of the document as it
    is; what stands at a path of `remove` goes whole, `put` sets what is there already.
    """

    store: str
    before: str
    remove: tuple[JsonPath, ...] = ()
    put: tuple[tuple[JsonPath, Json], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuildLevelDb:
    """Build a LevelDB folder anew without the keys in `drop`, each of which is there."""

    store: str
    drop: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRegistryValue:
    """Set one value below HKEY_CURRENT_USER; None removes it. `store` is the key."""

    store: str
    name: str
    value: RegistryValue | None


Step: TypeAlias = (
    DeleteRows
    | UpdateRows
    | RemoveTree
    | ReplaceFile
    | EditJson
    | RebuildLevelDb
    | SetRegistryValue
)


@dataclass(frozen=True, slots=True)
class Unit:
    """All the steps on one store: carried out whole, or not at all."""

    store: str
    steps: tuple[Step, ...]


class Refusal(StrEnum):
    """Why a store cannot be changed. Nothing of it was."""

    OPEN = "open"
    """A program has it open or locked."""
    CHANGED = "changed"
    """It is not as it was when the plan was made."""
    DAMAGED = "damaged"
    UNKNOWN_FORMAT = "unknown-format"
    """A newer or a strange layout: triggers and views too."""
    READ_ONLY = "read-only"
    """It, its folder or its disk may not be written to."""
    FULL = "full"
    LEADS_ELSEWHERE = "leads-elsewhere"
    """A link, or a second name of the same file, that may lie out of the home."""
    FAILING = "failing"
    """The disk answered with an error."""
    NOT_SUPPORTED = "not-supported"


class CannotClear(HygieneError):
    """Raised by the writer: this store was not changed, and no later one was."""

    def __init__(self, store: str, why: Refusal) -> None:
        super().__init__(why.value)
        self.store = store
        self.why = why


def digest(steps: Iterable[Step]) -> str:
    """SHA-256 (hex) of everything the steps would do, in their order."""
    whole = hashlib.sha256()
    for each in steps:
        whole.update(repr(each).encode("utf-8", "surrogatepass") + b"\0")
        if isinstance(each, ReplaceFile):
            whole.update(hashlib.sha256(each.after).digest())
    return whole.hexdigest()


class Kept(StrEnum):
    """What kind of thing a store keeps; front ends have the words for each."""

    PAGES = "pages"
    SEARCHES = "searches"
    SUGGESTIONS = "suggestions"
    FORM_WORDS = "form-words"
    DOWNLOADS = "downloads"
    ICONS = "icons"
    TOP_SITES = "top-sites"
    OPEN_TABS = "open-tabs"
    SITE_DATA = "site-data"
    CACHE = "cache"
    SITE_SETTINGS = "site-settings"
    CONNECTIONS = "connections"
    """What the browser noted of how to reach a site, and of trackers on it."""
    COOKIES = "cookies"
    SIGN_INS = "sign-ins"
    NEVER_SAVED = "never-saved"
    BOOKMARKS = "bookmarks"
    SYNC = "sync"
    BACKUPS = "backups"
    OWN_LINES = "own-lines"
    """Lines of a shell's history that start this program."""
    OTHER = "other"


class Tick(StrEnum):
    """Whether a part of a plan goes."""

    ALWAYS = "always"
    """It belongs to the thing itself."""
    ON = "on"
    """It goes unless the person leaves it out, because more than the thing goes."""
    OFF = "off"
    """It stays unless the person ticks it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One profile of one program that a plan would change.

    `locks` are paths that another process holds while the program has the profile open:
    see `Home.in_use`. `syncs` says that it sends what it keeps to an account. `tried`
    that clearing was run for real with this kind of program on this system (SR-29).
    """

    program: str
    program_id: str
    folder: str
    profile: Untrusted
    locks: tuple[str, ...] = ()
    syncs: bool = False
    tried: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearing:
    """One thing that would go from one place. Steps on one store are carried out
    together, whole or not at all, whichever clearings they come from.

    `store` is the path of the file or folder. `counts` uses the names of the public
    interface where there is one (`pages`, `visits`, `searches`, `downloads` ...), else
    `records` (rows, entries) or `files`. `more` says that more than the thing asked for
    goes: whole, because the format allows nothing narrower. `label` tells things apart
    that the person ticks one by one: an account name. `key` is stable from one plan of
    the same thing to the next.
    """

    key: str
    kept: Kept
    place: Place
    store: str
    steps: tuple[Step, ...]
    counts: Mapping[str, int]
    first: datetime | None = None
    last: datetime | None = None
    tick: Tick = Tick.ALWAYS
    more: bool = False
    label: Untrusted | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stays:
    """Something of the same thing that no plan takes: a bookmark, a word that was used
    before the sitting, a copy that cannot be edited. `count` is 0 when not known.
    """

    kept: Kept
    place: Place
    store: str
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NotReached:
    """A store that may keep the thing and could not be looked into or planned for.
    `program` is the name of the program, where it is known.
    """

    store: str
    why: Why
    program: str = ""


Planned: TypeAlias = Clearing | Stays | NotReached


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of time: from the first to the last moment, both included; None is no
    bound. `store` limits it to the profile whose history is that file. Hosts in
    `left_out` are not touched: the person unticked them.
    """

    start: datetime | None = None
    end: datetime | None = None
    store: str | None = None
    left_out: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """One kind of data in one place: what stands behind one finding of a check, in the
    store `store`. `keys` are those of the traces that the person picked; None is all.
    """

    check: str
    store: str
    keys: frozenset[str] | None = None


@runtime_checkable
class ForgetsPicked(Protocol):
    """A check that can plan to clear what a person picked behind one of its findings."""

    def plan_picked(self, home: Home, picked: Picked) -> Iterator[Planned]:
        """What would go. Asked only for findings of this check itself."""


@runtime_checkable
class ForgetsSites(Protocol):
    """A check that can plan to forget one site."""

    def plan_site(self, home: Home, site: Site) -> Iterator[Planned]:
        """Everything that keeps the site, in the order in which it is best cleared: what
        a second run needs to know goes last. Raises nothing and touches nothing.
        """


@runtime_checkable
class ForgetsSpans(Protocol):
    """A check that can plan to forget what was done in a stretch of time: a sitting, or
    a day or all of one profile's history.
    """

    def plan_span(self, home: Home, span: Span) -> Iterator[Planned]:
        """The same, for the visits of that time and what hangs on them."""

    def sites_of(self, home: Home, span: Span) -> Iterable[Trace]:
        """The sites that were visited then, each once, with its pages in that time."""

    def days_of(self, home: Home, store: str) -> Iterable[Trace]:
        """The days of this computer's time zone on which that history has visits, newest
        first: `key` and `label` are `2026-11-23`, `count` its pages, `first` and `last`
        its first and last visit.
        """


@dataclass(frozen=True, slots=True, eq=False)
class Consent:
    """Agreement to one set of steps, once. It counts only while its issuer holds it: an
    equal one that was built, copied or unpickled elsewhere is not the same object.
    """

    digest: str
