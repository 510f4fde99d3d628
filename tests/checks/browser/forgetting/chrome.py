"""A made-up Chromium home with one site to forget, and others that look like it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hygiene.practice.chromium import ChromiumProfile
from hygiene.practice.chromium_traces import ChromiumTraces
from tests.leveldb_entries import entries

__all__ = [
    "FOLDER",
    "LOOKALIKES",
    "NOON",
    "OTHER",
    "SITE",
    "WWW",
    "home_of_sites",
    "named",
    "profile_in",
]

FOLDER = ".config/chromium/Default"
SITE = "forget.example"
WWW = f"www.{SITE}"
OTHER = "kept.example"
LOOKALIKES = (
    f"not{SITE}",
    f"{SITE}.evil.example",
    f"not-{SITE}",
    "forgetxexample.example",
)
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def profile_in(root: Path, folder: str = FOLDER, **options: int) -> ChromiumProfile:
    """An empty profile at that place of a home."""
    return ChromiumProfile(root / folder, **options)


def home_of_sites(root: Path, *, typed: tuple[str, ...] = (SITE,)) -> Path:
    """A home in which the site, its `www.` and all the look-alikes were visited and left
    something everywhere.
    """
    hosts = (SITE, WWW, OTHER, *LOOKALIKES)
    traces = ChromiumTraces(
        root / FOLDER,
        hosts,
        NOON,
        cache=root / ".cache/chromium/Default",
        typed=(*typed, OTHER),
    )
    profile = profile_in(root)
    for name, value in traces.preferences().items():
        profile.setting(name, value)
    for number, host in enumerate(hosts):
        at = NOON + timedelta(minutes=number)
        profile.visit(f"https://{host}/", at, title=f"page {number}", typed=True)
        profile.visit(
            f"https://{host}/two",
            at + timedelta(seconds=9),
            came_from=f"https://{host}/",
        )
        profile.shortcut(host[:4], f"https://{host}/", at)
        profile.download(f"https://{host}/file.bin", at)
        profile.login(f"https://{host}/", f"me at {number}", at)
        profile.never_save(f"https://{host}/other", at)
        profile.form_word("site", host, at)
    profile.write()
    traces.write()
    return root


def named(root: Path) -> dict[str, int]:
    """How often the site's name stands in each file or its path, in 8 or 16 bits a
    letter, not counting names that only look like it: a search of its own, by bytes.
    """
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        views = [path.name.encode()]
        if path.suffix == ".ldb":
            views += [b"\n".join(pair) for pair in entries(path.parent).items()]
        elif path.is_file():
            views.append(path.read_bytes())
        if number := sum(map(_times, views)):
            found[name.removeprefix(f"{FOLDER}/")] = number
    return found


def _times(data: bytes) -> int:
    data = data.lower()
    number = 0
    for coding in ("ascii", "utf-16-le"):
        for each in LOOKALIKES:
            data = data.replace(each.encode(coding), b"")
        number += data.count(SITE.encode(coding))
    return number
