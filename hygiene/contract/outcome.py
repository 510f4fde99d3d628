"""What a check can answer: found, nothing found, could not check because."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import TypeAlias

from hygiene.contract.untrusted import Untrusted

__all__ = [
    "CannotLook",
    "Finding",
    "HygieneError",
    "Level",
    "NotChecked",
    "NothingFound",
    "Outcome",
    "Progress",
    "Setting",
    "Switch",
    "Trace",
    "Why",
]


class HygieneError(Exception):
    """Root of every error this program raises on purpose. Carries no text from the home."""


class Level(IntEnum):
    """How much a finding asks for attention (SR-09)."""

    NOTE = 1
    WORTH_A_LOOK = 2
    IMPORTANT = 3
    READ_FIRST = 4

    @property
    def word(self) -> str:
        """The level's stable spelling in documents and catalogues."""
        return {
            Level.NOTE: "note",
            Level.WORTH_A_LOOK: "worth-a-look",
            Level.IMPORTANT: "important",
            Level.READ_FIRST: "read-this-first",
        }[self]


class Why(StrEnum):
    """Why something could not be looked at."""

    DENIED = "denied"
    LOCKED = "locked"
    DAMAGED = "damaged"
    UNKNOWN_FORMAT = "unknown-format"
    TOO_LARGE = "too-large"
    NOT_SUPPORTED = "not-supported"
    ONLINE_ONLY = "online-only"
    NOT_ASKED = "not-asked"
    TIMED_OUT = "timed-out"
    CRASHED = "crashed"


class CannotLook(HygieneError):
    """Raised by `Home` when something is there and cannot be read; a check turns it into `NotChecked`."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


class Switch(StrEnum):
    """The state of a setting."""

    ON = "on"
    OFF = "off"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting that causes, or stops, a kind of trace. `name` is stable: `save-passwords`."""

    name: str
    value: Switch


def _nothing_behind() -> Iterable[Trace]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One thing left behind: a site, a photo, a field, a log.

    `label` is a site, a path relative to the home, a program or an account name:
    never a password, cookie value, message, form value, card or full address of a page.
    `inside`, where there is something, reads what stands behind this one trace on
    request only: the words of one form field, the account names of one site.
    """

    key: str
    label: Untrusted
    kind: str
    count: int = 1
    first: datetime | None = None
    last: datetime | None = None
    inside: Callable[[], Iterable[Trace]] | None = field(
        default=None, compare=False, repr=False
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a check found in one place: one profile of one program, or one setting.

    `topic` names the block of sentences in the check's own catalogue
    (`TOPIC.what`, `TOPIC.who`, `TOPIC.choices`, `TOPIC.noticed`: SR-10).
    `program` is the product's own name, `program_id` its lower-case id. `part` tells
    several findings of one profile apart and ends the finding's id. `sources` are paths
    relative to the home. `counts` use the names of the public interface. `traces` reads
    what stands behind the counts each time it is called, and may raise `CannotLook`;
    nothing is kept between calls. `choices` are the clearings on offer here, in the words
    of the public interface (`forget-site`, `clear-sitting`, `clear-day`, `clear-all`),
    narrow first; for the last two `sources` begins with the store of the history.
    """

    topic: str
    level: Level
    program: str
    program_id: str
    profile: Untrusted | None = None
    part: str = ""
    sources: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    first: datetime | None = None
    last: datetime | None = None
    guide: str = ""
    setting: Setting | None = None
    traces: Callable[[], Iterable[Trace]] = field(
        default=_nothing_behind, compare=False, repr=False
    )
    choices: Sequence[str] = ()

    @property
    def has_traces(self) -> bool:
        """Whether anything can be shown behind this finding."""
        return self.traces is not _nothing_behind


@dataclass(frozen=True, slots=True)
class NothingFound:
    """One place was looked at and held nothing. `sources` are relative paths, possibly none."""

    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotChecked:
    """One place could not be looked at, or `count` files below it, for the same reason.
    Never shown like `NothingFound` (SR-18).
    """

    source: str
    why: Why
    program: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a check is, in units of its own; `total` is None while it is unknown."""

    done: int
    total: int | None = None


Outcome: TypeAlias = Finding | NothingFound | NotChecked
