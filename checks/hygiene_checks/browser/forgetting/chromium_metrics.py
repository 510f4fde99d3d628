"""Pages that Chromium counts its own use by: `segmentation_platform/ukm_db`, in the
user-data folder beside all profiles (Chromium 156).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from hygiene.contract import Kept
from hygiene_checks.browser.forgetting._planning import in_store
from hygiene_checks.browser.forgetting._rows import (
    delete_rows,
    keys_naming,
    rows_where_in,
)
from hygiene_checks.browser.forgetting.chromium_ground import mentioned

if TYPE_CHECKING:
    from hygiene.contract import Database, Planned
    from hygiene_checks.browser.forgetting.chromium_ground import Ground

__all__ = ["METRICS", "metrics", "roots_of"]

METRICS = "segmentation_platform/ukm_db"


def roots_of(folder: str) -> tuple[str, ...]:
    """Where the user-data folder can be: above the profile, or the profile itself, as
    Opera had it.
    """
    above = folder.rpartition("/")[0]
    return (above, folder) if above else (folder,)


def metrics(ground: Ground) -> Iterator[Planned]:
    """Pages that the browser counts its own use by: one store beside all profiles."""
    for root in roots_of(ground.place.folder):
        store = f"{root}/{METRICS}"
        plan = partial(_counted, ground, store)
        yield from in_store(ground.home, ground.place, store, plan)


def _counted(ground: Ground, store: str, database: Database) -> Iterator[Planned]:
    names = ground.names
    found = set(
        keys_naming(
            database, "urls", ("url",), names.address, hint=names.hint, key="url_id"
        )
    )
    measured = [
        row[0]
        for row in rows_where_in(database, "SELECT id FROM metrics", "url_id", found)
    ]
    part = replace(ground.part(Kept.PAGES, METRICS), store=store)
    yield from part.clearing(
        (
            *delete_rows(store, "metrics", measured, key="id"),
            *delete_rows(store, "urls", found, key="url_id"),
        ),
        {"records": len(found)},
    )
    for each in mentioned(
        ground, Kept.PAGES, METRICS, database, "urls", "url", "title"
    ):
        yield replace(each, store=store)
