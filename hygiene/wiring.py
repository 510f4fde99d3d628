"""The one place that builds everything: checks, home, engine and words.

The only module that knows both the engine and the host. Front ends get a `Session`,
which builds each part when it is first asked for: the gate stands before any of them.
"""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from hygiene import terminal
from hygiene.contract.home import Platform
from hygiene.contract.outcome import HygieneError
from hygiene.contract.phrases import SOURCE_LANGUAGE, languages
from hygiene.host import account
from hygiene.host.recording import Recording, recording
from hygiene.words.system import system_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from hygiene.contract import (
        Check,
        Consent,
        ForgetsSpans,
        Home,
        Place,
        Sitting,
        Span,
        Trace,
    )
    from hygiene.engine.applying import ApplyEvent
    from hygiene.engine.consent import Consents
    from hygiene.engine.decision import Asked, Decision
    from hygiene.engine.events import Event
    from hygiene.engine.evidence import Saving
    from hygiene.engine.planning import Plan, Subject
    from hygiene.engine.registry import Broken, Loaded
    from hygiene.host.copying import CopyReport
    from hygiene.host.drives import Drive
    from hygiene.host.home import DiskHome
    from hygiene.host.writing import Writer
    from hygiene.report.facts import Facts

__all__ = [
    "LookOnly",
    "NotCarriedOut",
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


class LookOnly(HygieneError):
    """Something would be changed in a session that only looks (SR-02)."""


class NotCarriedOut(HygieneError):
    """What the person agreed to could not be done; `key` is the sentence that says so."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


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


class Session:
    """One home, the checks that look at it, and the words for both.

    `live` says that it is the running person's own home, `practice` that it is made up;
    `agreed` that the person let us read folders the system asks about (SR-62).
    """

    def __init__(self, options: Options, stack: ExitStack) -> None:
        self._asked = options.checks
        self._home = options.home
        self._stack = stack
        self.platform = options.platform or system_platform()
        self.practice = options.practice
        self.look_only = options.look_only
        self.language = options.language
        self.agreed = False

    @cached_property
    def live(self) -> bool:
        """Whether this is the running person's own home on this computer."""
        if self.practice:
            return False
        return self._home is None or _same(self._home, account.own_home())

    @property
    def admin(self) -> bool:
        """Whether the program runs with administrator rights (SR-14)."""
        return account.running_as_admin()

    @cached_property
    def recording(self) -> Recording | None:
        """Whether what this window shows may be kept or seen elsewhere (SR-45)."""
        return recording()

    @property
    def system_asks(self) -> bool:
        """Whether the system itself would ask before some folders are read (SR-62)."""
        return self.live and self.platform is Platform.MACOS

    @cached_property
    def checks(self) -> Sequence[Loaded | Broken]:
        """The checks of this session. Raises `NoChecksError`."""
        return checks(self._asked)

    @cached_property
    def facts(self) -> Facts:
        """The sentences about what is found."""
        from hygiene.report.facts import Facts  # noqa: PLC0415

        return Facts(self.checks, self.language)

    def speak(self, language: str) -> None:
        """Go on in another language."""
        self.language = language
        vars(self).pop("facts", None)  # built anew when it is asked for next

    @cached_property
    def root(self) -> Path:
        """Where the home lies. A made-up one is built when it is first asked for."""
        if not self.practice:
            return self._home or account.own_home()
        from hygiene.practice.home import leave, made_up_home  # noqa: PLC0415

        return self._stack.enter_context(
            made_up_home(
                self.platform, lambda root: terminal.at_the_end(partial(leave, root))
            )
        )

    def _open(self, tick: Callable[[], None]) -> DiskHome:
        from hygiene.host.home import DiskHome  # noqa: PLC0415

        home = DiskHome(self.root, self.platform, live=self.live, agreed=self.agreed)
        return home.watched(tick)

    def _home_now(self) -> DiskHome:
        return self._open(lambda: None)

    def run(self) -> Iterator[Event]:
        """Look: run all checks of this session and tell what they answer."""
        import logging  # noqa: PLC0415

        from hygiene.engine import runner  # noqa: PLC0415

        # Libraries log to standard error when nobody else listens, file names included.
        logging.disable(logging.CRITICAL)
        _ = self.root  # built once, here, and not in the threads of the checks
        return runner.run(self.checks, self._open, _Monotonic())

    def sittings(self) -> Sequence[Sitting]:
        """The sittings of this home, newest first; read anew each time. Raises
        `CannotLook(CRASHED)` where a check that lists them fails.
        """
        from hygiene.contract import CannotLook, ListsSittings, Why  # noqa: PLC0415
        from hygiene.engine.registry import Loaded  # noqa: PLC0415

        home = self._home_now()
        try:
            found = [
                sitting
                for each in self.checks
                if isinstance(each, Loaded) and isinstance(each.check, ListsSittings)
                for sitting in each.check.sittings(home)
            ]
            return sorted(found, key=lambda each: each.start, reverse=True)
        except Exception:  # noqa: BLE001  a stranger's code may raise anything
            raise CannotLook(Why.CRASHED) from None

    @cached_property
    def _planners(self) -> Sequence[Check]:
        """Every check there is: a plan covers all places, whatever was asked to run."""
        from hygiene.engine.registry import Loaded  # noqa: PLC0415

        return [each.check for each in checks() if isinstance(each, Loaded)]

    @cached_property
    def _consents(self) -> Consents:
        from hygiene.engine.consent import Consents  # noqa: PLC0415

        return Consents()

    @cached_property
    def _asked_once(self) -> Asked:
        from hygiene.engine.decision import Asked  # noqa: PLC0415

        return Asked()

    @cached_property
    def _writer(self) -> Writer:
        from hygiene.host.writing import Writer  # noqa: PLC0415

        return Writer(self._home_now(), self._consents.redeem)

    def sites_of(self, span: Span) -> Sequence[Trace]:
        """The sites visited in a stretch of time, each once. Raises
        `CannotLook(CRASHED)` where a check fails.
        """
        return self._of_spans(lambda check, home: check.sites_of(home, span))

    def days_of(self, store: str) -> Sequence[Trace]:
        """The days on which that history has visits, newest first; raises the same."""
        return self._of_spans(lambda check, home: check.days_of(home, store))

    def _of_spans(
        self, ask: Callable[[ForgetsSpans, Home], Iterable[Trace]]
    ) -> Sequence[Trace]:
        from hygiene.contract import CannotLook, ForgetsSpans, Why  # noqa: PLC0415

        home = self._home_now()
        try:
            return [
                trace
                for each in self._planners
                if isinstance(each, ForgetsSpans)
                for trace in ask(each, home)
            ]
        except Exception:  # noqa: BLE001  a stranger's code may raise anything
            raise CannotLook(Why.CRASHED) from None

    def plan(self, subject: Subject) -> Plan:
        """What would go. Takes as long as looking; changes nothing (SR-22)."""
        from hygiene.engine.planning import make_plan  # noqa: PLC0415

        return make_plan(subject, self._planners, self._home_now(), self._writer)

    def decide(self, plan: Plan) -> Decision:
        """The way from this plan to a consent."""
        from hygiene.engine.decision import Decision  # noqa: PLC0415

        return Decision(plan, self._consents, self._asked_once)

    def in_use(self, plan: Plan) -> Sequence[Place]:
        """The profiles of a plan that running programs have open."""
        from hygiene.engine.applying import places_in_use  # noqa: PLC0415

        return places_in_use(plan, self._home_now())

    def carry_out(self, plan: Plan, consent: Consent) -> Iterator[ApplyEvent]:
        """Do what was agreed to. Leaving meanwhile ends or takes back the store that is
        under way, and begins no other. Raises `LookOnly`.
        """
        from hygiene.engine.applying import apply  # noqa: PLC0415

        if self.look_only:
            raise LookOnly
        with terminal.at_work(self._writer.stop):
            yield from apply(
                plan,
                consent,
                self._home_now(),
                self._writer,
                partial(self.plan, plan.subject),
            )

    def drives(self) -> Sequence[Drive]:
        """Removable drives that are there now; not the one that holds this home."""
        from hygiene.host import drives  # noqa: PLC0415 - brings psutil along

        return drives.drives(besides=(str(self.root),))

    def save_copies(
        self, saving: Saving, tell: Callable[[int, int], None]
    ) -> CopyReport:
        """Save what `saving` names where it says (SR-33). Leaving meanwhile takes back
        what was written. Raises `SaveRefused`; then nothing was.
        """
        from datetime import datetime  # noqa: PLC0415

        from hygiene import __version__  # noqa: PLC0415
        from hygiene.host import copying  # noqa: PLC0415

        sources = copying.Sources(self._home_now(), str(self.root), saving.stores)
        about = copying.About(
            version=__version__,
            now=lambda: datetime.now().astimezone(),
            language=self.language,
            made_up=self.practice,
        )
        with copying.Work(tell) as work, terminal.at_work(work.stop):
            if saving.drive is not None:
                return copying.copy_out(sources, saving.drive.mount, about, work)
            return copying.archive_out(
                sources, saving.folder, saving.passphrase, about, work
            )


def system_platform() -> Platform:
    """The layout of this computer."""
    if sys.platform == "darwin":
        return Platform.MACOS
    return Platform.WINDOWS if sys.platform == "win32" else Platform.LINUX


def language(asked: str | None) -> str:
    """The language to speak: the one asked for, else the system's, else English.

    Raises `WrongUsage` when the one asked for has no catalogue.
    """
    there = languages("hygiene")
    if asked is None:
        system = system_language()
        return system if system in there else SOURCE_LANGUAGE
    if asked not in there:
        raise WrongUsage("usage.language", known=", ".join(there))
    return asked


def checks(asked: Sequence[str] = ()) -> list[Loaded | Broken]:
    """The checks to run, in page order; all of them when none is asked for.

    Raises `NoChecksError`, and `WrongUsage` for an id nobody claims.
    """
    from hygiene.engine import registry  # noqa: PLC0415

    found = registry.find()
    known = {each.id for each in found}
    if not known.issuperset(asked):
        raise WrongUsage("usage.check", known=", ".join(sorted(known)))
    return registry.load(each for each in found if not asked or each.id in asked)


@contextmanager
def open_session(options: Options) -> Iterator[Session]:
    """Open a session; a practice home is removed when the session ends.

    Raises `WrongUsage` for a home that is not this person's and for unknown checks.
    """
    if not options.practice:
        _refuse_others(options.home or account.own_home())
    with ExitStack() as stack:
        session = Session(options, stack)
        if options.checks:
            _ = session.checks  # an unknown id is said before the gate, not after
        yield session


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
