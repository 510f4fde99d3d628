"""Folders whose files do not stay here: an online account or another computer gets them.

Told without opening anything: from the words of the path, from files that the programs
put at the top of what they copy, and from the kind of file system.
"""

from __future__ import annotations

import os
import sys
from enum import Enum

from hygiene.host.placeholders import is_placeholder

__all__ = ["Elsewhere", "elsewhere"]


class Elsewhere(Enum):
    """Who else gets what is written to a folder."""

    CLOUD = "cloud"
    NETWORK = "network"


# The folders that the programs of these services make by themselves, in small letters.
# On a Mac the newer ones lie in Library/CloudStorage, those of iCloud in
# Library/Mobile Documents.
_FOLDERS = frozenset(
    {
        *("onedrive", "dropbox", "nextcloud", "owncloud", "mega", "megasync"),
        *("google drive", "googledrive", "my drive", "mi unidad", "insync"),
        *("icloud drive", "iclouddrive", "icloud photos", "mobile documents"),
        *("cloudstorage", "pcloud", "pclouddrive", "pcloud drive", "pcloudsync"),
        *("box", "box sync", "box drive", "proton drive", "yandex.disk", "seadrive"),
        *("seafile", "tresorit", "synologydrive", "creative cloud files", "icedrive"),
        *("jottacloud", "koofr", "amazon drive", "kdrive"),
    }
)
_BEGINNINGS = (
    *("onedrive -", "onedrive-", "dropbox (", "dropbox-", "googledrive-", "box-"),
    *("google drive (", "nextcloud-", "com~apple~clouddocs", "protondrive-"),
)
"""What the names begin with where an account's name follows."""

_MARKS = (
    *(".dropbox.cache", ".shortcut-targets-by-id", ".tmp.driveupload"),
    *(".tmp.drivedownload", ".nextcloudsync.log", ".owncloudsync.log"),
    *(".megaignore", ".stfolder", ".sync/ID"),
)
"""What stands at the top of a folder that is copied, whatever its name."""

_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
"""Set by OneDrive on Windows, wherever its folder was moved to."""

_MAC_DOCUMENTS = ("Desktop", "Documents")
_MAC_ICLOUD = "Library/Mobile Documents/com~apple~CloudDocs"
"""iCloud holds a folder of the same name for each of the two that it has taken over."""

# Linux: the names of /proc/self/mounts. macOS: those of mount(8).
_NETWORK = frozenset(
    {
        *("nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs"),
        *("afs", "afpfs", "webdav", "davfs", "ftp", "ceph", "glusterfs", "lustre"),
        *("macfuse", "osxfuse", "autofs"),
    }
)
_LOCAL_FUSE = frozenset(
    {
        *("fuse.exfat", "fuse.exfat-fuse", "fuse.ntfs-3g", "fuse.apfs-fuse"),
        *("fuse.encfs", "fuse.gocryptfs", "fuse.cryfs", "fuse.securefs"),
        *("fuse.dislocker", "fuse.bindfs", "fuse.mergerfs", "fuse.unionfs"),
        *("fuse.fuse-overlayfs", "fuse.portal"),
    }
)
"""Every other one counts as a network: sshfs, rclone, gvfsd and kio among them."""

_SHARE = ("\\\\?\\UNC\\", "\\\\?\\unc\\")
_LOCAL_FORMS = ("\\\\?\\", "\\\\.\\")


def elsewhere(folder: str) -> Elsewhere | None:
    """Who else gets what is written to `folder`, an absolute path; None when nothing
    speaks for anybody. Raises `OSError` when the system does not tell its mounts.
    """
    real = os.path.realpath(folder)
    if any(_is_share(path) or _on_network(path) for path in {folder, real}):
        return Elsewhere.NETWORK
    if any(_is_copied(path) for path in {folder, real}):
        return Elsewhere.CLOUD
    return None


def _is_share(path: str) -> bool:
    """Whether a Windows path names another computer."""
    if path.startswith(_LOCAL_FORMS):
        return path.startswith(_SHARE)
    return path.startswith("\\\\")


def _on_network(path: str) -> bool:
    import psutil  # noqa: PLC0415 - a slow import that only writing needs

    try:
        partitions = psutil.disk_partitions(all=True)
    except (RuntimeError, psutil.Error) as error:
        raise OSError from error
    around = [each for each in partitions if _inside(path, each.mountpoint)]
    if not around:
        return False
    # Of two mounts on one place the later one is what is seen.
    nearest = max(reversed(around), key=lambda each: len(each.mountpoint))
    kind = nearest.fstype.lower()
    if kind.startswith("fuse.") and kind not in _LOCAL_FUSE:
        return True
    return kind in _NETWORK or "remote" in nearest.opts.split(",")


def _inside(path: str, folder: str) -> bool:
    path, folder = os.path.normcase(path), os.path.normcase(folder)
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _is_copied(folder: str) -> bool:
    parts = folder.replace("\\", "/").lower().split("/")
    if any(part in _FOLDERS or part.startswith(_BEGINNINGS) for part in parts):
        return True
    if any(_inside(folder, each) for each in _told_by_the_system()):
        return True
    return any(_has_mark(each) for each in _upwards(folder))


def _told_by_the_system() -> list[str]:
    told = [os.environ[name] for name in _VARIABLES if os.environ.get(name)]
    if sys.platform == "darwin":
        home = os.path.expanduser("~")
        told += [
            os.path.join(home, name)
            for name in _MAC_DOCUMENTS
            if os.path.lexists(os.path.join(home, _MAC_ICLOUD, name))
        ]
    return told


def _upwards(path: str) -> list[str]:
    above = [path]
    while (parent := os.path.dirname(above[-1])) != above[-1]:
        above.append(parent)
    return above


def _has_mark(folder: str) -> bool:
    try:
        if is_placeholder(os.lstat(folder)):
            return True
    except OSError:
        return False
    return any(os.path.lexists(os.path.join(folder, mark)) for mark in _MARKS)
