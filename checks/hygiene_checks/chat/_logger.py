"""A program that keeps conversations: where, in which files and stores, which switch."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from posixpath import normpath

from hygiene.contract import (
    CannotLook,
    Finding,
    Home,
    Level,
    NotChecked,
    Outcome,
    Progress,
    Setting,
    Switch,
    Why,
)
from hygiene_checks.chat._places import (
    Installation,
    Places,
    Program,
    barrier,
    installations,
)
from hygiene_checks.chat._stores import Store, stored
from hygiene_checks.chat._switches import LOGGING, SwitchesOf
from hygiene_checks.chat._tree import LogFolder, report

__all__ = ["Logger", "conversations", "installed", "switched"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Logger:
    """One program. `logs` are folders below its data folder ("" is that folder itself),
    `stores` SQLite files below it. Without `switches` it always keeps what is said.
    `path` reads from its settings folder where the person had logs put instead.
    """

    program: Program
    places: Places
    logs: tuple[LogFolder, ...] = ()
    stores: tuple[Store, ...] = ()
    switches: SwitchesOf | None = None
    path: Callable[[Home, str], str] | None = None


def conversations(
    home: Home, loggers: Iterable[Logger]
) -> Iterator[Outcome | Progress]:
    """What each of these programs has stored, and whether it goes on doing so."""
    for logger in loggers:
        for found in installations(home, logger.program, logger.places):
            if isinstance(found, NotChecked):
                yield found
            else:
                yield from installed(home, logger, found)


def installed(
    home: Home, logger: Logger, installation: Installation
) -> Iterator[Outcome | Progress]:
    """The same for one installation."""
    for logs in logger.logs if installation.data else ():
        path = f"{installation.data}/{logs.path}".removesuffix("/")
        if logs.part and home.entry(path) is None:
            continue
        yield from report(home, installation, replace(logs, path=path))
    for store in logger.stores:
        yield from stored(home, installation, store)
    if logger.path is not None:
        yield from _elsewhere(home, logger, installation)
    if logger.switches is not None:
        yield from switched(home, installation, logger.switches)


_NO_PLACE = re.compile(r"[$%].*", re.DOTALL)


def _elsewhere(
    home: Home, logger: Logger, installation: Installation
) -> Iterator[Outcome | Progress]:
    """Logs in a folder of the person's own choice. One outside the home, or the home
    itself, is named and not looked into.
    """
    folder = installation.settings or installation.data or ""
    try:
        written = logger.path(home, folder) if logger.path else ""
    except CannotLook:
        # The switches are in the same file and say why.
        return
    if not written:
        return
    chosen = normpath(_NO_PLACE.sub("", written).removeprefix("~/").rpartition("/")[0])
    if not written.startswith("~/") or chosen.startswith((".", "/")):
        yield NotChecked(folder, Why.NOT_ASKED, installation.program.name)
    elif chosen != installation.data:
        logs = replace(logger.logs[0], path=chosen, part="elsewhere")
        yield from report(home, installation, logs)


def switched(
    home: Home, installation: Installation, switches_of: SwitchesOf
) -> Iterator[Outcome]:
    """The settings of one installation, each as a finding of its own."""
    folder = installation.settings or installation.data or ""
    try:
        found = switches_of(home, folder)
    except CannotLook as refusal:
        path = barrier(home, folder)
        yield NotChecked(path, refusal.why, installation.program.name)
        found = {LOGGING: Switch.UNKNOWN}
    for name, value in found.items():
        yield Finding(
            topic=name,
            level=Level.NOTE,
            program=installation.program.name,
            program_id=installation.program.id,
            profile=installation.profile,
            sources=(folder,),
            guide="chat-logs",
            setting=Setting(name, value),
        )
