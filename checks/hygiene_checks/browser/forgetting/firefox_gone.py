"""What goes out of a session document, for a site and for a stretch of time."""

from __future__ import annotations

from collections.abc import Collection, Container
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hygiene_checks.browser._hosts import SiteNames
from hygiene_checks.browser.forgetting._naming import inside
from hygiene_checks.browser.forgetting.firefox_texts import addresses_in

if TYPE_CHECKING:
    from hygiene_checks.browser.forgetting._naming import Naming
    from hygiene_checks.browser.forgetting.firefox_pages import Going

__all__ = ["SiteGone", "SpanGone"]

_WEB = ("http://", "https://")


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
    without any page left, and `words` (in lower case) that only then were typed. With
    all of a history every page of the web goes but those of hosts that were `left_out`.
    `besides` are addresses of pages that go and never were in the history.
    """

    def __init__(
        self,
        going: Going,
        words: Container[str],
        left_out: Container[str],
        besides: Collection[str] = (),
    ) -> None:
        self._going = going
        self._words = words
        self._left_out = left_out
        self._besides = besides
        self._names = SiteNames()

    def with_pages(self, besides: Collection[str]) -> SpanGone:
        """The same, and these pages."""
        return SpanGone(self._going, self._words, self._left_out, besides)

    def page(self, address: object) -> bool:
        """A page that has no visit left, or one that the history never had of a host
        without any page left; or an address of another kind with such a one inside.
        """
        return self._goes(address) or self._goes(inside(address))

    def _goes(self, address: object) -> bool:
        return isinstance(address, str) and (
            self.was_visited(address)
            or address in self._besides
            or self._is_lost(address)
        )

    def was_visited(self, address: str) -> bool:
        """A page that has no visit left."""
        return address in self._going.addresses

    def may_go(self, address: str) -> bool:
        """A page of the web that does not go by itself, and of no host left out."""
        return (
            address.startswith(_WEB)
            and not self.page(address)
            and self._names.of(address) not in self._left_out
        )

    def _is_lost(self, address: str) -> bool:
        host = self._names.of(address)
        if self._going.everything:
            return address.startswith(_WEB) and host not in self._left_out
        return host in self._going.lone_hosts

    def names(self, text: object) -> bool:
        """Its address, or one of a host that is gone."""
        return any(map(self._goes, addresses_in(text)))

    def typed(self, text: object) -> bool:
        """Such a word, or such a host; a word has no time of its own here."""
        if not isinstance(text, str):
            return False
        typed = text.strip().lower()
        address = typed if "://" in typed else f"http://{typed}"
        host = self._names.of(address)
        # Of all of a history, one word alone is not taken for a host.
        return typed in self._words or ("." in (host or "") and self._is_lost(address))
