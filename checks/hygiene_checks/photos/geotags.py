"""Pictures and films that carry the position where they were taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from time import monotonic

from hygiene.contract import (
    CannotLook,
    CheckInfo,
    Finding,
    Group,
    Home,
    Level,
    NotChecked,
    NothingFound,
    Outcome,
    Progress,
    Trace,
    Untrusted,
    Why,
    or_nothing_found,
)
from hygiene_checks.photos._folders import TopFolder, batches, top_folders
from hygiene_checks.photos._place import YES
from hygiene_checks.photos._readers import in_order
from hygiene_checks.photos._telling import Told, tell

__all__ = ["PhotoGeotagsCheck"]

_OFTEN = 500
"""Files between two reports of progress."""
_LONG = 2.0
"""Seconds after which all files are counted, so that the end can be seen."""


class PhotoGeotagsCheck:
    """Which pictures and films, or files beside them, hold a position.

    One answer for each folder of `_folders`. `photos` counts the files of which it can
    be told whether they hold a position, `with_place` those that do. The others are
    named once for each folder and reason: by their own path when there is one, else by
    the folder's. When a picture was taken is not told: a file's date is no proof of it.
    """

    info = CheckInfo(
        id="photo-geotags",
        group=Group.PHOTOS,
        words="hygiene_checks.photos",
        headline=("with_place",),
    )

    def run(self, home: Home) -> Iterator[Outcome | Progress]:
        """Look into each picture."""
        return or_nothing_found(_answers(home))


def _answers(home: Home) -> Iterator[Outcome | Progress]:
    yield Progress(0)
    folders = top_folders(home)
    pace = _Pace(home, folders)
    for folder in folders:
        tally = _Tally()
        yield from _fill(tally, home, folder, pace)
        yield from _outcomes(home, folder, tally)


class _Pace:
    """How far the check is. All files are counted beforehand only where looking at
    them takes so long that counting them does not matter.
    """

    def __init__(self, home: Home, folders: list[TopFolder]) -> None:
        self._home = home
        self._folders = folders
        self._began = monotonic()
        self._said = 0
        self._done = 0
        self._total: int | None = None

    def step(self, files: int) -> Iterator[Progress]:
        """Say now and then how many files are done."""
        self._done += files
        if self._done - self._said < _OFTEN:
            return
        if self._total is None and monotonic() - self._began > _LONG:
            self._total = sum(_pictures_in(self._home, each) for each in self._folders)
        self._said = self._done
        yield Progress(self._done, self._total)


@dataclass(slots=True)
class _Tally:
    """What the files of one folder said. No paths are kept but the first of a reason."""

    photos: int = 0
    with_place: int = 0
    unclear: dict[Why, tuple[str, int]] = field(default_factory=dict)

    def add(self, told: Told) -> None:
        """Count one batch."""
        self.photos += told.without
        for path, answer in told.others:
            if answer.why is None:
                self.photos += 1
                self.with_place += 1
            else:
                self.doubt(path, answer.why)

    def doubt(self, path: str, why: Why) -> None:
        """Count one path that cannot be told."""
        first, count = self.unclear.get(why, (path, 0))
        self.unclear[why] = (first, count + 1)


def _pictures_in(home: Home, folder: TopFolder) -> int:
    try:
        return sum(len(batch.pictures) for batch in batches(home, folder))
    except CannotLook:
        return 0


def _told(home: Home, folder: TopFolder) -> Iterator[Told]:
    """What all files of a folder say, in name order."""
    return in_order(partial(tell, home), batches(home, folder))


def _fill(
    tally: _Tally, home: Home, folder: TopFolder, pace: _Pace
) -> Iterator[Progress]:
    try:
        for told in _told(home, folder):
            tally.add(told)
            yield from pace.step(told.without + len(told.others))
    except CannotLook as error:
        tally.doubt(folder.source, error.why)


def _outcomes(home: Home, folder: TopFolder, tally: _Tally) -> Iterator[Outcome]:
    if tally.with_place:
        yield Finding(
            topic="photo-geotags",
            level=Level.WORTH_A_LOOK,
            program=folder.name,
            program_id=folder.id,
            sources=(folder.source,),
            counts={"photos": tally.photos, "with_place": tally.with_place},
            guide="photos-places",
            traces=partial(_traces, home, folder),
        )
    elif tally.photos or (folder.expected and not tally.unclear):
        yield NothingFound((folder.source,))
    for why, (first, count) in tally.unclear.items():
        source = first if count == 1 else folder.source
        yield NotChecked(source, why, folder.name, count)


def _traces(home: Home, folder: TopFolder) -> Iterable[Trace]:
    """Looks again, so that no list of places is kept meanwhile."""
    for told in _told(home, folder):
        for path, answer in told.others:
            if answer is YES:
                yield Trace(key=path, label=Untrusted(path), kind="photo")
