"""Every slug leads to a guide, and every guide can be reached."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from hygiene import guides
from tests.guides.pages import NAMES

ROOT = Path(__file__).parents[2]
GUIDES = {guide.slug: guide for group in guides.contents() for guide in group.guides}


@pytest.mark.parametrize("name", NAMES)
def test_more_leads_to_guides_by_their_titles(name: str) -> None:
    """The last section names at least two other guides, each with its own title."""
    guide = GUIDES[name]
    assert len(guide.more) >= 2
    assert name not in guide.more
    section = guide.body.rpartition("## More\n")[2].strip().splitlines()
    assert section == [f"- {GUIDES[slug].title} ({slug})" for slug in guide.more]


def test_every_guide_is_reached_from_the_first() -> None:
    """Following "more" from the first guide leads to all of them."""
    reached: set[str] = set()
    waiting = ["danger-now"]
    while waiting:
        slug = waiting.pop()
        if slug not in reached:
            reached.add(slug)
            waiting += GUIDES[slug].more
    assert reached == set(NAMES)


def _guides_named_in(source: str) -> set[str]:
    """The text of every argument `guide="..."` and every constant `GUIDE` of a module."""
    values: list[ast.expr] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            values += [each.value for each in node.keywords if each.arg == "guide"]
        elif isinstance(node, ast.Assign) and any(
            isinstance(each, ast.Name) and each.id.endswith("GUIDE")
            for each in node.targets
        ):
            values.append(node.value)
    return {
        each.value
        for each in values
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    }


@pytest.mark.rule("SR-10")
def test_every_finding_leads_to_a_guide_that_is_there() -> None:
    """The slugs that our own checks write into their findings all exist."""
    named = {
        slug
        for module in (ROOT / "checks").rglob("*.py")
        for slug in _guides_named_in(module.read_text(encoding="utf-8"))
    }
    assert named
    assert named - set(NAMES) == set()


def test_a_wrong_slug_would_be_seen() -> None:
    """The reader of modules sees a slug that is no guide, written either way."""
    source = 'MY_GUIDE = "lost"\nFinding(topic="a", guide="nowhere")\nf(guide=MY_GUIDE)'
    assert _guides_named_in(source) == {"lost", "nowhere"}


def test_the_contents_for_a_code_host_are_the_same() -> None:
    """`guides/README.md` lists the same guides with the same numbers, and leads to their
    files.
    """
    readme = (ROOT / "guides" / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^(\d+)\. \[(.+)\]\((.+)\)$", readme, re.MULTILINE)
    assert listed == [
        (str(guide.number), guide.title, f"hygiene_guides/en/{guide.slug}.md")
        for guide in GUIDES.values()
    ]
    assert all((ROOT / "guides" / path).is_file() for _, _, path in listed)
    assert [each.title for each in guides.contents()] == re.findall(
        r"^\*\*(.+)\*\*$", readme.partition("## For writers")[0], re.MULTILINE
    )
