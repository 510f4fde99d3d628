"""A made-up folder of pictures and films."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hygiene.practice.picture_files import BUILDERS, xmp_packet

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Self

    from hygiene.practice.picture_files import Place

__all__ = ["PhotoFolder"]


class PhotoFolder:
    """Gathers pictures, films and what lies beside them; `write` puts them there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: dict[str, bytes] = {}

    def picture(self, name: str, place: Place | None = None) -> Self:
        """A picture or film of the kind its name ends with, perhaps with a place."""
        self._files[name] = BUILDERS[name.rpartition(".")[2].lower()](place)
        return self

    def cut_off(self, name: str) -> Self:
        """A picture whose copying stopped in the middle."""
        self.picture(name)
        whole = self._files[name]
        self._files[name] = whole[: len(whole) // 2]
        return self

    def sidecar(self, name: str, place: Place | None) -> Self:
        """What a download of a Google account (`.json`) or an editor (`.xmp`) puts
        beside a picture.
        """
        north, east = place or (0.0, 0.0)
        if name.endswith(".json"):
            data = {"latitude": north, "longitude": east, "altitude": 0.0}
            title = name.partition(".supp")[0]
            text = json.dumps({"title": title, "geoData": data}, indent=1)
            self._files[name] = text.encode()
        else:
            self._files[name] = xmp_packet(place)
        return self

    def write(self) -> Path:
        """Make the files and return the folder."""
        for name, data in self._files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return self.folder
