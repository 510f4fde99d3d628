"""Where the person's own folders lie: moved, renamed, or named in another language."""

from __future__ import annotations

import os
import re
import sys
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from hygiene.contract.home import Home, Kind, Platform, UserFolder
from hygiene.contract.outcome import CannotLook

if TYPE_CHECKING:
    from hygiene.host.tree import Tree

__all__ = ["user_folder"]

_VIDEOS = {
    Platform.LINUX: "Videos",
    Platform.MACOS: "Movies",
    Platform.WINDOWS: "Videos",
}

# xdg-user-dirs 0.18, user-dirs.dirs(5).
_XDG_NAMES = {
    UserFolder.DESKTOP: "DESKTOP",
    UserFolder.DOCUMENTS: "DOCUMENTS",
    UserFolder.DOWNLOADS: "DOWNLOAD",
    UserFolder.PICTURES: "PICTURES",
    UserFolder.VIDEOS: "VIDEOS",
}
_XDG_LINE = re.compile(
    r'^[ \t]*XDG_([A-Z]+)_DIR[ \t]*=[ \t]*"((?:[^"\\]|\\.)*)"', re.MULTILINE
)
_XDG_LIMIT = 64 << 10

# Windows documentation, KNOWNFOLDERID; the names are those of the registry.
_SHELL_FOLDERS = (
    r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
)
_SHELL_NAMES = {
    UserFolder.DESKTOP: "Desktop",
    UserFolder.DOCUMENTS: "Personal",
    UserFolder.DOWNLOADS: "{374DE290-123F-4565-9164-39C4925E467B}",
    UserFolder.PICTURES: "My Pictures",
    UserFolder.VIDEOS: "My Video",
}
_OF_THE_PROFILE = re.compile(
    r"(?:%USERPROFILE%|[A-Z]:\\Users\\[^\\]+)(?:\\|$)", re.IGNORECASE
)


def user_folder(home: Home, tree: Tree, which: UserFolder) -> str | None:
    """The folder as a path of the home, or None if there is none. A folder that was
    moved out of the home is answered with a path that leads out, so that looking
    there says so.
    """
    path = _told(home, tree, which) or _usual(home.platform, which)
    entry = home.entry(path)
    if entry is None or (entry.kind is not Kind.FOLDER and entry.why is None):
        return None
    return entry.path


def _usual(platform: Platform, which: UserFolder) -> str:
    if which is UserFolder.VIDEOS:
        return _VIDEOS[platform]
    return which.value.capitalize()


def _told(home: Home, tree: Tree, which: UserFolder) -> str | None:
    """What the system or the home itself says; None when it says nothing."""
    if home.platform is Platform.LINUX:
        return _from_user_dirs(home, tree, which)
    if home.live and sys.platform != "linux":
        return _inside(tree, _known_to_the_system(which), which)
    if home.platform is Platform.WINDOWS:
        return _from_hive(home, which)
    return None


def _known_to_the_system(which: UserFolder) -> str:
    import platformdirs  # noqa: PLC0415 - needed once, and not on Linux

    return {
        UserFolder.DESKTOP: platformdirs.user_desktop_dir,
        UserFolder.DOCUMENTS: platformdirs.user_documents_dir,
        UserFolder.DOWNLOADS: platformdirs.user_downloads_dir,
        UserFolder.PICTURES: platformdirs.user_pictures_dir,
        UserFolder.VIDEOS: platformdirs.user_videos_dir,
    }[which]()


def _inside(tree: Tree, absolute: str, which: UserFolder) -> str:
    inside = tree.inside(absolute)
    return _outside(which) if inside is None else inside


def _outside(which: UserFolder) -> str:
    return f"../{which.value}"


def _from_user_dirs(home: Home, tree: Tree, which: UserFolder) -> str | None:
    # platformdirs reads the same file, and would move its access time.
    variable = f"XDG_{_XDG_NAMES[which]}_DIR"
    value = os.environ.get(variable, "") if home.live else ""
    value = value or _user_dirs(home).get(_XDG_NAMES[which], "")
    if value == "$HOME" or value.startswith("$HOME/"):
        # A folder that is the home itself is one that is turned off.
        return str(PurePosixPath(value[len("$HOME/") :])).strip(".") or None
    return _inside(tree, value, which) if value.startswith("/") else None


def _user_dirs(home: Home) -> dict[str, str]:
    """Folders by their XDG name, as `xdg-user-dirs` wrote them down."""
    for entry in home.find("{config}/user-dirs.dirs"):
        try:
            text = home.read(entry.path, limit=_XDG_LIMIT)
        except CannotLook:
            continue
        lines = _XDG_LINE.findall(text.decode("utf-8", "surrogateescape"))
        return {name: re.sub(r"\\(.)", r"\1", value) for name, value in lines}
    return {}


def _from_hive(home: Home, which: UserFolder) -> str | None:
    try:
        key = home.registry(_SHELL_FOLDERS)
    except CannotLook:
        return None
    wanted = _SHELL_NAMES[which].lower()
    for name, value in key.values.items() if key else ():
        if name.lower() == wanted and isinstance(value, str) and value:
            start = _OF_THE_PROFILE.match(value)
            if start is None:
                return _outside(which)
            return value[start.end() :].replace("\\", "/")
    return None
