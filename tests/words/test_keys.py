"""Every sentence is said somewhere, and everything that is said has a sentence.

A key is said where it stands in the code as a text, or where an f-string makes it (as
`why.{reason}` does) out of words that stand in the code as well. Values of enumerations
and numbers of months are such words.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hygiene import cli
from hygiene.contract import Level, Platform, Switch, Why
from hygiene.contract.phrases import Phrases
from hygiene.engine.results import Status
from hygiene.report import left_behind
from hygiene.report.facts import QUESTIONS
from tests.words.catalogues import CATALOGUES, ROOT, Catalogue, entries

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterator

PROGRAM, *CHECKS = sorted(CATALOGUES, key=lambda each: each.stem != "hygiene")
MONTHS = {str(number) for number in range(1, 13)}
OF_A_CHECK = {"title", "reads", "empty"}
TAKES_A_TOPIC = {
    "Choice": 0,
    "setting_finding": 0,
    "_presence": 0,
    "finding": 1,
    "Kind": 0,
    "LogFolder": 2,
}
"""Calls in the checks that name a topic, and at which place."""

every_check = pytest.mark.parametrize(
    "catalogue", CHECKS, ids=[each.stem for each in CHECKS]
)


def keys(catalogue: Catalogue) -> set[str]:
    """All keys of a catalogue."""
    return {each.key for each in entries(catalogue)}


@cache
def nodes(folder: Path) -> tuple[ast.AST, ...]:
    """The code of a package without its docstrings and lists of exports."""
    found: list[ast.AST] = []
    for path in sorted(folder.rglob("*.py")):
        waiting: list[ast.AST] = [ast.parse(path.read_text("utf-8"))]
        while waiting:
            node = waiting.pop()
            found.append(node)
            waiting += [
                each for each in ast.iter_child_nodes(node) if not _is_silent(each)
            ]
    return tuple(found)


def _is_silent(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, ast.Assign) and any(
        isinstance(each, ast.Name) and each.id == "__all__" for each in node.targets
    )


def texts(folder: Path) -> set[str]:
    """Every whole text that stands in the code of a package."""
    parts = {
        id(part)
        for node in nodes(folder)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    return {
        node.value
        for node in nodes(folder)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in parts
    }


def templates(folder: Path) -> set[str]:
    """Every f-string in the code of a package that can make a key, as a pattern."""
    found = set()
    for node in nodes(folder):
        if isinstance(node, ast.JoinedStr):
            parts = [
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else "(.+)"
                for part in node.values
            ]
            if re.fullmatch(r"[a-z\\.-]+\(\.\+\)", "".join(parts)):
                found.add("".join(parts))
    return found


def _left_behind() -> set[str]:
    """The lines of the page of that name."""
    return {each.id for each in left_behind.lines(Platform.LINUX)}


def test_every_sentence_of_the_program_is_said() -> None:
    """No sentence is left over from something that is gone."""
    package = PROGRAM.path.parents[1]
    words = texts(package) | texts(ROOT / "checks") | MONTHS | _left_behind()
    patterns = [re.compile(each) for each in templates(package)]

    def said(key: str) -> bool:
        made = (pattern.fullmatch(key) for pattern in patterns)
        return key in words or any(each and each[1] in words for each in made)

    assert sorted(key for key in keys(PROGRAM) if not said(key)) == []


def test_everything_the_program_says_has_a_sentence() -> None:
    """Whatever looks like a key is one."""
    known = keys(PROGRAM)
    families = {key.partition(".")[0] for key in known}
    shape = re.compile(r"([a-z-]+)(\.[a-z0-9_-]+)+")
    named = {
        text
        for text in texts(PROGRAM.path.parents[1])
        if (match := shape.fullmatch(text)) and match[1] in families
    }
    assert sorted(named - known) == []
    made = {
        *(f"level.{each.word}" for each in Level),
        *(f"why.{each}" for each in Why),
        *(f"status.{each}" for each in Status),
        *(f"question.{each}" for each in QUESTIONS),
        *(f"month.{each}" for each in MONTHS),
    }
    assert sorted(made - known) == []


def _helps(parser: ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if isinstance(action.choices, dict):
            for below in action.choices.values():
                yield below.description
                yield from _helps(below)
        else:
            yield action.help or ""


def test_every_option_has_its_help() -> None:
    """No key stands where a sentence should."""
    helps = list(_helps(cli._parser(Phrases("hygiene"))))
    assert len(helps) > 20
    assert [each for each in helps if not each or each.startswith("help.")] == []


def _topics(folder: Path) -> Iterator[str]:
    """Topics that the code of a package of checks names."""
    for node in nodes(folder):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            at = TAKES_A_TOPIC.get(name, len(node.args))
            named = [each.value for each in node.keywords if each.arg == "topic"]
            for each in (*node.args[at : at + 1], *named):
                if isinstance(each, ast.Constant) and isinstance(each.value, str):
                    yield each.value
        elif (
            isinstance(node, ast.AnnAssign)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.target, ast.Name)
            and node.target.id == "topic"
        ):
            yield str(node.value.value)


@every_check
def test_every_sentence_of_a_check_is_said(catalogue: Catalogue) -> None:
    """Each block is of a topic, or of a check, that stands in the code."""
    known = keys(catalogue)
    words = texts(catalogue.path.parents[1])
    blocks = {key.rpartition(".")[0] for key in known}
    assert sorted(blocks - words) == []
    parts = {key.rpartition(".")[2] for key in known}
    assert parts <= OF_A_CHECK | set(QUESTIONS) - {"more"} | set(Switch)


@every_check
def test_everything_a_check_says_has_a_sentence(catalogue: Catalogue) -> None:
    """Each topic that the code names has a block."""
    topics = set(_topics(catalogue.path.parents[1]))
    assert topics
    assert sorted({f"{each}.title" for each in topics} - keys(catalogue)) == []


@every_check
def test_a_setting_says_each_of_its_states(catalogue: Catalogue) -> None:
    """A block that says one of them says all."""
    known = keys(catalogue)
    settings = {key.removesuffix(".on") for key in known if key.endswith(".on")}
    states = {f"{name}.{state}" for name in settings for state in Switch}
    assert sorted(states - known) == []
    named = {key.rpartition(".")[0] for key in known if key.endswith(tuple(Switch))}
    assert named == settings
