"""Pictures and films that other people's programs wrote: ffmpeg, libheif, exiftool,
exiv2. Nothing here comes from our own builders.
"""

from __future__ import annotations

import struct
import subprocess
from functools import cache
from pathlib import Path

from tests.real.browsers import program

__all__ = ["PROGRAMS", "Studio", "insist_on_programs", "with_index"]

PROGRAMS = ("ffmpeg", "heif-enc", "exiftool", "exiv2")

_PICTURE = ("-f", "lavfi", "-i", "testsrc=s=64x48:d=0.2:r=5", "-frames:v", "1")
_NOISE = ("-f", "lavfi", "-i", "nullsrc=s=256x256,geq=random(1)*255", "-frames:v", "1")
_FILM = ("-f", "lavfi", "-i", "testsrc=s=64x48:d=0.4:r=5")

_BASES = {
    "jpg": (*_PICTURE, "-update", "1"),
    "large.jpg": (*_NOISE, "-q:v", "1", "-update", "1"),
    "png": _PICTURE,
    "large.png": _NOISE,
    "webp": _PICTURE,
    "tif": _PICTURE,
    "gif": _PICTURE,
    "bmp": _PICTURE,
    "mp4": (*_FILM, "-c:v", "mpeg4"),
    "mov": (*_FILM, "-c:v", "mpeg4"),
    "3gp": (*_FILM, "-c:v", "mpeg4"),
    "mkv": (*_FILM, "-c:v", "mpeg4"),
    "avi": (*_FILM, "-c:v", "mpeg4"),
    "webm": (*_FILM, "-c:v", "libvpx"),
    "mts": (*_FILM, "-c:v", "mpeg2video"),
}


def insist_on_programs() -> None:
    """Leave the test out where a program is missing; in CI that is a failure."""
    for each in PROGRAMS:
        program(each)


def _run(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, (command, done.stderr.decode(errors="replace"))


class Studio:
    """Makes files in a folder of its own. Every maker returns the bytes of one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._number = 0
        self.base = cache(self._base)

    def _new(self, end: str) -> Path:
        self._number += 1
        return self.folder / f"{self._number}.{end}"

    def _base(self, end: str) -> bytes:
        """A file as the program wrote it that makes its kind, without a place."""
        if end in {"heic", "avif"}:
            return self.heif(self.base("jpg"), end)
        return self.ffmpeg(end, *_BASES[end])

    def ffmpeg(self, end: str, *options: str) -> bytes:
        """What ffmpeg makes of these options."""
        out = self._new(end)
        _run("ffmpeg", "-v", "error", *options, out)
        return out.read_bytes()

    def refilmed(self, film: bytes, end: str, *options: str) -> bytes:
        """A film copied by ffmpeg."""
        source = self._new("mov")
        source.write_bytes(film)
        return self.ffmpeg(end, "-i", str(source), "-c", "copy", *options)

    def heif(self, picture: bytes, end: str) -> bytes:
        """What libheif makes of a JPEG."""
        source, out = self._new("jpg"), self._new(end)
        source.write_bytes(picture)
        extra = ("-A",) if end == "avif" else ()
        _run("heif-enc", *extra, source, "-o", out)
        return out.read_bytes()

    def tagged(self, end: str, *tags: str, base: bytes | None = None) -> bytes:
        """A file after exiftool wrote tags into it."""
        out = self._new(end)
        out.write_bytes(self.base(end) if base is None else base)
        _run("exiftool", "-q", "-m", "-overwrite_original", *tags, out)
        return out.read_bytes()

    def exiv2(self, end: str, *commands: str) -> bytes:
        """A file after exiv2 changed it."""
        out = self._new(end)
        out.write_bytes(self.base(end))
        options = [part for command in commands for part in ("-M", command)]
        _run("exiv2", *options, out)
        return out.read_bytes()

    def text(self, content: str) -> str:
        """A file that exiftool can take the value of a tag from (`-TAG<=`)."""
        out = self._new("txt")
        out.write_text(content)
        return str(out)


def with_index(first: bytes, second: bytes, *, offset: int | None = None) -> bytes:
    """Two JPEGs as one file with a Multi-Picture index (CIPA DC-007, 5.2), as phones
    write a second image; `offset` is a false place of the second one.
    """
    header = struct.pack(">2sHI", b"MM", 42, 8)
    length = 4 + len(header) + 2 + 12 + 4 + 32
    body_at = 2 + 4 + 4
    if offset is None:
        offset = len(first) + 4 + length - body_at
    entries = struct.pack(
        ">IIIHHIIIHH",
        0x20030000,
        len(first) + 4 + length,
        0,
        0,
        0,
        0,
        len(second),
        offset,
        0,
        0,
    )
    table = struct.pack(">HHHIII", 1, 0xB002, 7, 32, len(header) + 18, 0)
    index = b"MPF\0" + header + table + entries
    segment = b"\xff\xe2" + struct.pack(">H", len(index) + 2) + index
    return first[:2] + segment + first[2:] + second
