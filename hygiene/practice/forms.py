"""Stores of form words, addresses and cards that only some browsers have: other names,
older tables, the account's own store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hygiene.practice.records import Tables

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

__all__ = [
    "write_account_web_data",
    "write_labelled_words",
    "write_old_web_data",
    "write_yandex_forms",
]

_WEB_DATA, _OLD_WEB_DATA = "chromium-web-data-158", "chromium-web-data-26"


def write_account_web_data(folder: Path, last_digits: Iterable[str]) -> Path:
    """Cards of the browser's account, known here by their last digits."""
    store = Tables(_WEB_DATA)
    for number, digits in enumerate(last_digits):
        store.add("masked_credit_cards", id=str(number), last_four=digits)
    return store.write(folder / "Account Web Data", page_size=2048)


def write_labelled_words(
    folder: Path, words: Iterable[tuple[str, str, str]], at: datetime
) -> Path:
    """`Web Data` with words in the newer table: field, label of the field, word."""
    return _write_words(folder / "Web Data", "autocomplete", words, at)


def write_yandex_forms(
    folder: Path, words: Iterable[tuple[str, str]], at: datetime
) -> Path:
    """The form words of Yandex Browser, under its own name: field and word."""
    labelled = [(field, "", word) for field, word in words]
    return _write_words(folder / "Ya Autofill Data", "autofill", labelled, at)


def _write_words(
    path: Path, table: str, words: Iterable[tuple[str, str, str]], at: datetime
) -> Path:
    store = Tables(_WEB_DATA)
    for field, label, word in words:
        labelled = {"label": label} if table == "autocomplete" else {}
        store.add(
            table,
            name=field,
            value=word,
            date_created=int(at.timestamp()),
            date_last_used=int(at.timestamp()),
            count=1,
            **labelled,
        )
    return store.write(path, page_size=2048)


def write_old_web_data(
    folder: Path, words: Iterable[tuple[str, str]], *, addresses: int = 0
) -> Path:
    """`Web Data` as Chromium wrote it until 2013, with the times in a table apart."""
    store = Tables(_OLD_WEB_DATA)
    for field, word in words:
        store.add("autofill", name=field, value=word, value_lower=word.lower(), count=1)
    for number in range(addresses):
        store.add("autofill_profiles", guid=str(number), company_name="", city="")
    return store.write(folder / "Web Data", page_size=2048)
