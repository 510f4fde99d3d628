"""Which files are pictures and films, and which may lie beside them, by their names."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["is_picture", "sorted_out"]

_READ = """
jpg jpeg jpe jfif jif mpo jps insp thm
png apng webp gif bmp dib
heic heif hif heics heifs avif avifs jxl jp2 jpx
tif tiff dng nef nrw cr2 cr3 arw srf sr2 srw pef orf raf rw2 rwl 3fr iiq fff mef mos erf
dcr kdc gpr
mp4 m4v mov qt 3gp 3g2 insv lrv 360
"""

_NOT_READ = """
crw x3f mrw psd
avi mkv webm mts m2ts m2t mpg mpeg wmv asf flv ogv
"""
"""Formats that can hold a place and are not read: they are told as such."""

_PICTURES = frozenset((*_READ.split(), *_NOT_READ.split()))
_DOUBLE = "._"
"""How macOS calls what it keeps about a file on a foreign drive: no picture itself."""
_SIDECARS = frozenset(("xmp", "json"))


def is_picture(name: str) -> bool:
    """Whether a file of this name is looked at."""
    end = name.rpartition(".")[2].lower()
    return end in _PICTURES and not name.startswith(_DOUBLE)


def sorted_out(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """The pictures and films among these names, and what may be a sidecar."""
    pictures: list[str] = []
    sidecars: list[str] = []
    for name in names:
        end = name.rpartition(".")[2].lower()
        if end in _PICTURES:
            if not name.startswith(_DOUBLE):
                pictures.append(name)
        elif end in _SIDECARS:
            sidecars.append(name)
    return pictures, sidecars
