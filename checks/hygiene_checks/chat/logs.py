"""What chat programs keep on this computer, and which chats live in an account."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from hygiene.contract import (
    CheckInfo,
    Group,
    Home,
    NotChecked,
    Outcome,
    Progress,
    or_nothing_found,
)
from hygiene_checks.chat._accounts import accounts
from hygiene_checks.chat._file_loggers import FILE_LOGGERS
from hygiene_checks.chat._logger import conversations
from hygiene_checks.chat._store_loggers import STORE_LOGGERS
from hygiene_checks.chat._thunderbird import thunderbird
from hygiene_checks.chat._zoom import zoom

__all__ = ["ChatLogsCheck"]


class ChatLogsCheck:
    """Stored conversations, whether programs go on storing them, and chat accounts."""

    info = CheckInfo(
        id="chat-logs",
        group=Group.CHATS,
        words="hygiene_checks.chat",
        headline=("conversations",),
    )

    def run(self, home: Home) -> Iterator[Outcome | Progress]:
        """First what lives in accounts, then what is stored here."""
        return or_nothing_found(
            _each_once(
                chain(
                    accounts(home),
                    conversations(home, FILE_LOGGERS),
                    conversations(home, STORE_LOGGERS),
                    thunderbird(home),
                    zoom(home),
                )
            )
        )


def _each_once(
    answers: Iterator[Outcome | Progress],
) -> Iterator[Outcome | Progress]:
    """Name a folder that hides several programs once."""
    refused: set[str] = set()
    for answer in answers:
        if isinstance(answer, NotChecked):
            if answer.source in refused:
                continue
            refused.add(answer.source)
        yield answer
