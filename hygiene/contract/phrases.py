"""A package's own sentences, by key and language, with plurals.

Catalogues are gettext files: `words/LANGUAGE.po` is written by people, `words/LANGUAGE.mo`
is compiled from it when the package is built. Keys are stable ids, so English is a
catalogue like any other, and a key missing elsewhere falls back to it.
"""

from __future__ import annotations

import gettext
import io
import os
from functools import cache
from importlib import import_module

__all__ = ["LANGUAGES", "SOURCE_LANGUAGE", "Phrases", "languages"]

SOURCE_LANGUAGE = "en"
LANGUAGES = ("en", "es")
"""Those that a package may have a catalogue for."""


@cache
def _catalogue(package: str, language: str) -> gettext.GNUTranslations | None:
    """The catalogue, from a folder or out of a zip alike; None if there is none."""
    try:
        module = import_module(package)
        loader, folder = module.__loader__, module.__path__[0]
        data = loader.get_data(f"{folder}{os.sep}words{os.sep}{language}.mo")  # type: ignore[union-attr]
    except (OSError, ImportError, AttributeError):
        return None
    return gettext.GNUTranslations(io.BytesIO(data))


def languages(package: str) -> tuple[str, ...]:
    """The languages `package` has a catalogue for."""
    return tuple(each for each in LANGUAGES if _catalogue(package, each) is not None)


class Phrases:
    """The sentences of one package in one language."""

    def __init__(self, package: str, language: str = SOURCE_LANGUAGE) -> None:
        self._own = _catalogue(package, language)
        self._english = (
            self._own
            if language == SOURCE_LANGUAGE
            else _catalogue(package, SOURCE_LANGUAGE)
        )

    def has(self, key: str) -> bool:
        """Whether the key has a sentence in this language or in English."""
        return any(
            each is not None and each.gettext(key) != key
            for each in (self._own, self._english)
        )

    def say(self, key: str, **values: object) -> str:
        """The sentence for `key`, with `{name}` places filled in. The key itself when
        there is none, so that a gap is seen and nothing breaks.
        """
        for catalogue in (self._own, self._english):
            if catalogue is not None and (text := catalogue.gettext(key)) != key:
                return text.format(**values) if values else text
        return key

    def count(self, key: str, number: int, **values: object) -> str:
        """The sentence for `key` in the plural form that `number` asks for; `{n}` is
        the number with thousands separators.
        """
        for catalogue in (self._own, self._english):
            if catalogue is None:
                continue
            text = catalogue.ngettext(key, key, number)
            if text != key:
                return text.format(n=f"{number:,}", **values)
        return key
