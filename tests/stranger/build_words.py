"""Build hook: compile this package's catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogue(BuildHookInterface[Any]):
    """Runs before files are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write `en.mo` beside `en.po`."""
        del version, build_data
        source = Path(self.root, "stranger_check/words/en.po")
        with source.open("rb") as text, source.with_suffix(".mo").open("wb") as out:
            write_mo(out, read_po(text, locale="en"))
