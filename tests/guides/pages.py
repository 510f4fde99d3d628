"""The guide files as they are on disk: header, body, and the text people read."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any

LANGUAGE = "en"


@dataclass(frozen=True)
class Page:
    """One file. `name` is its file name without the ending, `source` the whole file."""

    name: str
    source: str

    @cached_property
    def header(self) -> dict[str, Any]:
        return tomllib.loads(self.source.split("+++\n")[1])

    @cached_property
    def shown(self) -> str:
        """All that is shown: the title line and the body."""
        return self.source.split("\n+++\n-->\n", 1)[1]

    def section(self, heading: str) -> str:
        """The text under one second-level heading, empty where there is none."""
        _, found, rest = self.shown.partition(f"\n## {heading}\n")
        return rest.split("\n## ")[0] if found else ""


def pages() -> list[Page]:
    """Every English guide, by file name."""
    folder = files("hygiene_guides").joinpath(LANGUAGE)
    return sorted(
        (
            Page(each.name.removesuffix(".md"), each.read_text(encoding="utf-8"))
            for each in folder.iterdir()
            if each.name.endswith(".md")
        ),
        key=lambda page: page.name,
    )


PAGES = pages()
NAMES = [page.name for page in PAGES]
