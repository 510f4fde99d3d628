"""What the documents say is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / name
    for name in (
        *("README.md", "CHANGELOG.md", "checks/README.md", "guides/README.md"),
        "tests/README.md",
    )
]
README = (ROOT / "README.md").read_text("utf-8")


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


def test_only_what_every_public_project_has_stands_at_the_top() -> None:
    """Four folders, and the files one expects."""
    import subprocess

    done = subprocess.run(
        ["git", "ls-files"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    if done.returncode:
        pytest.skip("not a git checkout, so what belongs to it cannot be told")
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
