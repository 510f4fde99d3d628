"""The contents: groups, numbers, other languages, and reading them from anywhere."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import hygiene
import hygiene_guides
from hygiene.guides import NoGuidesError, contents, find, shelf

PAGE = """<!--
+++
slug = "{slug}"
title = "{title}"
audience = "both"
group = "{group}"
order = {order}
reviewed_on = 2026-11-23
reviewer = "nobody"
words = []
+++
-->

# {title}

Text.
"""
GROUPS = '[[group]]\nid = "a"\ntitle = "{a}"\n[[group]]\nid = "b"\ntitle = "{b}"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Guides of our own in place of the package's."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "contents.toml").write_text(GROUPS.format(a="First", b="Then"))
    monkeypatch.setattr(shelf, "_root", lambda: tmp_path)
    shelf._shelf.cache_clear()
    yield tmp_path
    shelf._shelf.cache_clear()


def put(folder: Path, slug: str, group: str, order: int, title: str = "T") -> None:
    text = PAGE.format(slug=slug, title=title, group=group, order=order)
    (folder / f"{slug}.md").write_text(text, encoding="utf-8")


@pytest.mark.rule("SR-56")
def test_danger_comes_first_and_numbers_run_on() -> None:
    """The real contents start with danger, and count through all groups from one."""
    guides = [guide for group in contents() for guide in group.guides]
    assert guides[0].slug == "danger-now"
    assert [guide.number for guide in guides] == list(range(1, len(guides) + 1))
    order = [guide.slug for guide in guides]
    assert order.index("safer-device") < order.index("before-you-clear")


def test_groups_and_guides_stand_in_their_order(folder: Path) -> None:
    """Groups as listed, guides by their place, numbers across both, no empty group."""
    en = folder / "en"
    put(en, "late", "b", 1)
    put(en, "second", "a", 7)
    put(en, "first", "a", 3)
    assert [(g.title, [(x.number, x.slug) for x in g.guides]) for g in contents()] == [
        ("First", [(1, "first"), (2, "second")]),
        ("Then", [(3, "late")]),
    ]
    (en / "late.md").unlink()
    shelf._shelf.cache_clear()
    assert [group.title for group in contents()] == ["First"]


@pytest.mark.rule("SR-12")
def test_a_page_without_a_translation_is_there_in_english(folder: Path) -> None:
    """The gap is filled and marked by the guide's own language."""
    put(folder / "en", "one", "a", 1, "One")
    put(folder / "en", "two", "a", 2, "Two")
    (folder / "es").mkdir()
    put(folder / "es", "two", "a", 2, "Dos")
    found = [(guide.title, guide.language) for guide in contents("es")[0].guides]
    assert found == [("One", "en"), ("Dos", "es")]
    assert [guide.title for guide in contents("xx")[0].guides] == ["One", "Two"]


@pytest.mark.parametrize("wanted", ["2", 2, "two", " TWO "])
def test_find_by_number_or_name(folder: Path, wanted: str | int) -> None:
    """A number as text or not, and a slug in any case, lead to the same guide."""
    put(folder / "en", "one", "a", 1)
    put(folder / "en", "two", "a", 2)
    guide = find(wanted)
    assert guide is not None
    assert guide.slug == "two"


@pytest.mark.parametrize("wanted", ["", "0", "-1", "99", "two words", "../en/one"])
def test_what_is_no_guide_is_not_found(folder: Path, wanted: str) -> None:
    """Anything else is None, and no path leads out of the package."""
    put(folder / "en", "one", "a", 1)
    assert find(wanted) is None


def test_no_guides_is_an_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty or a missing package is never an empty page."""
    assert folder.is_dir()
    with pytest.raises(NoGuidesError):
        contents()
    monkeypatch.undo()
    monkeypatch.setattr(shelf, "_PACKAGE", "hygiene_guides_that_are_not_there")
    shelf._shelf.cache_clear()
    with pytest.raises(NoGuidesError):
        contents()


@pytest.mark.rule("SR-59")
def test_guides_are_read_from_a_zip(tmp_path: Path) -> None:
    """Program and guides work from one archive, with nothing of ours on the path."""
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as out:
        for package in (hygiene, hygiene_guides):
            top = Path(package.__path__[0])
            for path in sorted(top.rglob("*")):
                if path.suffix in {".py", ".md", ".toml", ".mo"}:
                    out.write(path, f"{top.name}/{path.relative_to(top).as_posix()}")
    script = (
        f"import sys; sys.path.insert(0, {str(archive)!r})\n"
        "from hygiene import guides\n"
        f"assert guides.__file__.startswith({str(archive)!r}), guides.__file__\n"
        "print(guides.plain_text(guides.find('danger-now')))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("In danger now\n")
    assert "1-888-373-7888" in done.stdout


def test_importing_costs_little() -> None:
    """Importing the guides loads no screen, no Markdown, no TOML and not the pages."""
    heavy = ("textual", "rich", "markdown_it", "tomllib", "difflib", "hygiene_guides")
    script = (
        f"import sys, hygiene.guides; print([x for x in {heavy} if x in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
