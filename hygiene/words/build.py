"""Build hook: compile every catalogue (`words/*.po`) beside itself as `.mo`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface[Any]):
    """Runs for wheels and for editable installs alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before files are collected."""
        del version, build_data
        for source in sorted(Path(self.root).glob("*/**/words/*.po")):
            with source.open("rb") as text, source.with_suffix(".mo").open("wb") as out:
                write_mo(out, read_po(text, locale=source.stem))
