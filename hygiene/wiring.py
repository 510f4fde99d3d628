"""The one place that builds everything: checks, home, engine and words.

The only module that knows both the engine and the host. Front ends get a `Session`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from hygiene import terminal
from hygiene.contract import Home, HygieneError, ListsSittings, Platform, Sitting
from hygiene.contract.phrases import SOURCE_LANGUAGE, languages
from hygiene.engine import registry, runner
from hygiene.engine.events import Event
from hygiene.engine.registry import Broken, Loaded
from hygiene.host import account
from hygiene.host.home import DiskHome
from hygiene.report.facts import Facts

__all__ = [
    "Options",
    "Session",
    "WrongUsage",
    "checks",
    "language",
    "open_session",
    "system_platform",
]


class WrongUsage(HygieneError):
    """What was asked for cannot be done; `key` is the sentence that says why."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the person asked for on the command line."""

    checks: tuple[str, ...] = ()
    home: Path | None = None
    platform: Platform | None = None
    practice: bool = False
    look_only: bool = False
    language: str = SOURCE_LANGUAGE


class _Monotonic:
    def now(self) -> float:
        return time.monotonic()


@dataclass(slots=True)
class Session:
    """One home, the checks that look at it, and the words for both.

    `agreed` says that the person let us read folders the system asks about (SR-62).
    """

    checks: Sequence[Loaded | Broken]
    platform: Platform
    root: Path
    live: bool
    practice: bool
    look_only: bool
    language: str
    agreed: bool = False
    facts: Facts = field(init=False)

    def __post_init__(self) -> None:
        self.facts = Facts(self.checks, self.language)

    @property
    def admin(self) -> bool:
        """Whether the program runs with administrator rights (SR-14)."""
        return account.running_as_admin()

    @property
    def system_asks(self) -> bool:
        """Whether the system itself would ask before some folders are read (SR-62)."""
        return self.live and self.platform is Platform.MACOS

    def speak(self, language: str) -> None:
        """Use another language from now on."""
        self.language = language
        self.__post_init__()

    def _open(self, tick: Callable[[], None]) -> Home:
        home = DiskHome(self.root, self.platform, live=self.live, agreed=self.agreed)
        return home.watched(tick)

    def run(self) -> Iterator[Event]:
        """Look: run all checks of this session and tell what they answer."""
        return runner.run(self.checks, self._open, _Monotonic())

    def sittings(self) -> Iterable[Sitting]:
        """The sittings of this home, newest first; read anew each time."""
        home = self._open(lambda: None)
        found = [
            sitting
            for each in self.checks
            if isinstance(each, Loaded) and isinstance(each.check, ListsSittings)
            for sitting in each.check.sittings(home)
        ]
        return sorted(found, key=lambda each: each.start, reverse=True)


def system_platform() -> Platform:
    """The layout of this computer."""
    if sys.platform == "darwin":
        return Platform.MACOS
    return Platform.WINDOWS if sys.platform == "win32" else Platform.LINUX


def language(asked: str | None, environment: Iterable[str | None]) -> str:
    """The language to speak: the one asked for, else the system's, else English.

    `environment` holds the values of LC_ALL, LC_MESSAGES and LANG, in that order.
    Raises `WrongUsage` when the one asked for has no catalogue.
    """
    there = languages("hygiene")
    if asked is not None:
        if asked not in there:
            raise WrongUsage("usage.language", known=", ".join(there))
        return asked
    system = next((each for each in environment if each), "")
    return system[:2] if system[:2] in there else SOURCE_LANGUAGE


def checks(asked: Sequence[str] = ()) -> list[Loaded | Broken]:
    """The checks to run, in page order; all of them when none is asked for.

    Raises `NoChecksError`, and `WrongUsage` for an id nobody claims.
    """
    found = registry.find()
    known = {each.id for each in found}
    if not known.issuperset(asked):
        raise WrongUsage("usage.check", known=", ".join(sorted(known)))
    return registry.load(each for each in found if not asked or each.id in asked)


@contextmanager
def open_session(options: Options) -> Iterator[Session]:
    """Build a session; a practice home is removed when the session ends.

    Raises `WrongUsage` and `NoChecksError`.
    """
    with ExitStack() as stack:
        platform = options.platform or system_platform()
        own = account.own_home()
        if options.practice:
            from hygiene.practice.home import made_up_home, remove  # noqa: PLC0415

            root = stack.enter_context(made_up_home(platform))
            terminal.at_the_end(partial(remove, root))
        else:
            root = own if options.home is None else options.home
        if not options.practice:
            _refuse_others(root)
        live = not options.practice and _same(root, own)
        yield Session(
            checks(options.checks),
            platform,
            root,
            live,
            options.practice,
            options.look_only,
            options.language,
        )


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _refuse_others(home: Path) -> None:
    """Refuse a folder that is not there or belongs to someone else (SR-14)."""
    if not home.is_dir():
        raise WrongUsage("usage.home-missing")
    if account.owner_problem(home):
        raise WrongUsage("usage.home-owner")
