"""What is to be done where in a JSON document, as a tree of its paths."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hygiene.contract.clearing import JsonPath
    from hygiene.contract.home import Json

__all__ = ["CannotEdit", "Node", "tree"]


class CannotEdit(ValueError):
    """A path leads to nothing, or two edits contradict. Carries no text of either."""


@dataclass(slots=True, eq=False)
class Node:
    """A value on a path. `visit` numbers the last time that it was met, `within` is the
    visit of the value above it at that time.
    """

    above: Node | None = None
    children: dict[str | int, Node] = field(default_factory=dict)
    goes: bool = False
    new: bytes | None = None
    visit: int = 0
    within: int = -1

    def below(self) -> Iterator[Node]:
        """It and all others below it."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(node.children.values())

    @property
    def is_found(self) -> bool:
        """Whether it was met in the value above it that counts."""
        return self.above is None or self.within == self.above.visit


def tree(remove: Sequence[JsonPath], put: Sequence[tuple[JsonPath, Json]]) -> Node:
    """What is on the paths, from the top down. Raises `CannotEdit`."""
    top = Node()
    for path in remove:
        _at(top, path).goes = True
    for path, value in put:
        node, new = _at(top, path), _text(value)
        if node.new not in {None, new}:
            raise CannotEdit("two values for one path")
        node.new = new
    if top.goes:
        raise CannotEdit("the whole document")
    for node in top.below():
        if node.new is not None and (node.goes or node.children):
            raise CannotEdit("a value is set, and taken out or changed")
    return top


def _at(top: Node, path: JsonPath) -> Node:
    node = top
    for step in path:
        node = node.children.setdefault(step, Node(node))
    return node


def _text(value: Json) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # Half a character of UTF-16 has no bytes of its own; this is its escape.
    return text.encode("utf-8", "backslashreplace")
