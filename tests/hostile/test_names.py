"""Whatever things are called, no output holds more than plain printable text."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from hygiene.contract import Platform
from tests.hostile import named
from tests.hostile.looking import MEMORY, Look, look
from tests.hostile.texts import LOGIN, NAMES, bad_characters, texts_in

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="names that other systems refuse"
)

FORMS = (("--json", "--items"), ("--json",), ("--plain",), ())


@pytest.fixture(scope="module", params=list(Platform))
def home(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Platform]:
    """A home with hostile names all over."""
    root = tmp_path_factory.mktemp("named")
    named.build(root, request.param)
    return root, request.param


def _findings(seen: Look, check: str) -> list[dict[str, Any]]:
    found = seen.check(check)["findings"]
    return [each for each in found if "setting" not in each]


@pytest.mark.rule("SR-15")
@pytest.mark.parametrize("form", FORMS, ids=" ".join)
def test_no_output_holds_anything_but_text(
    home: tuple[Path, Platform], form: tuple[str, ...]
) -> None:
    """No control, bidi or format character, no half of a pair, nothing of a login."""
    seen = look(*home, *form)
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


def test_everything_named_so_is_found(home: tuple[Path, Platform]) -> None:
    """A hostile name hides nothing: as many profiles, people and pictures as there are."""
    seen = look(*home, "--json", "--items")
    history = _findings(seen, "browser-history")
    for program in ("chromium", "chrome", "firefox"):
        ids = [each["id"] for each in history if f":{program}:" in each["id"]]
        assert len(set(ids)) == len(ids)
    visits = [each for each in history if each["counts"].get("visits") == 1]
    assert len(visits) == 2 * len(NAMES)
    talked = [each["counts"] for each in _findings(seen, "chat-logs")]
    assert len(NAMES) in [each.get("conversations") for each in talked]
    pictures = [each["counts"] for each in _findings(seen, "photo-geotags")]
    assert sum(each["with_place"] for each in pictures) == 2 * len(NAMES)
    (lists,) = [
        each
        for each in _findings(seen, "saved-passwords")
        if each["id"] == "saved-passwords:files"
    ]
    assert lists["counts"] == {"items": len(NAMES)}
    assert len(lists["items"]) == len(NAMES)


def test_sites_are_told_by_their_host_alone(home: tuple[Path, Platform]) -> None:
    """Of an address with a login, the host; of one that is malformed, nothing else."""
    seen = look(*home, "--json", "--items")
    for check in ("browser-history", "saved-passwords"):
        labels = {
            item["label"]
            for finding in _findings(seen, check)
            for item in finding.get("items", [])
            if item["kind"] in {"site", "never-saved"}
        }
        assert {"host.example", "at.example", "ftp.example"} <= labels
        assert {"xn--bcher-kva.example", "b\u00fccher.example", "::1"} <= labels
        assert max(len(each) for each in labels) <= 255
        # An address in an address is none.
        assert not labels & {"c.example", "view.example"}


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_output_that_is_not_utf_8_is_none_the_less_whole(
    home: tuple[Path, Platform], encoding: str
) -> None:
    """A character that an encoding lacks is shown as a question mark."""
    lines = look(*home, "--plain").text.count("\n")
    seen = look(*home, "--plain", environment={"PYTHONIOENCODING": encoding})
    assert seen.status == 0
    text = seen.output.decode(encoding)
    assert text.count("\n") == lines
    assert not bad_characters(text, lines=True)
