"""A made-up session with checks that answer at once, and the app over it."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from hygiene.contract import (
    CheckInfo,
    Finding,
    Group,
    Home,
    Level,
    NotChecked,
    NothingFound,
    Outcome,
    Platform,
    Progress,
    Setting,
    Sitting,
    Switch,
    Trace,
    Untrusted,
    Why,
)
from hygiene.contract.phrases import Phrases
from hygiene.engine.registry import Loaded, Origin
from hygiene.tui.app import HygieneApp
from hygiene.tui.screens.gate import Gate
from hygiene.tui.visit import Idle, Visit
from hygiene.wiring import Options, Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from hygiene.contract import Check

SIZES = [(40, 24), (80, 24), (120, 40)]
NOW = datetime(2026, 11, 22, 21, 10, tzinfo=UTC)
BROWSER = "hygiene_checks.browser"


@dataclass
class SaidCheck:
    """A check that says what it is told to."""

    id: str
    group: Group
    outcomes: Sequence[Outcome | Progress]
    words: str = BROWSER
    sat: Sequence[Sitting] = ()
    asked: list[str] = field(default_factory=list)

    @property
    def info(self) -> CheckInfo:
        """Its own id and group."""
        return CheckInfo(id=self.id, group=self.group, words=self.words)

    def run(self, home: Home) -> Iterator[Outcome | Progress]:
        """Say it."""
        del home
        self.asked.append("run")
        yield from self.outcomes

    def sittings(self, home: Home) -> Iterable[Sitting]:
        """Its sittings."""
        del home
        return self.sat


def sites(number: int) -> Callable[[], Iterable[Trace]]:
    """A reader of so many sites; every hundredth has something inside."""

    def inside() -> Iterable[Trace]:
        yield Trace(key="a", label=Untrusted("first name"), kind="word", count=2)

    def read() -> Iterable[Trace]:
        for at in range(number):
            yield Trace(
                key=f"site-{at}",
                label=Untrusted(f"site-{at:06}.example"),
                kind="site",
                count=1 + at * 7919 % 1000,
                last=NOW - timedelta(minutes=at * 31 % 50_000),
                inside=inside if at % 100 == 0 else None,
            )

    return read


def history(number: int = 412, profile: str = "Default") -> Finding:
    """Pages visited in one browser."""
    return Finding(
        topic="browser-history",
        level=Level.WORTH_A_LOOK,
        program="Chromium",
        program_id="chromium",
        profile=Untrusted(profile),
        sources=(f".config/chromium/{profile}/History",),
        counts={"sites": number // 3, "pages": number, "visits": number * 2},
        first=NOW - timedelta(days=40),
        last=NOW,
        guide="browser-history",
        traces=sites(number),
        choices=("forget-site", "clear-sitting", "clear-day", "clear-all"),
    )


def passwords() -> Finding:
    """Sign-ins saved in one browser."""
    return Finding(
        topic="saved-passwords",
        level=Level.IMPORTANT,
        program="Firefox",
        program_id="firefox",
        counts={"logins": 9, "never_saved": 2},
        guide="passwords",
        traces=sites(9),
    )


def no_main_password() -> Finding:
    """A setting."""
    return Finding(
        topic="primary-password",
        level=Level.NOTE,
        program="Firefox",
        program_id="firefox",
        setting=Setting("primary-password", Switch.OFF),
    )


def sittings(number: int = 3) -> list[Sitting]:
    """Runs of visits, newest first."""
    return [
        Sitting(
            start=NOW - timedelta(days=at, minutes=35),
            end=NOW - timedelta(days=at),
            sites=12 + at,
            pages=40 + at,
            visits=60,
            programs=("Chromium", "Firefox"),
        )
        for at in range(number)
    ]


def checks(number: int = 412) -> list[SaidCheck]:
    """One check for each kind of answer."""
    return [
        SaidCheck(
            "browser-history",
            Group.PAGES,
            [history(number), history(7, "Profile 1")],
            sat=sittings(),
        ),
        SaidCheck(
            "autocomplete",
            Group.WORDS,
            [
                Finding(
                    topic="autocomplete",
                    level=Level.NOTE,
                    program="Chromium",
                    program_id="chromium",
                    counts={"entries": 57},
                    guide="autocomplete",
                    traces=sites(57),
                )
            ],
        ),
        SaidCheck(
            "saved-passwords", Group.PASSWORDS, [passwords(), no_main_password()]
        ),
        SaidCheck(
            "chat-logs",
            Group.CHATS,
            [NotChecked(".purple/logs", Why.DENIED, "Pidgin"), NothingFound()],
            words="hygiene_checks.chat",
        ),
        SaidCheck(
            "photo-geotags",
            Group.PHOTOS,
            [NothingFound()],
            words="hygiene_checks.photos",
        ),
        SaidCheck(
            "email-traces",
            Group.MAIL,
            [NotChecked(".thunderbird/x/mail", Why.UNKNOWN_FORMAT, "Thunderbird")],
        ),
    ]


def loaded(check: Check) -> Loaded:
    """As the registry would give it."""
    return Loaded(check.info.id, (Origin("privacy-hygiene", "0.1.0"),), check)


def session(
    said: Sequence[Check] | None = None,
    *,
    platform: Platform = Platform.LINUX,
    live: bool = False,
    practice: bool = False,
) -> Session:
    """A session over checks that need no home."""
    made = Session(Options(platform=platform, practice=practice), ExitStack())
    # What a session would read from the machine when it is first asked for.
    vars(made).update(
        checks=[loaded(each) for each in (checks() if said is None else said)],
        live=live,
        root=Path(__file__).parent,
    )
    return made


@dataclass
class Way:
    """Counts how often the way out was taken."""

    times: int = 0

    def out(self) -> None:
        """Leave."""
        self.times += 1


def visit(
    held: Session | None,
    way: Way | None = None,
    *,
    idle: Idle | None = None,
    clock: Callable[[], float] | None = None,
    keep_scrollback: bool = False,
) -> Visit:
    """A visit whose way out only counts."""
    made = Visit(
        words=Phrases("hygiene", "en"),
        language="en",
        leave=(way or Way()).out,
        leave_key="Ctrl+Q",
        session=held,
        idle=idle or Idle(),
        keep_scrollback=keep_scrollback,
    )
    if clock is not None:
        made.clock = clock
    return made


def app(
    held: Session | None = None, way: Way | None = None, theme: str = "dark"
) -> HygieneApp:
    """The app at its gate."""
    seen = visit(held or session(), way)
    return HygieneApp(seen, [Gate(seen)], theme=theme)
