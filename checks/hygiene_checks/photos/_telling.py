"""What the files of one batch say, each read once and closed again."""

from __future__ import annotations

from dataclasses import dataclass, field

from hygiene.contract import CannotLook, Home
from hygiene_checks.photos._folders import Batch
from hygiene_checks.photos._formats import place_in_file
from hygiene_checks.photos._place import NO, YES, Answer, Place, any_of
from hygiene_checks.photos._sidecars import place_in_sidecar

__all__ = ["Told", "tell"]


@dataclass(slots=True)
class Told:
    """What a batch says: how many files hold no place, and each other file by path."""

    without: int = 0
    others: list[tuple[str, Answer]] = field(default_factory=list)


def tell(home: Home, batch: Batch) -> Told:
    """Look into each picture, and into its sidecars if it holds no place itself. A
    sidecar whose picture is gone counts when it says more than "no".
    """
    start = f"{batch.folder}/" if batch.folder else ""
    told = Told()
    for entry in batch.barred:
        told.others.append((entry.path, Answer(Place.CANNOT_TELL, entry.why)))
    for name in batch.pictures:
        path = start + name
        answer = _picture(home, path)
        if answer is not YES and name in batch.sidecars:
            sides = batch.sidecars[name]
            answer = any_of((answer, *(_sidecar(home, start, each) for each in sides)))
        if answer is NO:
            told.without += 1
        else:
            told.others.append((path, answer))
    for name in batch.alone:
        answer = _sidecar(home, start, name)
        if answer is not NO:
            told.others.append((start + name, answer))
    return told


def _picture(home: Home, path: str) -> Answer:
    try:
        with home.open(path) as file:
            return place_in_file(file)
    except CannotLook as error:
        return Answer(Place.CANNOT_TELL, error.why)


def _sidecar(home: Home, start: str, name: str) -> Answer:
    try:
        with home.open(start + name) as file:
            return place_in_sidecar(file, name)
    except CannotLook as error:
        return Answer(Place.CANNOT_TELL, error.why)
