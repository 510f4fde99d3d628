"""7z files through py7zr: written as a stream, read back as digests."""

from __future__ import annotations

import hashlib
import io
import os
from typing import IO, TYPE_CHECKING, cast

from py7zr import (
    FILTER_CRYPTO_AES256_SHA256,
    Py7zIO,
    SevenZipFile,
    WriterFactory,
)
from py7zr.helpers import ArchiveTimestamp

from hygiene.host.copying._disk import Written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from hygiene.host.copying.work import Work

__all__ = ["NewArchive", "digests_in"]


class NewArchive:
    """An archive that is being written to `file`, encrypted with its list of files."""

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        self._archive = SevenZipFile(
            file,
            "w",
            filters=[{"id": FILTER_CRYPTO_AES256_SHA256}],
            password=passphrase,
            header_encryption=True,
        )

    def add(
        self, name: str, size: int, pieces: Iterator[bytes], modified: datetime | None
    ) -> Written:
        """Add a file of about `size` bytes; return what really came."""
        stream = _Stream(size, pieces)
        self._archive.writef(cast("IO[bytes]", stream), name)
        if modified is not None:
            told = ArchiveTimestamp.from_datetime(modified.timestamp())
            self._archive.header.files_info.files[-1]["lastwritetime"] = told
        return stream.written

    def add_text(self, name: str, data: bytes) -> None:
        """Add a small file."""
        self._archive.writestr(data, name)

    def close(self) -> None:
        """Write the list of files. What is not closed is no archive."""
        self._archive.close()


class _Stream(io.BufferedIOBase):
    """Pieces as one file that is read once, and their digest."""

    def __init__(self, size: int, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._expected = size
        self._pieces = pieces
        self._digest = hashlib.sha256()
        self._size = 0

    @property
    def written(self) -> Written:
        """What was read so far."""
        return Written(self._size, self._digest.hexdigest())

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """The next piece, whatever its size; the archive takes it as it comes."""
        del size
        piece = next(self._pieces, b"")
        self._digest.update(piece)
        self._size += len(piece)
        return piece

    def tell(self) -> int:
        return self._size

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Where one would be: only asked to learn the size."""
        return self._expected + offset if whence == os.SEEK_END else offset


def digests_in(file: IO[bytes], passphrase: str, work: Work) -> dict[str, str]:
    """SHA-256 (hex) of every file in the archive, by name. Raises what py7zr raises for
    one that is damaged: almost anything.
    """
    read = _Digests(work)
    with SevenZipFile(file, "r", password=passphrase) as archive:
        archive.extractall(factory=read)
    return {name: each.digest for name, each in read.by_name.items()}


class _Digests(WriterFactory):
    """Takes what comes out of an archive, and keeps nothing but digests."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self.by_name: dict[str, _Digest] = {}

    def create(self, filename: str) -> Py7zIO:
        made = self.by_name[filename] = _Digest(self._work)
        return made


class _Digest(Py7zIO):
    def __init__(self, work: Work) -> None:
        self._work = work
        self._whole = hashlib.sha256()
        self._size = 0

    @property
    def digest(self) -> str:
        return self._whole.hexdigest()

    def write(self, s: bytes | bytearray) -> int:
        self._whole.update(s)
        self._size += len(s)
        self._work.moved(len(s))
        return len(s)

    def read(self, size: int | None = None) -> bytes:
        del size
        return b""

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        del whence
        return offset

    def flush(self) -> None:
        """Nothing waits."""

    def size(self) -> int:
        return self._size
