"""A made-up home with every kind of trace in it, in a folder that goes away again.

Everything in it is invented: sites end in `.example`, people have no names.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Final

import psutil

from hygiene.contract import Platform
from hygiene.practice import chats, shells
from hygiene.practice.chromium import USER_DATA, ChromiumProfile
from hygiene.practice.chromium_traces import ChromiumTraces
from hygiene.practice.firefox import FirefoxProfile, write_profiles_ini
from hygiene.practice.hive import write_hive
from hygiene.practice.photos import PhotoFolder
from hygiene.practice.safari import SafariProfile

__all__ = ["CANARIES", "build", "leave", "made_up_home"]

_PREFIX: Final = "sample-"
_OWNER_ONLY: Final = 0o700

CANARIES: Final = (
    "made-up-password",
    "made-up-card-4000",
    "made-up-message",
    "made-up-title",
    "made-up-query",
    "made-up-form-value",
)
"""Texts that stand in the stores of this home and must reach no screen or document."""

_FIREFOX = {
    Platform.LINUX: ".config/mozilla/firefox",
    Platform.MACOS: "Library/Application Support/Firefox",
    Platform.WINDOWS: "AppData/Roaming/Mozilla/Firefox",
}
_PROFILE_FOLDER = {
    Platform.LINUX: "made0up1.default-release",
    Platform.MACOS: "Profiles/made0up1.default-release",
    Platform.WINDOWS: "Profiles/made0up1.default-release",
}


_in_use: set[Path] = set()
_left: set[Path] = set()
_writing = Lock()


@contextmanager
def made_up_home(
    platform: Platform, begun: Callable[[Path], object] = id
) -> Iterator[Path]:
    """A whole made-up home in the layout of `platform`, removed at the end. `begun` is
    called with its folder before anything is written there.

    It lies in memory where the system has a place for that. What an earlier run left
    because it was ended by force is removed first.
    """
    place = _place()
    _remove_remains(place)
    root = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=place))
    _in_use.add(root)
    begun(root)
    try:
        build(root, platform, datetime.now(UTC))
        yield root
    finally:
        _remove(root)
        _in_use.discard(root)


def _remove(root: Path) -> None:
    """Remove a made-up home; nothing if it is gone."""
    shutil.rmtree(root, ignore_errors=True)


def leave(root: Path) -> None:
    """Remove a made-up home because the process ends now, from whatever thread; one
    that is being written is not written any further.
    """
    _left.add(root)
    with _writing:
        _remove(root)


def _place() -> Path:
    """A folder for a short time: in memory on Linux, else the system's temporary one."""
    memory = Path("/dev/shm")  # noqa: S108  held by the system, owner-only folders in it
    if sys.platform == "linux" and os.access(memory, os.W_OK):
        return memory
    return Path(tempfile.gettempdir())


def _remove_remains(place: Path) -> None:
    for each in place.glob(f"{_PREFIX}*-*"):
        pid = each.name.removeprefix(_PREFIX).partition("-")[0]
        if pid.isdigit() and _ended(int(pid)) and _ours(each) and each not in _in_use:
            shutil.rmtree(each, ignore_errors=True)


def _ended(process: int) -> bool:
    """Whether the run that made a folder is over. One that had our own number is."""
    return process == os.getpid() or not psutil.pid_exists(process)


def _ours(folder: Path) -> bool:
    try:
        found = folder.lstat()
    except OSError:
        return False
    if hasattr(os, "getuid") and found.st_uid != os.getuid():
        return False
    return folder.is_dir() and not folder.is_symlink()


def build(root: Path, platform: Platform, now: datetime) -> None:
    """Write the home below `root`; `now` is the moment it is looked at.

    Raises `InterruptedError` when a home is removed meanwhile: the person left.
    """
    root.chmod(_OWNER_ONLY)
    for part in _parts(root, platform, now):
        with _writing:
            if root in _left:
                raise InterruptedError
            part()


def _parts(
    root: Path, platform: Platform, now: datetime
) -> Iterator[Callable[[], object]]:
    """What is written one after the other; each takes a moment only."""
    firefox = root / _FIREFOX[platform]
    yield partial(_chromium, root, root / USER_DATA[platform] / "Default", now)
    yield partial(_firefox, firefox / _PROFILE_FOLDER[platform], now)
    yield partial(write_profiles_ini, firefox, _PROFILE_FOLDER[platform])
    if platform is Platform.MACOS:
        yield partial(_safari, root / "Library/Safari", now)
    if platform is Platform.WINDOWS:
        yield partial(_registry, root / "NTUSER.DAT")
    yield partial(_photos, root / "Pictures")
    yield partial(chats.sample, root, platform, now)
    yield partial(shells.sample, root, platform, now)


def _chromium(root: Path, folder: Path, now: datetime) -> None:
    profile = ChromiumProfile(folder)
    traces = _traces(root, folder, now)
    for name, value in traces.preferences().items():
        profile.setting(name, value)
    for days, hour, sites in _SITTINGS:
        at = (now - timedelta(days=days)).replace(hour=hour, minute=5)
        for number, site in enumerate(sites):
            moment = at + timedelta(minutes=4 * number)
            profile.visit(f"https://{site}/", moment, title="made-up-title")
            profile.visit(
                f"https://{site}/page/{number}", moment + timedelta(minutes=1)
            )
    earlier = now - timedelta(days=2)
    (
        profile.search("made-up-query", earlier)
        .download("https://papers.example/form.pdf", earlier)
        .form_word("town", "made-up-form-value", earlier, times=3)
        .form_word("email", "made-up-form-value", earlier)
        .address("made-up-form-value", "made-up-form-value", earlier)
        .card("made-up-form-value", b"made-up-card-4000", earlier)
        .shortcut("lib", "https://library.example/", earlier)
        .login("https://mail.example/", "me@mail.example", earlier, secret=_SECRET)
        .login("https://shop.example/", "me@mail.example", earlier, secret=_SECRET)
        .never_save("https://bank.example/", earlier)
        .open_tabs("https://library.example/")
        .write()
    )
    traces.write()


def _traces(root: Path, folder: Path, now: datetime) -> ChromiumTraces:
    """What the sites of all sittings left beside the history."""
    sites = sorted({site for _, _, sites in _SITTINGS for site in sites})
    cache = root / ".cache/chromium/Default"
    return ChromiumTraces(
        folder,
        sites,
        now - timedelta(days=1),
        cache=cache if folder == root / ".config/chromium/Default" else None,
        typed=("weather.example", "library.example"),
        bookmarks=("https://www.library.example/saved",),
    )


def _firefox(folder: Path, now: datetime) -> None:
    earlier = now - timedelta(hours=3)
    profile = FirefoxProfile(folder)
    for minutes, site in ((0, "news"), (6, "weather"), (12, "maps"), (70, "recipes")):
        moment = earlier + timedelta(minutes=minutes)
        profile.visit(f"https://{site}.example/today", moment, title="made-up-title")
    (
        profile.search("made-up-query", earlier)
        .form_word("searchbar-history", "made-up-query", earlier)
        .form_word("city", "made-up-form-value", earlier)
        .login("https://forum.example", earlier, secret="made-up-password")
        .bookmark("https://library.example/", earlier)
        .open_tabs("https://maps.example/today", "https://news.example/today")
        .write(newest_in_wal=True)
    )


def _safari(folder: Path, now: datetime) -> None:
    (
        SafariProfile(folder)
        .visit("https://radio.example/", now - timedelta(days=1), title="made-up-title")
        .download("https://papers.example/list.pdf")
        .write()
    )


def _photos(folder: Path) -> None:
    here = (12.34, 56.78)
    (
        PhotoFolder(folder)
        .picture("beach.jpg", here)
        .picture("lunch.jpg")
        .picture("trip/road.heic", here)
        .picture("trip/song.mp4", here)
        .picture("trip/drawing.png")
        .write()
    )


def _registry(hive: Path) -> None:
    explorer = "Software\\Microsoft\\Internet Explorer"
    write_hive(
        hive,
        {
            f"{explorer}\\TypedURLs": {"url1": "http://old.example/"},
            f"{explorer}\\Main": {"Use FormSuggest": "yes"},
        },
    )


_SECRET: Final = b"v10made-up-password"
_SITTINGS: Final = (
    (0, 1, ("weather.example", "news.example", "www.library.example")),
    (1, 19, ("recipes.example", "video.example")),
    (2, 14, ("maps.example", "bus.example", "www.library.example", "papers.example")),
    (5, 21, ("music.example", "news.example")),
    (12, 9, ("shop.example", "bank.example", "mail.example")),
)
