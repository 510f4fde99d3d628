"""Where Safari keeps what: the folders `Library` of the home and of the program's container,
and whose a folder of site data is.
"""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename
from typing import TYPE_CHECKING

from hygiene.contract import CannotLook

if TYPE_CHECKING:
    from hygiene.contract import Home, Place

__all__ = ["data_folders", "is_main", "libraries", "library"]

_CONTAINER = "Library/Containers/com.apple.Safari/Data/Library"


def library(place: Place) -> str:
    """The folder `Library` that the profile lies in."""
    return place.folder.partition("/Safari")[0]


def libraries(place: Place) -> tuple[str, ...]:
    """It, and that of the container, where newer releases keep most."""
    return tuple(dict.fromkeys((library(place), _CONTAINER)))


def is_main(place: Place) -> bool:
    """Whether it is the first profile, which the others lie below."""
    return basename(place.folder) == "Safari"


def data_folders(home: Home, place: Place, library: str) -> Iterator[str]:
    """Folders of site data in one `Library`. A profile of its own has one by its id, in
    letters of either size; each is told by its name on the disk, which may not
    tell the two apart. Raises `CannotLook` where they cannot be listed.
    """
    if is_main(place):
        yield f"{library}/WebKit/WebsiteData"
        yield f"{library}/WebKit/com.apple.Safari/WebsiteData"
        return
    own = basename(place.folder).lower()
    around = f"{library}/WebKit/WebsiteDataStore"
    for entry in home.find(f"{around}/*"):
        if entry.why is not None and entry.path == around:
            raise CannotLook(entry.why)
        if basename(entry.path).lower() == own:
            yield entry.path
