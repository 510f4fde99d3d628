"""What is in the folder: the same bytes each time, neutral names, everything accounted."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.portable.conftest import built

if TYPE_CHECKING:
    from pathlib import Path

TOPIC = re.compile(
    rb"trafficking|abuse|abusive|victim|shelter|stalker|stalking|survivor",
    re.IGNORECASE,
)
"""Words that tell what the program is for (SR-47)."""

OF_LIBRARIES = {
    "parts/publicsuffixlist/public_suffix_list.dat": "ends of addresses; some are words",
    "parts/_brotli": "a list of words that web pages often hold",
    "parts/cramjam/": "a message of a compiler's memory code",
}
"""Files of others in which such a word stands, and why."""


def files(folder: Path) -> dict[str, str]:
    """SHA-256 of each file by its name in the folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_two_builds_are_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    """In another place."""
    assert files(built(tmp_path / "elsewhere")) == files(folder)


def test_nothing_in_it_is_a_link(folder: Path) -> None:
    """Drives that every system can read know none."""
    assert [each for each in folder.rglob("*") if each.is_symlink()] == []


def test_the_sums_are_those_of_the_files(folder: Path) -> None:
    """Every file but the list itself."""
    lines = (folder / "SHA256SUMS.txt").read_text("utf-8").splitlines()
    said = {name: total for total, name in (line.split("  ", 1) for line in lines)}
    there = files(folder)
    del there["SHA256SUMS.txt"]
    assert said == there


def test_the_bill_of_materials_names_every_file(folder: Path) -> None:
    """With its origin and that one's version; each origin has its licence."""
    bill = json.loads((folder / "bill-of-materials.json").read_text("utf-8"))
    named = {
        each["value"] for part in bill["components"] for each in part["properties"]
    }
    own = {"SHA256SUMS.txt", "bill-of-materials.json", "start.desktop"}
    there = {name for name in files(folder) if not name.startswith("licences/")}
    assert named == there - own
    assert bill["bomFormat"] == "CycloneDX"
    for part in bill["components"]:
        assert re.match(r"\d", part["version"]), part["name"]
        text = folder / "licences" / f"{part['name'].replace(' ', '-')}.txt"
        assert text.read_text("utf-8").strip()


@pytest.mark.rule("SR-47")
def test_no_word_of_the_topic_can_be_searched_for(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not in names and not in what is ours; in libraries the known files alone."""
    hits = {
        name
        for name in files(folder)
        if TOPIC.search(name.encode()) or TOPIC.search((folder / name).read_bytes())
    }
    strange = {each for each in hits if not any(map(each.startswith, OF_LIBRARIES))}
    with capsys.disabled():
        print(f"\nwords of the topic in libraries: {sorted(hits)}")  # noqa: T201
    assert strange == set()


@pytest.mark.rule("SR-47")
def test_guides_lie_in_one_compressed_file(folder: Path) -> None:
    """Both languages, and nothing of ours lies outside."""
    with zipfile.ZipFile(folder / "parts/program.zip") as packed:
        entries = packed.infolist()
    names = {each.filename for each in entries}
    assert {
        "hygiene_guides/en/danger-now.md",
        "hygiene_guides/es/danger-now.md",
    } <= names
    assert {"hygiene/words/es.mo", "hygiene_checks/browser/words/es.mo"} <= names
    assert {each.compress_type for each in entries} == {zipfile.ZIP_DEFLATED}
    outside = [name for name in files(folder) if name.endswith((".md", ".po", ".mo"))]
    assert outside == []
