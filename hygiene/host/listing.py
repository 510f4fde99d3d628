"""The names in one folder, by what they are."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from hygiene.host.windows import is_link

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Listing", "sorted_out"]


@dataclass(slots=True)
class Listing:
    """Names in no order. Nothing was followed, opened or asked about any of them."""

    files: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[str]:
        return chain(self.files, self.folders, self.links, self.others)


def sorted_out(entries: Iterator[os.DirEntry[str]]) -> Listing:
    """What these entries of one folder are. Raises `OSError`."""
    found = Listing()
    for entry in entries:
        if entry.is_file(follow_symlinks=False):
            found.files.append(entry.name)
        elif entry.is_symlink():
            found.links.append(entry.name)
        elif not entry.is_dir(follow_symlinks=False):
            found.others.append(entry.name)
        elif os.name == "nt" and is_link(entry.stat(follow_symlinks=False)):
            found.links.append(entry.name)
        else:
            found.folders.append(entry.name)
    return found
