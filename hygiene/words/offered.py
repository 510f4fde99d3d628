"""The languages a person can choose."""

from __future__ import annotations

from dataclasses import dataclass

from hygiene.contract.phrases import Phrases, languages

__all__ = ["Offered", "offered"]


_WAITS = "screens.guides.translation"


@dataclass(frozen=True, slots=True)
class Offered:
    """A language by its code and in its own name.

    `waits` says that no human translator has reviewed its words yet (SR-12).
    """

    code: str
    name: str
    waits: bool = False

    @property
    def note(self) -> str:
        """What is said of it in its own words; empty once it has been reviewed."""
        if not self.waits:
            return ""
        return f"{self.name}: {Phrases('hygiene', self.code).say(_WAITS)}"


_KNOWN = (Offered("en", "English"), Offered("es", "Español", waits=True))


def offered() -> tuple[Offered, ...]:
    """The languages that have a catalogue; none when there is nothing to choose."""
    there = languages("hygiene")
    found = tuple(each for each in _KNOWN if each.code in there)
    return found if len(found) > 1 else ()
