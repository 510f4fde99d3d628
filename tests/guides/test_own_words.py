"""The guides are in our own words.

`source_runs.txt` holds what is needed to see a copied run of eight words, and not the
words: one short SHA-256 for each run of the National Human Trafficking Hotline's page
"Safety Planning Information".
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from tests.guides.pages import NAMES, PAGES, Page

RUN = 8
HEX = 12
SOURCE_RUNS = frozenset(
    Path(__file__).with_name("source_runs.txt").read_text(encoding="ascii").split()
)


def runs(text: str) -> dict[str, str]:
    """Each run of eight words of `text`, small letters and digits only, by its hash."""
    plain = re.findall(
        r"[a-z0-9]+", text.lower().replace("\u2019", "").replace("'", "")
    )
    every = [" ".join(plain[at : at + RUN]) for at in range(len(plain) - RUN + 1)]
    return {hashlib.sha256(each.encode()).hexdigest()[:HEX]: each for each in every}


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_no_run_of_eight_words_is_copied(page: Page) -> None:
    """No eight words in a row stand on the page the guides began with."""
    assert [
        run for hash_, run in runs(page.shown).items() if hash_ in SOURCE_RUNS
    ] == []


def test_the_list_of_runs_is_whole() -> None:
    """The page has some 3,700 words, so it has over 3,000 different runs."""
    assert len(SOURCE_RUNS) > 3000
    assert all(re.fullmatch(rf"[0-9a-f]{{{HEX}}}", each) for each in SOURCE_RUNS)


def test_a_copied_run_would_be_seen() -> None:
    """One run that is on that page is found whatever its case and marks are."""
    copied = (
        "Trust your judgment! If a situation/individual\nmakes **you** uncomfortable"
    )
    assert runs(copied).keys() & SOURCE_RUNS
