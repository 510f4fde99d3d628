"""Passwords that Pidgin keeps in plain text: in how many accounts of `accounts.xml`.

As in Pidgin 2.14: `<account><account><password>...</password></account></account>`. No
text of any element is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hygiene.contract import (
    CannotLook,
    Finding,
    Level,
    NotChecked,
    NothingFound,
    Platform,
    Why,
)
from hygiene.contract.xml_elements import Step, each_element

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_LIST = ["account"]
_PASSWORD = ["account", "account", "password"]
"""The way from the root to a password."""


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


def _count(home: Home, path: str) -> int:
    """Accounts with a stored password. Raises `CannotLook`."""
    counted: Counter[int] = Counter()

    def seen(steps: Sequence[Step], _: str) -> None:
        names = [name for name, _ in steps]
        if names in (_LIST, _PASSWORD):
            counted[len(names)] += 1

    with home.open(path) as file:
        each_element(file, seen)
    if not counted[len(_LIST)]:
        raise CannotLook(Why.UNKNOWN_FORMAT)
    return counted[len(_PASSWORD)]
