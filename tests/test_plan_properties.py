"""Whatever a small home holds and whatever is ticked: only what was shown goes, whatever
comes in between, and a run that died is finished by the next.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hygiene.contract import Site, Span
from hygiene.engine.applying import Changed, Result
from hygiene.engine.planning import Plan, Subject
from hygiene.practice.chromium import ChromiumProfile
from hygiene.practice.firefox import FirefoxProfile, write_profiles_ini
from hygiene.wiring import Session
from tests.differ import changes, tables
from tests.failure_modes.dying import forget_and_die
from tests.failure_modes.homes import rows, run
from tests.forgetting import agree, planned, session
from tests.host.systems import POSIX
from tests.host.writing.states import is_idle_journal
from tests.previews import previewed

pytestmark = POSIX

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOSTS = ("a.example", "w.a.example", "xa.example", "a.example.evil.test", "b.example")
CHROMIUM = (".config/chromium/Default", ".config/chromium/Profile 2")
FIREFOX = (".mozilla/firefox/one", ".mozilla/firefox/two")
SUBJECTS: tuple[Subject, ...] = (
    Site("a.example", below=True),
    Site("a.example"),
    Span(start=NOON, end=NOON + timedelta(minutes=3)),
    Span(store=f"{CHROMIUM[0]}/History"),
    Span(store=f"{FIREFOX[1]}/places.sqlite"),
)


@dataclass(frozen=True)
class Visit:
    """A page that was looked at in one profile, and what came of it."""

    profile: str
    host: str
    minute: int
    page: str
    what: str


VISITS = st.lists(
    st.builds(
        Visit,
        profile=st.sampled_from(CHROMIUM + FIREFOX),
        host=st.sampled_from(HOSTS),
        minute=st.integers(0, 5),
        page=st.sampled_from(["", "two", "?to=a.example"]),
        what=st.sampled_from(["visit", "typed", "search", "download", "form", "login"]),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda each: (each.profile, each.host, each.minute, each.what),
)
TICKS = st.frozensets(st.integers(0, 5))
SOME = settings(
    max_examples=int(os.environ.get("HYGIENE_EXAMPLES", "25")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@contextmanager
def _home(visits: list[Visit]) -> Iterator[Path]:
    """A home in which they were made; two profiles of each family."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "home"
        root.mkdir(mode=0o700)
        made: dict[str, ChromiumProfile | FirefoxProfile] = {}
        for name in CHROMIUM:
            made[name] = ChromiumProfile(root / name)
        for name in FIREFOX:
            made[name] = FirefoxProfile(root / name)
        for each in visits:
            _make(made[each.profile], each)
        for profile in made.values():
            profile.write()
        write_profiles_ini((root / FIREFOX[0]).parent, "one", "two")
        yield root


def _make(profile: ChromiumProfile | FirefoxProfile, visit: Visit) -> None:
    url = f"https://{visit.host}/"
    at = NOON + timedelta(minutes=visit.minute)
    profile.visit(url + visit.page, at, typed=visit.what == "typed")
    match visit.what:
        case "search":
            profile.search(f"words {visit.minute}", at, f"{url}find?q=")
        case "download":
            profile.download(f"{url}file{visit.minute}", at)
        case "form":
            word = f"{visit.host} {visit.minute}" if visit.minute else visit.host
            profile.form_word("site", word, at)
        case "login" if isinstance(profile, ChromiumProfile):
            profile.login(url, f"me {visit.minute}", at)
        case "login" if isinstance(profile, FirefoxProfile):
            profile.login(url, at)


def _copy(root: Path, name: str) -> Path:
    to = root.with_name(name)
    shutil.rmtree(to, ignore_errors=True)
    return shutil.copytree(root, to, symlinks=True)


def _chosen(work: Session, subject: Subject, ticks: frozenset[int]) -> Plan:
    """A plan with these of its choices turned, and one profile perhaps left out."""
    decision = work.decide(work.plan(subject))
    for number, each in enumerate(decision.plan.offered):
        if number % 6 in ticks:
            decision.tick(each.key)
    if ticks >= {0, 1} and decision.plan.places:
        decision.leave_out(decision.plan.places[0].folder)
    return decision.plan


@pytest.mark.rule("SR-22", "SR-24")
@SOME
@given(visits=VISITS, subject=st.sampled_from(SUBJECTS), ticks=TICKS)
def test_only_what_was_shown_goes(
    visits: list[Visit], subject: Subject, ticks: frozenset[int]
) -> None:
    """Row for row, in every file of the home; and then nothing of it is planned again."""
    with _home(visits) as root, ExitStack() as stack:
        before = _copy(root, "before")
        work = session(root, stack)
        plan = _chosen(work, subject, ticks)
        assert changes(before, root) == set()
        if not plan.count:
            return
        told = agree(work, plan)
        assert isinstance(told, Result)
        assert told.not_done == ()
        assert changes(before, root) == previewed(before, plan.units)
        assert told.left.chosen == ()


@pytest.mark.rule("SR-22", "SR-26", "SR-29")
@SOME
@given(
    visits=VISITS,
    subject=st.sampled_from(SUBJECTS),
    late=st.sampled_from(HOSTS),
    profile=st.sampled_from(CHROMIUM),
    minute=st.integers(-60, 60),
)
def test_a_change_in_between_is_shown_or_does_not_matter(
    visits: list[Visit], subject: Subject, late: str, profile: str, minute: int
) -> None:
    """A page that was visited after the plan was shown: either the plan is shown anew
    and nothing was touched, or the page is none of it and stays.
    """
    with _home(visits) as root, ExitStack() as stack:
        work = session(root, stack)
        plan = work.plan(subject)
        if not plan.count:
            return
        at = NOON + timedelta(minutes=minute) - datetime(1601, 1, 1, tzinfo=UTC)
        time, url = at // timedelta(microseconds=1), f"https://{late}/late"
        run(
            root / profile / "History",
            f"INSERT INTO urls(url, title, last_visit_time, visit_count)"
            f" VALUES ('{url}', '', {time}, 1);"
            f"INSERT INTO visits(url, visit_time) VALUES (last_insert_rowid(), {time})",
        )
        before = _copy(root, "before")
        told = agree(work, plan)
        if isinstance(told, Changed):
            assert told.plan.digest != plan.digest
            assert changes(before, root) == set()
            return
        assert isinstance(told, Result)
        assert told.not_done == ()
        assert changes(before, root) == previewed(before, plan.units)
        kept = f"SELECT url FROM urls WHERE url = '{url}'"
        assert rows(root / profile / "History", kept) == [(url,)]


@pytest.mark.rule("SR-30")
@SOME
@given(visits=VISITS, subject=st.sampled_from(SUBJECTS), number=st.integers(1, 300))
def test_a_killed_run_is_finished_by_the_next(
    visits: list[Visit], subject: Subject, number: int
) -> None:
    """Killed anywhere: each store is as before or as after, and the same asked for once
    more ends as one run alone.
    """
    with _home(visits) as root, ExitStack() as stack:
        plan = planned(root, subject)
        if not plan.count:
            return
        before, done = _copy(root, "before"), _copy(root, "done")
        agree(session(done, stack), planned(done, subject))
        forget_and_die(root, subject, number)
        for unit in plan.units:
            if (before / unit.store).read_bytes().startswith(b"SQLite format 3\0"):
                ends = tables(before / unit.store), tables(done / unit.store)
                assert tables(root / unit.store) in ends, unit.store
        rest = planned(root, subject)
        if rest.count:
            told = agree(session(root, stack), rest)
            assert isinstance(told, Result)
            assert told.not_done == ()
        assert planned(root, subject).chosen == ()
        more = {each for each in changes(done, root) if each.what != "touched"}
        assert {
            each for each in more if not is_idle_journal(root / each.store)
        } == set()
