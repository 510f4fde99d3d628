"""What browsers keep in order to finish words and forms: counted store by store."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, Database, Home, Json, Why
from hygiene_checks.browser._places import Family
from hygiene_checks.browser._sql import count_rows, unknown_unless
from hygiene_checks.browser._stock import ReadStore, Stock
from hygiene_checks.browser._words import (
    CHROMIUM_WORDS,
    FIREFOX_WORDS,
    WordTable,
    count_words,
    present,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FORM_STORES", "WORD_STORES"]

_OWN_ADDRESSES = ("addresses", "local_addresses", "autofill_profiles")
_ACCOUNT_ADDRESSES = ("contact_info", "server_addresses")
"""Chromium has renamed these tables; of each row the first one that is there counts.
`addresses` (seen in 156 and 158) holds both kinds."""
_CARDS = ("credit_cards", "masked_credit_cards")
"""Cards kept here, and cards of the account that are known by their last digits."""


def _web_data(database: Database) -> Stock:
    """Chromium's `Web Data`, also under Yandex's name, and `Account Web Data`."""
    words = present(database, CHROMIUM_WORDS)
    tables = database.tables()
    addresses = [*_first(tables, _OWN_ADDRESSES), *_first(tables, _ACCOUNT_ADDRESSES)]
    cards = [each for each in _CARDS if each in tables]
    unknown_unless(words or addresses or cards)
    stock = Stock(
        {
            "entries": 0,
            "addresses": sum(count_rows(database, each) for each in addresses),
            "cards": sum(count_rows(database, each) for each in cards),
        }
    )
    return sum((count_words(database, each) for each in words), stock)


def _first(tables: Iterable[str], wanted: Iterable[str]) -> list[str]:
    return [each for each in wanted if each in tables][:1]


def _shortcuts(database: Database) -> Stock:
    """Chromium's `Shortcuts`: what was typed in the address bar and then chosen."""
    return _suggestions(database, "omni_box_shortcuts")


def _input_history(database: Database) -> Stock:
    """The same memory of Firefox, in `places.sqlite`."""
    return _suggestions(database, "moz_inputhistory")


def _suggestions(database: Database, table: str) -> Stock:
    unknown_unless(database.columns(table))
    return Stock({"suggestions": count_rows(database, table)})


def _form_history(database: Database) -> Stock:
    """Firefox's `formhistory.sqlite`, with the words typed in its search bar."""
    tables = present(database, FIREFOX_WORDS)
    unknown_unless(tables)
    return sum((count_words(database, each) for each in tables), Stock())


_PERSONAL = frozenset(
    (
        *("name", "given-name", "additional-name", "family-name", "organization"),
        *("street-address", "address-level1", "address-level2", "address-level3"),
        *("address-line1", "address-line2", "address-line3", "address-streetname"),
        *(
            "address-housenumber",
            "address-extra-housesuffix",
            "country",
            "country-name",
        ),
        *("postal-code", "email", "tel", "tel-national", "tel-country-code"),
        *("tel-area-code", "tel-local", "tel-local-prefix", "tel-local-suffix"),
        *("cc-name", "cc-given-name", "cc-additional-name", "cc-family-name"),
        *("cc-number", "cc-number-encrypted", "cc-type", "cc-exp", "cc-csc"),
        *("cc-exp-month", "cc-exp-year"),
    )
)
"""Members of `autofill-profiles.json` that are never read (Firefox 153)."""


def _autofill_profiles(home: Home, path: str) -> Stock:
    """Firefox's addresses and cards. One marked as deleted waits for sync and is gone."""
    document = home.json(path, drop=_PERSONAL)
    if not isinstance(document, dict):
        raise CannotLook(Why.UNKNOWN_FORMAT)
    return Stock(
        {
            "addresses": _kept(document.get("addresses")),
            "cards": _kept(document.get("creditCards")),
        }
    )


def _kept(records: Json) -> int:
    if not isinstance(records, list):
        return 0
    return sum(isinstance(each, dict) and not each.get("deleted") for each in records)


def _form_values(_home: Home, _path: str) -> Stock:
    """Safari's own words are encrypted with a key of the system."""
    raise CannotLook(Why.NOT_SUPPORTED)


def _in_database(ask: Callable[[Database], Stock]) -> ReadStore:
    def read(home: Home, path: str) -> Stock:
        return home.query(path, ask)

    return read


FORM_STORES: Mapping[Family, Mapping[str, ReadStore]] = {
    Family.CHROMIUM: {
        "Web Data": _in_database(_web_data),
        "Account Web Data": _in_database(_web_data),
        "Ya Autofill Data": _in_database(_web_data),
        "Shortcuts": _in_database(_shortcuts),
    },
    Family.FIREFOX: {
        "formhistory.sqlite": _in_database(_form_history),
        "autofill-profiles.json": _autofill_profiles,
        "places.sqlite": _in_database(_input_history),
    },
    Family.SAFARI: {"Form Values": _form_values},
}
"""The stores of a profile folder by family, each with its reader."""

WORD_STORES: Mapping[Family, tuple[WordTable, ...]] = {
    Family.CHROMIUM: CHROMIUM_WORDS,
    Family.FIREFOX: FIREFOX_WORDS,
}
"""The tables of form words by family."""
