"""Names and addresses made to take over a terminal, to mislead, or to give away."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from typing import Any

__all__ = ["ADDRESSES", "LOGIN", "NAMES", "bad_characters", "file_name", "texts_in"]

LOGIN = ("canaryuser", "canarypass")
"""The user name and password that stand in addresses."""

NAMES: tuple[bytes, ...] = (
    b"\x1b[31mred\x1b[0m\x1b[2J\x1b[H",
    b"\x1b]0;title\x07\x1b]52;c;aGVsbG8=\x07",
    b"\x1bP1$r0m\x1b\\",
    b"two\nlines\r\rand\x0bmore\x0c",
    b"bell\x07back\x08\x08\x08\x7ftab\t",
    b"\xff\xfe undecodable \xc3",
    b"\xed\xa0\x80 half a pair",
    "\u202egpj.exe\u202c \u2066 apart \u2069 \u200e\u061c".encode(),
    "zero\u200bwidth\u200d\ufeff\u2060".encode(),
    "\u009b31m \u0090 \u009d C1".encode(),
    "line\u2028paragraph\u2029next\u0085".encode(),
    "tags \U000e0041\U000e007f".encode(),
    ("marks" + "\u0301" * 80).encode(),
    "private \ue000 \U0010ffff".encode(),
    b"[bold red]markup[not bold] [ ] [[",
    b"[@click=app.quit]x[on red] [link=file:a]x",
    b"{0} {profile} {program.__class__} %s %n $(id) `id`",
    b"<a href='x'>&amp; \\N{BELL} \\x1b",
    b"-rf --json",
    b"C:\\up\\..\\x",
    b"~ $HOME %USERPROFILE%",
    b"  blank  ",
    b"n" * 255,
    "\u00e9".encode() * 127,
)
"""Of files and folders: no slash, no NUL, 255 bytes at most."""

_TEN_MEGABYTES = 10_000_000

ADDRESSES: tuple[str | bytes, ...] = (
    "https://canaryuser:canarypass@host.example:8443/path?q=1#f",
    "https://canaryuser:canary@pass@at.example/",
    "https://canaryuser:canary/pass@slash.example/",
    "https://canaryuser:canary?pass@mark.example/",
    "https://canaryuser:canary#pass@hash.example/",
    "https://canaryuser:canary\\pass@back.example/",
    "https://canaryuser:canarypass%40escaped.example/",
    "https:///canaryuser:canarypass@third.example/",
    "https:canaryuser:canarypass@none.example/",
    "https://canaryuser:canarypass@",
    "canaryuser:canarypass@bare.example/a?b=https://c.example/",
    "canaryuser:canarypass@bare.example",
    "view-source:https://canaryuser:canarypass@view.example/",
    "ftp://canaryuser:canarypass@ftp.example/",
    "imap://canaryuser:canarypass@mail.example:143 (canaryuser)",
    "javascript:alert('canaryuser:canarypass')",
    "mailto:canaryuser:canarypass@mail.example",
    "https://xn--bcher-kva.example/",
    "https://b\u00fccher.example/",
    "https://\u202eelpmaxe.moc/",
    "https://\x1b[2J\x1b]0;x\x07.example/",
    "https://two\nlines.example\r/",
    "https://nul\0here.example/",
    "https://[bold]markup[/bold].example/",
    "https://[::1]:8080/",
    "https://[fe80::1%\x1b[0m]/",
    "https://\u200bzero.example/",
    "https://" + "a" * _TEN_MEGABYTES + "/",
    "https://" + "\u200b" * 1_000_000 + ".example/",
    "https://long.example/" + "q" * _TEN_MEGABYTES,
    b"https://\xff\xfe\x80.example/",
    b"https://\xed\xb2\x80surrogate.example/",
    "data:text/html,\x1b[31m",
    "\x1b[31m://\x1b[31m",
    "",
)
"""Of pages and of sign-ins. Bytes stand for text that is not in its encoding."""

_BAD = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def file_name(name: bytes, ending: str) -> str:
    """A name of a file that ends so, cut to what a file system takes."""
    end = ending.encode()
    return os.fsdecode(name[: 255 - len(end)] + end)


def bad_characters(text: str, *, lines: bool = False) -> set[str]:
    """Characters that no output may hold: control, format, surrogate, private ones.
    With `lines`, the end of a line is none.
    """
    fine = {"\n"} if lines else set()
    return {
        character
        for character in set(text) - fine
        if unicodedata.category(character) in _BAD
    }


def texts_in(value: Any) -> Iterator[str]:
    """Every text of a JSON document, names of members included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from texts_in(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            yield name
            yield from texts_in(each)
