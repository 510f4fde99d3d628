"""What goes out of a session document, for a site and for a stretch of time."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hygiene_checks.browser._hosts import SiteNames
from hygiene_checks.browser.forgetting.firefox_texts import addresses_in

if TYPE_CHECKING:
    from hygiene_checks.browser.forgetting._naming import Naming
    from hygiene_checks.browser.forgetting.firefox_pages import Going

__all__ = ["SiteGone", "SpanGone"]


@dataclass(frozen=True, slots=True)
class SiteGone:
    """What goes of a session document when a site goes."""

    naming: Naming

    def page(self, address: object) -> bool:
        """A page of the site."""
        return self.naming.address(address)

    def names(self, text: object) -> bool:
        """An address of the site in whatever form."""
        return any(map(self.naming.address, addresses_in(text)))

    def typed(self, text: object) -> bool:
        """The site's name."""
        return self.naming.typed(text)


class SpanGone:
    """What goes of one when visits go: pages without any visit left, addresses of hosts
    without any page left, and `words` (in lower case) that only then were typed.
    """

    def __init__(self, going: Going, words: Container[str]) -> None:
        self._words = words
        self._addresses = going.addresses
        self._hosts = going.lone_hosts
        self._names = SiteNames()

    def page(self, address: object) -> bool:
        """A page that has no visit left."""
        return address in self._addresses

    def names(self, text: object) -> bool:
        """Its address, or one of a host that is gone."""
        return any(
            each in self._addresses or self._names.of(each) in self._hosts
            for each in addresses_in(text)
        )

    def typed(self, text: object) -> bool:
        """Such a word, or such a host; a word has no time of its own here."""
        if not isinstance(text, str):
            return False
        typed = text.strip().lower()
        address = typed if "://" in typed else f"http://{typed}"
        return typed in self._words or self._names.of(address) in self._hosts
