"""One folder as it was found: the names in it, and its files without the way from the
root, which takes longer than to read a file.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from hygiene.host import placeholders
from hygiene.host._source import Signature
from hygiene.host.listing import sorted_out
from hygiene.host.opening import open_folder, open_quietly
from hygiene.host.placeholders import is_placeholder

if TYPE_CHECKING:
    from hygiene.host.listing import Listing

__all__ = ["OpenFolder"]


if sys.platform == "win32":

    class OpenFolder:
        """The folder at the absolute path `real`, as long as it is still the same one:
        this system opens nothing from a folder, and an open one could not be renamed.
        """

        __slots__ = ("__weakref__", "_real", "identity")

        def __init__(self, real: str) -> None:
            self._real = real
            self.identity = Signature.of(os.stat(real)).identity

        def listing(self) -> Listing:
            """The names in it. Raises `OSError`."""
            with os.scandir(self._real) as entries:
                return sorted_out(entries)

        def open_file(self, name: str) -> int | None:
            """Open what `name` stands for here; None where that takes the longer way.
            Raises `OSError` and `ValueError`.
            """
            file = f"{self._real}{os.sep}{name}"
            if ":" in name or os.sep in name or is_placeholder(os.lstat(file)):
                return None
            now = Signature.of(os.stat(self._real))
            return open_quietly(file) if now.identity == self.identity else None

else:

    class OpenFolder:
        """The folder at the absolute path `real`, open until nobody refers to it any
        more: a reader in another thread may be about to open a file in it.
        """

        __slots__ = ("__weakref__", "_descriptor", "identity")

        def __init__(self, real: str) -> None:
            self._descriptor = -1
            self._descriptor = open_folder(real)
            self.identity = Signature.of(os.fstat(self._descriptor)).identity

        def __del__(self) -> None:
            if self._descriptor >= 0:
                os.close(self._descriptor)

        def listing(self) -> Listing:
            """The names in it. Raises `OSError`."""
            with os.scandir(self._descriptor) as entries:
                return sorted_out(entries)

        def open_file(self, name: str) -> int | None:
            """Open what `name` stands for here; None where that takes the longer way.
            Raises `OSError` and `ValueError`.
            """
            folder = self._descriptor
            if placeholders.EXIST_HERE and is_placeholder(
                os.lstat(name, dir_fd=folder)
            ):
                return None
            return open_quietly(name, folder)
