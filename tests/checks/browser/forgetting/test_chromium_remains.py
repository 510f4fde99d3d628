"""Old bytes in Chromium's LevelDB folders, which no entry leads to any more."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hygiene.contract import RebuildLevelDb, Span
from hygiene.practice.entries import write_entries
from hygiene_checks.browser.forgetting.chromium import CHROMIUM
from tests.checks.browser.forgetting.carried_out import planned, steps_on
from tests.checks.browser.forgetting.chrome import FOLDER, NOON, OTHER, SITE, profile_in

MINUTE = timedelta(minutes=1)
SPAN = Span(start=NOON, end=NOON + MINUTE)
STORE = "shared_proto_db"


@pytest.mark.rule("SR-23")
@pytest.mark.parametrize(
    ("bytes_", "goes"),
    [
        (f"\x12https://{SITE}/file.bin\x1a".encode(), True),
        (f"x\0https://{SITE}/page\0".encode("utf-16-le"), True),
        (f"https://{OTHER}/file.bin".encode(), False),
        (b"nothing", False),
    ],
)
def test_remains_of_a_time_are_built_away(
    tmp_path: Path, bytes_: bytes, goes: bool
) -> None:
    """The folder is built anew without any key, where only that time had the site."""
    profile_in(tmp_path).visit(f"https://{SITE}/", NOON).visit(
        f"https://{OTHER}/", NOON
    ).visit(f"https://{OTHER}/", NOON - 60 * MINUTE).write()
    store = tmp_path / FOLDER / STORE
    write_entries(store, {b"kept": b"value"})
    (store / "000001.log").write_bytes(bytes_)
    steps = steps_on(planned(CHROMIUM, tmp_path, SPAN), STORE)
    wanted = RebuildLevelDb(store=f"{FOLDER}/{STORE}", drop=())
    assert list(steps) == ([wanted] if goes else [])


def test_what_is_alive_is_no_remains(tmp_path: Path) -> None:
    """An entry that names the site inside another text stays, and so do old bytes: a
    second run would find the same again.
    """
    profile_in(tmp_path).visit(f"https://{SITE}/", NOON).write()
    store = tmp_path / FOLDER / STORE
    write_entries(store, {b"kept": f"see https://{SITE}/ there".encode()})
    steps = steps_on(planned(CHROMIUM, tmp_path, SPAN), STORE)
    assert list(steps) == []
