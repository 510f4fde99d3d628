"""JSON documents of any size, read so that nothing ever waits for a whole one."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hygiene.contract.outcome import CannotLook, Why
from hygiene.host._unpacked import pieces

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from hygiene.contract.home import Json, Reader

__all__ = ["document", "items"]

_END = b""
_DEEPEST = 200
_MOST_VALUES = 1_000_000
"""In one document or item; more would cost memory, and hold up the interpreter each
time that it clears its own."""

_LONGEST_WITHOUT_A_VALUE = 64 << 20
"""Bytes read for one item, or for one string."""

_LONGEST_PIECE = 4 << 20
"""Bytes that the parser is given at once: there may be a value in every second one."""


def document(reader: Reader, drop: Collection[str], limit: int) -> Json:
    """The whole document, without the members named in `drop`."""
    found = list(_values(pieces(reader, limit), (), frozenset(drop)))
    if len(found) != 1:
        raise CannotLook(Why.DAMAGED)
    return found[0]


def items(reader: Reader, prefix: str) -> Iterator[Json]:
    """The values at `prefix`, one at a time."""
    steps = tuple(prefix.split(".")) if prefix else ()
    return _values(pieces(reader, None), steps, frozenset())


def _values(
    text: Iterator[bytes], prefix: tuple[str, ...], drop: frozenset[str]
) -> Iterator[Json]:
    import ijson  # noqa: PLC0415 - only homes with such documents need it

    events = ijson.sendable_list()
    parser = ijson.basic_parse_coro(events)
    collector = _Collector(prefix, drop)
    in_pieces = _Pieces(text)
    waited = 0
    for piece in in_pieces:
        _feed(parser.send, piece)
        waited = 0 if events and not collector.busy else waited + len(piece)
        # In the middle of a string the parser begins with it anew at each piece.
        in_pieces.least = 0 if events else min(2 * len(piece), _LONGEST_PIECE)
        for event, value in events:
            collector.take(event, value)
        events.clear()
        if collector.done:
            waited = 0
            yield from collector.done
            collector.done.clear()
        if waited > _LONGEST_WITHOUT_A_VALUE:
            raise CannotLook(Why.TOO_LARGE)


class _Pieces:
    """A text and its end, in pieces of `least` bytes or more."""

    def __init__(self, text: Iterator[bytes]) -> None:
        self.least = 0
        self._text = text

    def __iter__(self) -> Iterator[bytes]:
        held = bytearray()
        for piece in self._text:
            held += piece
            if len(held) >= self.least:
                yield bytes(held)
                held.clear()
        if held:
            yield bytes(held)
        yield _END


def _feed(send: Any, piece: bytes) -> None:
    try:
        send(piece)
    except StopIteration:
        return
    except Exception:  # noqa: BLE001 - a parser of C meets any bytes here
        raise CannotLook(Why.DAMAGED) from None


class _Collector:
    """Builds the values at one prefix out of a parser's events."""

    def __init__(self, prefix: tuple[str, ...], drop: frozenset[str]) -> None:
        self.done: list[Json] = []
        self._prefix = list(prefix)
        self._drop = drop
        self._way: list[str] = []
        self._open: list[list[Json] | dict[str, Json]] = []
        self._names: list[str] = []
        self._depth = 0
        self._unread = 0
        self._drop_next = False
        self._values = 0

    @property
    def busy(self) -> bool:
        """Whether a value is begun and not finished."""
        return bool(self._open)

    def take(self, event: str, value: Any) -> None:
        """Take one event of `ijson.basic_parse`."""
        if event == "map_key":
            self._member(value)
        elif event in {"start_map", "start_array"}:
            self._begin({} if event == "start_map" else [])
        elif event in {"end_map", "end_array"}:
            self._end()
        elif self._drop_next:
            self._drop_next = False
        elif not self._unread and (self._open or self._way == self._prefix):
            self._put(float(value) if isinstance(value, Decimal) else value)

    def _member(self, name: str) -> None:
        if self._unread:
            return
        if not self._open:
            self._way[-1] = name
            return
        self._names[-1] = name
        self._drop_next = name in self._drop

    def _begin(self, container: list[Json] | dict[str, Json]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise CannotLook(Why.DAMAGED)
        if self._unread or self._drop_next:
            self._unread += 1
            self._drop_next = False
        elif self._open or self._way == self._prefix:
            self._put(container, finished=False)
            self._open.append(container)
            self._names.append("")
        else:
            self._way.append("item" if isinstance(container, list) else "")

    def _end(self) -> None:
        self._depth -= 1
        if self._unread:
            self._unread -= 1
        elif self._open:
            self._names.pop()
            container = self._open.pop()
            if not self._open:
                self._finish(container)
        else:
            self._way.pop()

    def _put(self, value: Json, *, finished: bool = True) -> None:
        self._values += 1
        if self._values > _MOST_VALUES:
            raise CannotLook(Why.TOO_LARGE)
        if not self._open:
            if finished:
                self._finish(value)
            return
        holder = self._open[-1]
        if isinstance(holder, dict):
            holder[self._names[-1]] = value
        else:
            holder.append(value)

    def _finish(self, value: Json) -> None:
        self._values = 0
        self.done.append(value)
