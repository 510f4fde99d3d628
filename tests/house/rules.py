"""List the safety rules that still have no test: `python tests/house/rules.py`."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

__all__ = ["due", "known", "named"]

HERE = Path(__file__).parent
TESTS = HERE.parent


def known() -> dict[str, bool]:
    """Every rule's number, and whether it is a must."""
    data = tomllib.loads((HERE / "rules.toml").read_text("utf-8"))
    return {number: rule["must"] for number, rule in data["rules"].items()}


def later() -> set[str]:
    """Rules that only parts not built yet can prove."""
    data = tomllib.loads((HERE / "rules.toml").read_text("utf-8"))
    return {number for numbers in data["later"].values() for number in numbers}


def named() -> dict[str, list[str]]:
    """The rules that tests name, each with those tests."""
    found: dict[str, list[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        for test, number in _marks(ast.parse(path.read_text("utf-8"))):
            found.setdefault(number, []).append(f"{path.stem}::{test}")
    return found


def due() -> list[str]:
    """Musts of the parts that are built and that no test names."""
    proven = named()
    return [
        number
        for number, must in known().items()
        if must and number not in proven and number not in later()
    ]


def _marks(tree: ast.Module) -> Iterator[tuple[str, str]]:
    whole = [
        number
        for node in tree.body
        if isinstance(node, ast.Assign)
        and any(isinstance(t, ast.Name) and t.id == "pytestmark" for t in node.targets)
        for number in _numbers(node.value)
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for mark in node.decorator_list:
                for number in _numbers(mark):
                    yield node.name, number
    for number in whole:
        yield "*", number


def _numbers(node: ast.expr) -> Iterator[str]:
    for each in ast.walk(node):
        if (
            isinstance(each, ast.Call)
            and isinstance(each.func, ast.Attribute)
            and each.func.attr == "rule"
        ):
            for argument in each.args:
                if isinstance(argument, ast.Constant):
                    yield str(argument.value)


if __name__ == "__main__":
    proven = named()
    musts = [number for number, must in known().items() if must]
    print(f"{sum(n in proven for n in musts)} of {len(musts)} musts have a test")  # noqa: T201
    for number in musts:
        if number not in proven:
            part = "of a part not built yet" if number in later() else "due now"
            print(f"{number}: no test, {part}")  # noqa: T201
