"""What the documents say is there."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from hygiene.contract import Platform
from hygiene_checks.browser._places import BROWSERS
from hygiene_checks.browser.forgetting import FAMILIES
from hygiene_checks.browser.forgetting._planning import TRIED

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / name
    for name in (
        *("README.md", "CHANGELOG.md", "checks/README.md", "guides/README.md"),
        "tests/README.md",
    )
]
README = (ROOT / "README.md").read_text("utf-8")
SHORT = {
    "Google Chrome": "Chrome",
    "Microsoft Edge": "Edge",
    "Microsoft Edge Legacy": "the first Edge",
    "Epic Privacy Browser": "Epic",
    "GNOME Web app": "GNOME Web",
    "Yandex Browser": "Yandex",
    "Zen Browser": "Zen",
    "ungoogled-chromium": "Chromium",
}
"""What the README calls a browser whose own name is longer."""


def _called(name: str) -> str:
    """The name of a browser without its channel and its packaging."""
    known = re.sub(r" (?:Beta|Dev(?:eloper)?|Canary|Nightly|GX|\(.*\))", "", name)
    return SHORT.get(known, known)


def _section(heading: str) -> str:
    return README.split(f"\n## {heading}")[1].split("\n## ")[0]


def _rows() -> dict[tuple[str, ...], str]:
    """The table of what can be cleared: browsers, and the rest of their line."""
    table = _section("What it can clear")
    _, *rows = re.findall(r"^\| (\w[^|]+) \| (.+) \|$", table, re.MULTILINE)
    return {
        tuple(names.replace("and by the same stores ", "").split(", ")): rest
        for names, rest in rows
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    """Every relative link names a file of the project."""
    text = page.read_text("utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if not target.startswith(("http://", "https://")):
            assert (page.parent / target).exists(), target


@pytest.mark.rule("SR-06")
def test_the_readme_begins_with_the_way_that_leaves_no_program_here() -> None:
    """First of all: everything in the guides can be read on a library computer."""
    first = README.split("\n\n", 2)[1]
    assert "library computer" in first
    assert "guides/README.md" in first


def test_set_up_and_tests_are_one_line_each_on_both_kinds_of_shell() -> None:
    """Linux and macOS, and PowerShell."""
    for heading in ("## Run it", "## Test it"):
        section = README.split(heading)[1].split("\n## ")[0]
        for shell in ("sh", "powershell"):
            [block] = re.findall(rf"```{shell}\n(.*?)```", section, re.DOTALL)
            assert block.count("\n") == 1
            assert "requirements.lock" in block


@pytest.mark.rule("SR-63")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_shows_a_name_as_an_argument(page: Path) -> None:
    """No form of the command carries a site, a search or a person's name."""
    for line in re.findall(
        r"hygiene (?:check|forget|guide)[^`\n]*", page.read_text("utf-8")
    ):
        assert not re.search(r"\.(com|org|net|example)\b", line), line


def test_what_is_missing_is_said() -> None:
    """No review by survivors or advocates yet, and where clearing was not tried."""
    assert "No survivor group and no advocate has reviewed" in README
    assert "not yet tried" in README


@pytest.mark.rule("SR-29")
def test_the_table_of_browsers_is_that_of_the_program() -> None:
    """Each stands where it can be cleared, or where it is said that it never is."""
    cleared: set[str] = set()
    never: set[str] = set()
    for names, rest in _rows().items():
        (never if "never cleared" in rest else cleared).update(names)
    can = {_called(each.name) for each in BROWSERS if each.family in FAMILIES}
    assert cleared == can
    assert never == {_called(each.name) for each in BROWSERS} - can
    looked_at = _section("What it can look at")
    assert [each for each in cleared | never if each not in looked_at] == []


@pytest.mark.rule("SR-29")
def test_where_clearing_was_tried_is_told_as_it_is() -> None:
    """By system, in the line of that browser; the rest is not tried, or not there."""
    cells = {
        (names[0], system)
        for names, rest in _rows().items()
        for system, told in zip(Platform, rest.split("|"), strict=False)
        if told.strip().startswith("tried")
    }
    names = {each.id: each.name for each in BROWSERS}
    assert cells == {(names[id], system) for system, id in TRIED}


@pytest.mark.skipif(
    not (ROOT / ".git").exists(),
    reason="not a git checkout, so what belongs to it cannot be told",
)
def test_only_what_every_public_project_has_stands_at_the_top() -> None:
    """Four folders, and the files one expects."""
    done = subprocess.run(
        ["git", "ls-files"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    top = {line.split("/")[0] for line in done.stdout.splitlines()}
    assert top == {
        *(".ci", ".github", ".gitignore", "CHANGELOG.md", "LICENSE", "README.md"),
        *(
            "checks",
            "guides",
            "hygiene",
            "tests",
            "pyproject.toml",
            "requirements.lock",
        ),
    }
