"""Whatever things are called, no output holds more than plain printable text."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hygiene.contract import Platform
from tests.hostile import named
from tests.hostile.looking import MEMORY, Look, look
from tests.hostile.texts import LOGIN, NAMES, bad_characters, texts_in
from tests.plain.conversation import Conversation

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="names that other systems refuse"
)

FORMS = (("--json", "--items"), ("--plain",))
OVERVIEW = "a Look again. b Back. x Leave now."
CHECK = "Type a number to read about it. b Back. x Leave now."
BACK = "b Back. x Leave now."
SHOW = "1 Show. b Back."
LIST = "if there is anything. b Back. x Leave now."


class Named:
    """One home with hostile names all over, looked at once in each form."""

    def __init__(self, root: Path, platform: Platform) -> None:
        self.root = root
        self.platform = platform
        self._seen: dict[tuple[str, ...], Look] = {}
        named.build(root, platform)

    def seen(self, form: tuple[str, ...]) -> Look:
        """What a look in that form comes to."""
        if form not in self._seen:
            self._seen[form] = look(self.root, self.platform, *form)
        return self._seen[form]

    def findings(self, check: str) -> list[dict[str, Any]]:
        """What a check found, settings left out."""
        found = self.seen(FORMS[0]).check(check)["findings"]
        return [each for each in found if "setting" not in each]


@pytest.fixture(scope="module", params=list(Platform))
def home(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Named:
    """One such home a system."""
    return Named(tmp_path_factory.mktemp("named"), request.param)


@pytest.mark.rule("SR-15")
@pytest.mark.parametrize("form", FORMS, ids=" ".join)
def test_no_output_holds_anything_but_text(home: Named, form: tuple[str, ...]) -> None:
    """No control, bidi or format character, no half of a pair, nothing of a login."""
    seen = home.seen(form)
    assert seen.status == 0
    assert seen.memory < MEMORY
    assert not bad_characters(seen.errors.decode(), lines=True)
    if "--json" in form:
        assert seen.text.isascii()
        texts = set(texts_in(seen.document))
    else:
        texts = set(seen.text.split("\n"))
    assert not [each for each in texts if bad_characters(each)]
    assert not [each for each in texts if any(part in each for part in LOGIN)]


def test_everything_named_so_is_found(home: Named) -> None:
    """A hostile name hides nothing: as many profiles, people and pictures as there are."""
    history = home.findings("browser-history")
    ids = [each["id"] for each in history]
    assert len(set(ids)) == len(ids)
    visits = [each for each in history if each["counts"].get("visits") == 1]
    assert len(visits) == 2 * len(NAMES)
    talked = [each["counts"] for each in home.findings("chat-logs")]
    assert len(NAMES) in [each.get("conversations") for each in talked]
    pictures = [each["counts"] for each in home.findings("photo-geotags")]
    assert sum(each["with_place"] for each in pictures) == 2 * len(NAMES)
    (lists,) = [
        each
        for each in home.findings("saved-passwords")
        if each["id"] == "saved-passwords:files"
    ]
    assert lists["counts"] == {"items": len(NAMES)}
    assert len(lists["items"]) == len(NAMES)


def test_sites_are_told_by_their_host_alone(home: Named) -> None:
    """Of an address with a login, the host; of one that is malformed, nothing else."""
    for check in ("browser-history", "saved-passwords"):
        labels = {
            item["label"]
            for finding in home.findings(check)
            for item in finding.get("items", [])
            if item["kind"] in {"site", "never-saved"}
        }
        assert {"host.example", "at.example", "ftp.example"} <= labels
        assert {"xn--bcher-kva.example", "b\u00fccher.example", "::1"} <= labels
        assert max(len(each) for each in labels) <= 255
        # An address in an address is none.
        assert not labels & {"c.example", "view.example"}


def test_output_that_is_not_utf_8_is_none_the_less_whole(home: Named) -> None:
    """A character that an encoding lacks is shown as a question mark."""
    encoding = "ascii" if home.platform is Platform.LINUX else "cp1252"
    variables = {"PYTHONIOENCODING": encoding}
    seen = look(home.root, home.platform, "--plain", environment=variables)
    assert seen.status == 0
    text = seen.output.decode(encoding)
    assert text.count("\n") == home.seen(FORMS[1]).text.count("\n")
    assert not bad_characters(text, lines=True)


@pytest.mark.rule("SR-15", "SR-48")
def test_a_conversation_in_a_terminal_holds_only_text(home: Named) -> None:
    """Overview, what was not looked at, findings, lists, and what is inside an entry."""
    place = ("--home", str(home.root), "--platform", str(home.platform))
    with Conversation(*place) as talk:
        said = [talk.until("x leaves at once, on every page.")]
        said.append(talk.answer("3", OVERVIEW))
        said.append(talk.answer("n", BACK))
        said.append(talk.answer("b", OVERVIEW))
        for check in "12345":
            said.append(talk.answer(check, CHECK))
            said += _read(talk, "1")
            said.append(talk.answer("b", OVERVIEW))
    whole = "".join(said)
    assert whole.count(LIST) >= 4
    assert not bad_characters(whole, lines=True)
    assert not [part for part in LOGIN if part in whole]


def _read(talk: Conversation, finding: str) -> Iterator[str]:
    """One finding with two pages of what stands behind it, and back again."""
    page = talk.answer(finding, BACK)
    yield page
    if "s Show the names." in page:
        yield talk.answer("s", SHOW)
        yield talk.answer("1", LIST)
        yield talk.answer("n", LIST)
        yield talk.answer("b", BACK)
    yield talk.answer("b", CHECK)
