"""Read a settings file in XML without trusting it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeAlias
from xml.parsers import expat

from hygiene.contract.home import Reader
from hygiene.contract.outcome import CannotLook, Why

__all__ = ["Seen", "Step", "each_element"]

Step: TypeAlias = tuple[str, Mapping[str, str]]
"""An element's name and its attributes."""

Seen: TypeAlias = Callable[[Sequence[Step], str], None]
"""Takes the steps from the root down to an element, and its own text."""

_PIECE = 1 << 16
_LARGEST = 4 << 20
"""Bytes of a settings file; real ones have a tenth of that."""
_DEEPEST = 64
_LONGEST_TEXT = 256


def each_element(file: Reader, seen: Seen, *, texts: Collection[str] = ()) -> None:
    """Call `seen` at the end of each element. Only elements named in `texts` have their
    own text, and its first characters alone: a password beside them stays unread. A
    document type that declares anything is refused, so nothing can grow out of it.
    Raises `CannotLook`.
    """
    if file.size > _LARGEST:
        raise CannotLook(Why.TOO_LARGE)
    parser = _Reader(seen, texts).parser
    try:
        for start in range(0, file.size, _PIECE):
            parser.Parse(file.read_at(start, _PIECE), False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError):
        # The last two: an encoding that Python does not know, or not for this.
        raise CannotLook(Why.DAMAGED) from None


class _Reader:
    """Keeps the way from the root to where the parser is."""

    def __init__(self, seen: Seen, texts: Collection[str]) -> None:
        self._seen = seen
        self._wanted = texts
        self._steps: list[Step] = []
        self._texts: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._document_type
        if texts:
            self.parser.CharacterDataHandler = self._text

    def _document_type(
        self, _name: str, _system: str | None, _public: str | None, inside: int
    ) -> None:
        # Psi writes a bare `<!DOCTYPE accounts>`.
        if inside:
            raise CannotLook(Why.UNKNOWN_FORMAT)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if len(self._steps) == _DEEPEST:
            raise CannotLook(Why.UNKNOWN_FORMAT)
        self._steps.append((name, attributes))
        self._texts.append("")

    def _text(self, text: str) -> None:
        if not self._steps or self._steps[-1][0] not in self._wanted:
            return
        if len(self._texts[-1]) < _LONGEST_TEXT:
            self._texts[-1] += text[:_LONGEST_TEXT]

    def _end(self, _name: str) -> None:
        self._seen(self._steps, self._texts.pop())
        self._steps.pop()
