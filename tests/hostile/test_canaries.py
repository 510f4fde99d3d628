"""Secrets planted in every store reach no document, no line and no text of an answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hygiene import wiring
from hygiene.contract import Finding, Outcome, Platform, Progress, Trace
from hygiene.engine.registry import Loaded
from hygiene.host.home import DiskHome
from hygiene.practice.home import CANARIES
from tests.hostile.looking import look
from tests.hostile.planting import MARK, ON_REQUEST, home_of_secrets, planted_in

pytestmark = pytest.mark.rule("SR-15")

SECRETS = (MARK, *CANARIES)


@pytest.fixture(scope="module", params=list(Platform))
def home(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Platform]:
    """A home with secrets all over it."""
    root = tmp_path_factory.mktemp("home")
    home_of_secrets(root, request.param)
    return root, request.param


def _leaks(text: str) -> list[str]:
    """What of the secrets stands in a text, with what follows."""
    return [
        text[at : at + 60]
        for secret in SECRETS
        for at in range(len(text))
        if text.startswith(secret, at)
    ]


def _answers(home: tuple[Path, Platform]) -> list[Outcome]:
    opened = DiskHome(*home)
    return [
        outcome
        for each in wiring.checks()
        if isinstance(each, Loaded)
        for outcome in each.check.run(opened)
        if not isinstance(outcome, Progress)
    ]


def _traces(home: tuple[Path, Platform]) -> Iterator[Trace]:
    for each in _answers(home):
        if isinstance(each, Finding):
            yield from each.traces()


def test_the_secrets_stand_in_every_kind_of_store(home: tuple[Path, Platform]) -> None:
    """The test that follows would see them if they were read."""
    kinds = {path.name for path in planted_in(home[0])}
    assert {"History", "Web Data", "Login Data", "Shortcuts", "Preferences"} <= kinds
    assert {"places.sqlite", "formhistory.sqlite", "logins.json", "prefs.js"} <= kinds
    assert {"Cookies", "cookies.sqlite", "words.jpg", "list.csv"} <= kinds
    own = {
        Platform.LINUX: {"logs.db", "history.db", "main.db", "login.keyring"},
        Platform.MACOS: {"History.db", "chat.db", "ChatStorage.sqlite"},
        Platform.WINDOWS: {"phone.db", "main.db"},
    }
    assert own[home[1]] <= kinds


@pytest.mark.parametrize("form", [("--json", "--items"), ("--plain",)], ids=" ".join)
def test_no_document_and_no_line_holds_a_secret(
    home: tuple[Path, Platform], form: tuple[str, ...]
) -> None:
    """Counts, sites, names of fields and people, and nothing that was kept from others."""
    seen = look(*home, *form)
    assert seen.status == 0
    assert _leaks(seen.text) == []
    assert _leaks(seen.errors.decode()) == []
    if "--json" in form:
        statuses = {each["check"]: each["status"] for each in seen.document["checks"]}
        assert set(statuses.values()) <= {"found", "partly-checked"}
        assert not [
            each for each in statuses if "crashed" in seen.missed(each).values()
        ]


def test_no_answer_holds_a_secret_in_its_text(home: tuple[Path, Platform]) -> None:
    """What a traceback or a careless line would show of an outcome or a trace."""
    said = [repr(each) for each in _answers(home)]
    traces = list(_traces(home))
    assert len(traces) > 10
    for each in traces:
        said += [repr(each), str(each), each.key, each.label.raw]
    assert _leaks("\n".join(said)) == []


def test_account_names_and_words_stand_inside_a_trace_alone(
    home: tuple[Path, Platform],
) -> None:
    """On request, for one site or one field; their own texts hide them; nothing else."""
    shown: set[str] = set()
    for trace in _traces(home):
        for each in trace.inside() if trace.inside else ():
            assert each.kind in {"account", "word"}
            assert each.inside is None
            assert _leaks(repr(each)) == []
            shown.add(each.label.raw.rpartition(" ")[0].removeprefix(MARK))
    assert shown == ON_REQUEST
