"""What installers keep of this program: pip, pipx and uv, and the download itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hygiene.contract import Home, Platform, UserFolder

__all__ = ["KINDS", "Kind", "patterns"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One way in which the program, or a copy of it, lies in the home."""

    topic: str
    name: str
    id: str
    patterns: Sequence[str]


# pip 23 to 25, pipx 1.7, uv 0.5 to 0.9: their user folders on each system.
_UNIX = (
    Kind(
        "installed",
        "pip",
        "pip",
        (
            ".local/lib/python*/site-packages/privacy_hygiene-*.dist-info",
            "Library/Python/*/lib/python/site-packages/privacy_hygiene-*.dist-info",
        ),
    ),
    Kind(
        "installed",
        "pipx",
        "pipx",
        (
            "{data}/pipx/venvs/privacy-hygiene",
            ".local/share/pipx/venvs/privacy-hygiene",
            ".local/pipx/venvs/privacy-hygiene",
        ),
    ),
    Kind(
        "installed",
        "uv",
        "uv",
        ("{data}/uv/tools/privacy-hygiene", ".local/share/uv/tools/privacy-hygiene"),
    ),
    Kind(
        "installer-cache",
        "pip",
        "pip-cache",
        ("{cache}/pip/wheels/*/*/*/*/privacy_hygiene-*.whl",),
    ),
    Kind(
        "installer-cache",
        "uv",
        "uv-cache",
        (
            "{cache}/uv/wheels-v*/*/privacy-hygiene",
            ".cache/uv/wheels-v*/*/privacy-hygiene",
            ".cache/uv/sdists-v*/*/privacy-hygiene",
        ),
    ),
)
_WINDOWS = (
    Kind(
        "installed",
        "pip",
        "pip",
        ("{config}/Python/Python*/site-packages/privacy_hygiene-*.dist-info",),
    ),
    Kind("installed", "pipx", "pipx", ("pipx/venvs/privacy-hygiene",)),
    Kind("installed", "uv", "uv", ("{config}/uv/tools/privacy-hygiene",)),
    Kind(
        "installer-cache",
        "pip",
        "pip-cache",
        ("{local}/pip/cache/wheels/*/*/*/*/privacy_hygiene-*.whl",),
    ),
    Kind(
        "installer-cache",
        "uv",
        "uv-cache",
        ("{local}/uv/cache/wheels-v*/*/privacy-hygiene",),
    ),
)
KINDS: Mapping[Platform, Sequence[Kind]] = {
    Platform.LINUX: _UNIX,
    Platform.MACOS: _UNIX,
    Platform.WINDOWS: _WINDOWS,
}

_DOWNLOADS = (
    "privacy_hygiene-*",
    "privacy-hygiene*",
    "hygiene*.zip",
    "hygiene*.tar.gz",
)


def patterns(home: Home, kind: Kind) -> Iterator[str]:
    """The patterns of one kind; those of a download begin in its own folder. Raises
    `CannotLook`.
    """
    yield from kind.patterns
    if kind.topic == "download":
        folder = home.user_folder(UserFolder.DOWNLOADS)
        if folder is not None:
            yield from (f"{folder}/{name}" for name in _DOWNLOADS)


DOWNLOAD = Kind("download", "Downloads", "downloads", ())
"""The file from which the program was taken."""
