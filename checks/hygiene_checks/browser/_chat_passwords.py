"""Passwords that Pidgin keeps in plain text: in how many accounts of `accounts.xml`.

As in Pidgin 2.14: `<account><account><password>...</password></account></account>`. The
file is parsed piece by piece and no text of any element is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from hygiene.contract import (
    CannotLook,
    Finding,
    Level,
    NotChecked,
    NothingFound,
    Platform,
    Why,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hygiene.contract import Home, Outcome

__all__ = ["chat_passwords"]

_PLACES = {
    Platform.LINUX: (
        ".purple/accounts.xml",
        ".var/app/im.pidgin.Pidgin/data/purple/accounts.xml",
    ),
    Platform.MACOS: (".purple/accounts.xml",),
    Platform.WINDOWS: ("{config}/.purple/accounts.xml",),
}
_PROGRAM, _PROGRAM_ID = "Pidgin", "pidgin"
_CHUNK = 1 << 16
_LIMIT = 16 << 20
_PASSWORD = ["account", "account", "password"]
"""The elements around a password, outermost first."""


def chat_passwords(home: Home) -> Iterator[Outcome]:
    """One answer for each list of accounts that is there."""
    for pattern in _PLACES[home.platform]:
        for entry in home.find(pattern):
            if entry.why is not None:
                yield NotChecked(entry.path, entry.why, _PROGRAM)
                continue
            try:
                number = _count(home, entry.path)
            except CannotLook as refusal:
                yield NotChecked(entry.path, refusal.why, _PROGRAM)
                continue
            yield _answer(entry.path, number)


def _answer(path: str, number: int) -> Outcome:
    if not number:
        return NothingFound((path,))
    return Finding(
        topic="chat-passwords",
        level=Level.IMPORTANT,
        program=_PROGRAM,
        program_id=_PROGRAM_ID,
        sources=(path,),
        counts={"logins": number},
        guide="passwords",
    )


class _Counter:
    """Counts password elements by where they stand; keeps nothing else."""

    def __init__(self) -> None:
        self.root = ""
        self.number = 0
        self._outer: list[str] = []
        self._depth = 0

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        self.root = self.root or name
        del self._outer[self._depth :]
        if self._depth < len(_PASSWORD):
            self._outer.append(name)
        self._depth += 1
        if self._depth == len(_PASSWORD) and self._outer == _PASSWORD:
            self.number += 1

    def end(self, _name: str) -> None:
        self._depth -= 1


def _refuse(*_declaration: object) -> NoReturn:
    """The format declares no entities; one that does is not read on."""
    raise CannotLook(Why.UNKNOWN_FORMAT)


def _count(home: Home, path: str) -> int:
    """Accounts with a stored password. Raises `CannotLook`."""
    counter = _Counter()
    parser = expat.ParserCreate()
    parser.StartElementHandler = counter.start
    parser.EndElementHandler = counter.end
    parser.EntityDeclHandler = _refuse
    with home.open(path) as file:
        if file.size > _LIMIT:
            raise CannotLook(Why.TOO_LARGE)
        try:
            for offset in range(0, file.size, _CHUNK):
                parser.Parse(file.read_at(offset, _CHUNK), False)
            parser.Parse(b"", True)
        except expat.ExpatError:
            raise CannotLook(Why.DAMAGED) from None
    if counter.root != _PASSWORD[0]:
        raise CannotLook(Why.UNKNOWN_FORMAT)
    return counter.number
