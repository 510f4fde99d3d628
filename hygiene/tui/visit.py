"""What every screen of one run knows."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from hygiene.contract.phrases import Phrases
    from hygiene.engine.planning import Subject
    from hygiene.engine.results import CheckResult
    from hygiene.wiring import Session

__all__ = ["COVER_AFTER", "Idle", "Visit"]

COVER_AFTER = 3 * 60.0
"""Seconds without a key until what stands here is covered (SR-41)."""


@dataclass(frozen=True, slots=True)
class Idle:
    """Seconds without a key until the cover, and until the program leaves; None never."""

    cover_after: float | None = COVER_AFTER
    leave_after: float | None = None

    @classmethod
    def asked(cls, minutes: float | None) -> Idle:
        """As the command line has it: None nothing was asked, 0 is `off`."""
        if minutes is None:
            return cls()
        if not minutes:
            return cls(cover_after=None)
        return cls(leave_after=minutes * 60)


@dataclass(slots=True)
class Visit:
    """Words, the way out, and the session; without one only guides are read.

    `results` are the answers of the last look, by check. `clears` counts the stores that
    were changed in this run; `failed` holds what was agreed to and could not be carried
    out, each with the key of the sentence that says why.
    """

    words: Phrases
    language: str
    leave: Callable[[], object]
    leave_key: str
    session: Session | None = None
    keep_scrollback: bool = False
    idle: Idle = Idle()
    clock: Callable[[], float] = monotonic
    results: dict[str, CheckResult] = field(default_factory=dict)
    clears: int = 0
    failed: dict[Subject, str] = field(default_factory=dict)

    def speak(self, language: str) -> None:
        """Go on in another language, from the next page on."""
        from hygiene.contract.phrases import Phrases  # noqa: PLC0415 - a type above

        self.words = Phrases("hygiene", language)
        self.language = language
        if self.session is not None:
            self.session.speak(language)

    @property
    def looking_at(self) -> Session:
        """The session, where there must be one."""
        if self.session is None:
            raise RuntimeError("this run only reads guides")
        return self.session

    @property
    def note(self) -> str:
        """What stands in the first line of every page."""
        if self.session is None:
            return ""
        notes = []
        if self.session.practice:
            notes.append(self.words.say("screens.practice"))
        if self.session.look_only:
            notes.append(self.words.say("screens.look-only"))
        return " · ".join(notes)
