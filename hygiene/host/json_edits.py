"""Takes members out of the text of a JSON document, or sets them, and leaves every other
byte as it is: spaces, escapes, how numbers are spelled, names that stand twice.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hygiene.contract.outcome import CannotLook, Why
from hygiene.host import mozlz4
from hygiene.host._joined import joined
from hygiene.host._json_tree import CannotEdit, Node, tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hygiene.contract.clearing import JsonPath
    from hygiene.contract.home import Json

__all__ = ["CannotEdit", "edited", "edited_document"]

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_AT_ONCE = 64 << 10
"""Bytes of one match; a longer one would hold up the interpreter."""

_SPACE = re.compile(rb"[ \t\n\r]*+")
_IN_STRING = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)
_SCALAR = re.compile(rb"[-+.0-9A-Za-z]*+")
_NO_BRACKETS = re.compile(
    rb'[^"\[\]{}]*+(?:"(?:[^"\\]++|\\.)*+"[^"\[\]{}]*+)*+', re.DOTALL
)
_CLOSING = {ord("["): ord("]"), ord("{"): ord("}")}
_QUOTE, _COLON, _COMMA = b'":,'


def edited_document(
    data: bytes, remove: Sequence[JsonPath], put: Sequence[tuple[JsonPath, Json]]
) -> bytes:
    """What `edited` does, for a whole file: plain or in Mozilla's compressed form, kept.
    Raises `CannotLook` for damaged files as well.
    """
    if not mozlz4.is_packed(data):
        return edited(data, remove, put)
    return mozlz4.packed(edited(mozlz4.unpacked(data), remove, put))


def edited(
    text: bytes, remove: Sequence[JsonPath], put: Sequence[tuple[JsonPath, Json]]
) -> bytes:
    """The document without what stands at the paths `remove`, each with one comma, and
    with other values at those of `put`.

    All paths are those of `text`, as parsers see it: of members of one name the last
    counts, but what is done to it is done to all. What lies on no path is passed over
    unread. Raises `CannotEdit`, and `CannotLook` where the text is not JSON.
    """
    top = tree(remove, put)
    cuts = _Scan(text, top).cuts()
    if not all(node.is_found for node in top.below()):
        raise CannotEdit("a path leads to nothing")
    return joined(_pieces(text, cuts))


def _pieces(
    text: bytes, cuts: Sequence[tuple[int, int, bytes]]
) -> Iterator[memoryview | bytes]:
    whole, at = memoryview(text), 0
    for start, end, new in cuts:
        yield whole[at:start]
        yield new
        at = end
    yield whole[at:]


@dataclass(slots=True, eq=False)
class _Container:
    """An object or a list on a path, up to the element that is read."""

    node: Node
    end: int
    """The byte that closes it."""
    count: int = 0
    child: Node | None = None
    value: int = 0
    """Where the value of the element begins."""
    cuts: int = 0
    """Cuts made before the element."""
    gone: int = -1
    """Where a row of elements that go begins, up to the element before."""
    gone_end: int = 0
    kept_end: int = -1
    """Where the last element that stays ends."""


class _Scan:
    """Goes through a text once, and into what lies on a path."""

    def __init__(self, text: bytes, top: Node) -> None:
        self._text = text
        self._top = top
        self._open: list[_Container] = []
        self._cuts: list[tuple[int, int, bytes]] = []
        self._visits = 0

    def cuts(self) -> list[tuple[int, int, bytes]]:
        """What to replace by what, from first to last: start, end, new text."""
        start = len(_BYTE_ORDER_MARK) * self._text.startswith(_BYTE_ORDER_MARK)
        start = at = self._run(_SPACE, start)
        at = self._value(at, self._top)
        while self._open:
            at = self._step(at)
        if self._run(_SPACE, at) != len(self._text):
            raise CannotLook(Why.DAMAGED)
        if self._top.new is not None:
            self._cuts.append((start, at, self._top.new))
        return self._cuts

    def _run(self, pattern: re.Pattern[bytes], at: int) -> int:
        """Where the run of what `pattern` matches ends."""
        while True:
            matched = pattern.match(self._text, at, at + _AT_ONCE)
            if matched is None or matched.end() == at:
                return at
            at = matched.end()

    def _byte(self, at: int) -> int:
        if at >= len(self._text):
            raise CannotLook(Why.DAMAGED)
        return self._text[at]

    def _expect(self, byte: int, at: int) -> int:
        if self._byte(at) != byte:
            raise CannotLook(Why.DAMAGED)
        return self._run(_SPACE, at + 1)

    def _step(self, at: int) -> int:
        """Read the next element of the innermost open container, or its end."""
        container = self._open[-1]
        at = self._run(_SPACE, at)
        if self._byte(at) == container.end:
            self._open.pop()
            self._end_of(container)
            return self._element_done(at + 1)
        if container.count:
            at = self._expect(_COMMA, at)
        at = self._element(container, at)
        opened = len(self._open)
        at = self._value(at, container.child)
        return at if len(self._open) > opened else self._element_done(at)

    def _element(self, container: _Container, at: int) -> int:
        """Begin an element; returns where its value begins."""
        start, step = at, container.count
        container.count += 1
        name: str | int = step
        if container.end == _CLOSING[ord("{")]:
            end = self._string(at)
            name = _name(self._text[at + 1 : end - 1])
            at = self._expect(_COLON, self._run(_SPACE, end))
        container.child = child = container.node.children.get(name)
        container.value = at
        if child is not None:
            self._visits += 1
            child.visit, child.within = self._visits, container.node.visit
        if child is None or not child.goes:
            if container.gone >= 0:
                self._cuts.append((container.gone, start, b""))
                container.gone = -1
        elif container.gone < 0:
            container.gone = start
        container.cuts = len(self._cuts)
        return at

    def _element_done(self, end: int) -> int:
        if not self._open:
            return end
        container = self._open[-1]
        child = container.child
        if child is not None and child.goes:
            container.gone_end = end
            del self._cuts[container.cuts :]
            return end
        container.kept_end = end
        if child is not None and child.new is not None:
            self._cuts.append((container.value, end, child.new))
        return end

    def _end_of(self, container: _Container) -> None:
        """Elements that go and have none behind them take the comma before them."""
        if container.gone >= 0:
            start = container.gone if container.kept_end < 0 else container.kept_end
            self._cuts.append((start, container.gone_end, b""))

    def _value(self, at: int, node: Node | None) -> int:
        """Go into the value at `at` if something in it is on a path, else past it."""
        first = self._byte(at)
        if first not in _CLOSING:
            return self._string(at) if first == _QUOTE else self._scalar(at)
        if node is None or not node.children:
            return self._past(at)
        self._open.append(_Container(node, _CLOSING[first]))
        return at + 1

    def _string(self, at: int) -> int:
        if self._byte(at) != _QUOTE:
            raise CannotLook(Why.DAMAGED)
        end = self._run(_IN_STRING, at + 1)
        if self._byte(end) != _QUOTE:
            raise CannotLook(Why.DAMAGED)
        return end + 1

    def _scalar(self, at: int) -> int:
        end = self._run(_SCALAR, at)
        if end == at:
            raise CannotLook(Why.DAMAGED)
        return end

    def _past(self, at: int) -> int:
        """Where the object or list that begins at `at` ends; nothing in it is read."""
        text, match = self._text, _NO_BRACKETS.match
        closing = bytearray((_CLOSING[text[at]],))
        at += 1
        while closing:
            matched = match(text, at, at + _AT_ONCE)
            at = matched.end() if matched else at
            byte = self._byte(at)
            if byte == closing[-1]:
                closing.pop()
                at += 1
            elif byte in _CLOSING:
                closing.append(_CLOSING[byte])
                at += 1
            elif byte == _QUOTE:
                at = self._string(at)
            elif byte in _CLOSING.values():
                raise CannotLook(Why.DAMAGED)
        return at


def _name(text: bytes) -> str:
    """A member's name as `Home.json` gives it."""
    if b"\\" not in text and text.isascii():
        return text.decode()
    try:
        name = json.loads(f'"{text.decode("utf-8", "replace")}"', strict=False)
    except ValueError:
        raise CannotLook(Why.DAMAGED) from None
    return str(name).encode("utf-8", "replace").decode()
