"""Chats of meetings that somebody saved with Zoom, in the person's own documents."""

from __future__ import annotations

from collections.abc import Iterator

from hygiene.contract import (
    CannotLook,
    Home,
    NotChecked,
    Outcome,
    Platform,
    Progress,
    UserFolder,
)
from hygiene_checks.chat import _names as names
from hygiene_checks.chat._logger import Logger, conversations
from hygiene_checks.chat._places import Place, Program
from hygiene_checks.chat._tree import LogFolder

__all__ = ["zoom"]


def zoom(home: Home) -> Iterator[Outcome | Progress]:
    """`Documents/Zoom/DATE TIME TITLE/meeting_saved_chat.txt` of Zoom 5 and 6."""
    try:
        documents = home.user_folder(UserFolder.DOCUMENTS)
    except CannotLook as refusal:
        yield NotChecked("Documents", refusal.why, "Zoom")
        return
    if documents is None:
        return
    place = Place(f"{documents}/Zoom")
    logger = Logger(
        program=Program("Zoom", "zoom"),
        places=dict.fromkeys(Platform, (place,)),
        logs=(LogFolder("", names.zoom),),
    )
    yield from conversations(home, (logger,))
