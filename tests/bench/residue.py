"""Counts what is left of a name: in every file of a folder, in every way it is written.

    python -m tests.bench.residue FOLDER NAME [LOOK-ALIKE ...]

Text in UTF-8 and both UTF-16, whatever its case; base64 at each of its three positions;
a host also reversed (Firefox), as in DNS messages, and hashed (HSTS, storage folders,
icons). All that inside LZ4, gzip, snappy, LevelDB, SQLite and Chromium's encrypted
sessions too, and in the names of files and folders. An occurrence counts wherever it
stands, except within a look-alike: a longer text that was named.
"""

from __future__ import annotations

import base64
import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.bench.wrappings import unwrapped

__all__ = ["Residue", "residue"]


@dataclass(frozen=True)
class Residue:
    """One file, or the name of one: how the text is written there, and how often."""

    path: str
    form: str
    count: int

    def __str__(self) -> str:
        return f"{self.count:6} {self.form:28} {self.path}"


def residue(root: Path, name: str, look_alikes: Iterable[str] = ()) -> list[Residue]:
    """All that is left of a host, or of words, below `root`. Paths are from there."""
    search = _Search(name.lower(), tuple(each.lower() for each in look_alikes))
    found = []
    for folder, folders, files in os.walk(root):
        for each in sorted((*folders, *files)):
            path = Path(folder) / each
            at = str(path.relative_to(root))
            found += [Residue(at, *one) for one in search.in_name(os.fsencode(each))]
            if path.is_symlink():
                target = os.fsencode(os.readlink(path))
                found += [Residue(at, *one) for one in search.in_name(target)]
            elif path.is_file():
                found += [Residue(at, *one) for one in search.in_file(path)]
    return found


class _Search:
    """The forms of one name, and those of its look-alikes that do not count."""

    def __init__(self, name: str, look_alikes: tuple[str, ...]) -> None:
        self._forms = _forms(name)
        others = [_forms(each) for each in look_alikes]
        self._others = {
            form: [each[form] for each in others if form in each]
            for form in self._forms
        }
        self._hashes = dict(_hashes(name)) if " " not in name else {}

    def in_name(self, name: bytes) -> Iterator[tuple[str, int]]:
        """How the name of a file names it."""
        for form, count in self._in(name):
            yield f"file name, {form}", count

    def in_file(self, path: Path) -> Iterator[tuple[str, int]]:
        """How the content of a file names it."""
        for packed, data in unwrapped(path, path.read_bytes()):
            for form, count in self._in(data):
                yield f"{packed}, {form}" if packed else form, count

    def _in(self, data: bytes) -> Iterator[tuple[str, int]]:
        small = data.lower()
        for form, wanted in self._forms.items():
            where = data if form.startswith("base64") else small
            if wanted in where:
                count = _outside(where, wanted, self._others[form])
                if count:
                    yield form, count
        for form, wanted in self._hashes.items():
            if count := data.count(wanted):
                yield form, count


def _outside(data: bytes, wanted: bytes, others: Iterable[bytes]) -> int:
    """How often `wanted` stands in `data` outside of any of the others."""
    covered = [(at, at + len(each)) for each in others for at in _all(data, each)]
    return sum(
        not any(first <= at and at + len(wanted) <= last for first, last in covered)
        for at in _all(data, wanted)
    )


def _all(data: bytes, wanted: bytes) -> Iterator[int]:
    at = data.find(wanted)
    while at >= 0:
        yield at
        at = data.find(wanted, at + 1)


def _forms(text: str) -> Mapping[str, bytes]:
    forms = {
        "utf-8": text.encode(),
        # What both orders of bytes have in common.
        "utf-16": text.encode("utf-16-le").removesuffix(b"\0"),
    }
    if " " in text:
        forms["plus"] = text.replace(" ", "+").encode()
        forms["percent"] = text.replace(" ", "%20").encode()
    else:
        forms["reversed"] = text.encode()[::-1]
    for shift in range(3):
        forms[f"base64 +{shift}"] = _base64(text.encode(), shift)
        forms[f"base64 of utf-16 +{shift}"] = _base64(text.encode("utf-16-le"), shift)
    if "." in text and " " not in text:
        forms["dns"] = _wire(text)
    return forms


def _base64(data: bytes, shift: int) -> bytes:
    """The characters that are the same whatever stands before and after `data`, when it
    begins at a place that is `shift` more than a multiple of three.
    """
    whole = base64.b64encode(b"\0" * shift + data).rstrip(b"=")
    first = (0, 2, 3)[shift]
    return whole[first : -1 if (shift + len(data)) % 3 else None]


def _wire(host: str) -> bytes:
    return b"".join(
        bytes([len(part)]) + part.encode() for part in host.split(".") if part
    )


def _hashes(host: str) -> Iterator[tuple[str, bytes]]:
    """Sums of the host and of its origins, raw, in hex and in base64."""
    texts = {
        "dns": _wire(host) + b"\0",
        "host": host.encode(),
        "http": f"http://{host}".encode(),
        "https": f"https://{host}".encode(),
        "http/": f"http://{host}/".encode(),
        "https/": f"https://{host}/".encode(),
    }
    for kind, text in texts.items():
        for name in ("md5", "sha1", "sha256"):
            digest = hashlib.new(name, text, usedforsecurity=False)
            yield f"{name}({kind})", digest.digest()
            yield f"{name}({kind}) hex", digest.hexdigest().encode()
            yield f"{name}({kind}) base64", base64.b64encode(digest.digest())


if __name__ == "__main__":
    left = residue(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
    for line in left:
        print(line)  # noqa: T201
    total = sum(each.count for each in left)
    files = len({each.path for each in left})
    print(f"{total} times in {files} files and names")  # noqa: T201
