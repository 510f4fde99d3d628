"""Whether text that a browser stored names the site that is to be forgotten.

Always by the parsed host, never by a part of a text: `hint` only sorts out, inside SQL or
in raw bytes, what cannot name the site at all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from typing import Protocol
from urllib.parse import parse_qsl, unquote

from hygiene.contract import Site
from hygiene_checks.browser._hosts import SiteNames

__all__ = ["Names", "Naming", "NamingVisited", "inside", "with_domains"]


class Names(Protocol):
    """Tells which stored texts name what is to be forgotten. `hint` stands, in some
    case, in each of them; empty where there is no such text. `seen` are hosts known to
    belong to it.
    """

    @property
    def hint(self) -> str:
        """In small letters."""

    @property
    def typed_hint(self) -> str:
        """What stands in each that a person typed."""

    @property
    def seen(self) -> Collection[str]:
        """In small letters, without port."""

    def address(self, text: object) -> bool:
        """Whether a whole address leads there."""

    def host(self, text: object) -> bool:
        """Whether a bare host, or the domain above it, belongs there."""

    def either(self, text: object) -> bool:
        """Whether it is such an address or such a host."""

    def typed(self, text: object) -> bool:
        """Whether what a person typed is the thing itself."""

    def toward(self, text: object, address: object) -> bool:
        """Whether an address that the browser guessed, while a person had typed so much,
        was a search on the way there.
        """


_AROUND = (
    *("view-source:", "blob:", "filesystem:", "wyciwyg://0/", "jar:"),
    *("ephy-reader:", "ephy-source:", "ephy-pdf:"),
)
"""What stands in front of a whole address in an address of its own kind; the last three
are GNOME Web's (Epiphany, `EPHY_READER_SCHEME` and its like in `embed`).
"""

_READER = "about:reader?url="
"""Firefox's reading view: the address it shows follows, percent-encoded."""

_DEEPEST = 4
_DIGITS = "0123456789"


class Naming:
    """Tells which stored texts name one site. `seen` gathers its hosts on the way: some
    stores keep nothing of a host but a hash, which only those who know it can find.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self.seen = {site.host, f"www.{site.host}"} if site.below else {site.host}
        self._names = SiteNames()
        self._shown = _in_letters(site.host)

    def _is(self, host: str | None) -> bool:
        if host is None or not self.site.names(host):
            return False
        self.seen.add(host.lower().rstrip("."))
        return True

    @property
    def hint(self) -> str:
        """In small letters, what stands in every text that names the site."""
        return self.site.host

    @property
    def typed_hint(self) -> str:
        """The same for what was typed, where a name may have letters of its own."""
        return self.hint if self._shown == self.hint else ""

    def address(self, text: object) -> bool:
        """Whether a whole address (`https://user@host:port/path`), or the address that
        is inside one (`view-source:`, `blob:`), leads to the site.
        """
        if self._is(self._names.of(text)):
            return True
        inner = inside(text)
        return inner is not None and self._is(self._names.of(inner))

    def host(self, text: object) -> bool:
        """Whether a bare host names the site, with or without the dot of a domain cookie
        in front, a port behind or brackets around.
        """
        if not isinstance(text, str):
            return False
        bare = text.strip().lstrip(".")
        if bare.startswith("["):
            bare = bare[1:].partition("]")[0]
        elif bare.count(":") == 1 and not bare.partition(":")[2].strip(_DIGITS):
            bare = bare.partition(":")[0]
        return self._is(bare)

    def either(self, text: object) -> bool:
        """Whether the text is an address or a bare host of the site."""
        return self.address(text) or self.host(text)

    def typed(self, text: object) -> bool:
        """Whether what a person typed is the site's own name, or an address of it, and
        nothing else: `example.org`, `www.example.org/help`; not a word in a sentence.
        """
        if not isinstance(text, str):
            return False
        text = text.strip().lower().replace(self._shown, self.hint)
        if self.hint not in text or len(text.split()) != 1:
            return False
        site = self.site
        if "://" not in text and "@" in text.partition("/")[0]:
            # An account at the site, not its name.
            return False
        if self.address(text) or self.address(f"http://{text}"):
            return True
        host = self._names.of(text if "://" in text else f"http://{text}")
        return host == f"www.{site.host}"

    def toward(self, text: object, address: object) -> bool:
        """Whether it is the search for a beginning of the site's name, or for its name
        and more, that the browser offered while the name was typed.
        """
        if not isinstance(text, str):
            return False
        begun = _without_scheme(text.strip().lower())
        if len(begun.removeprefix("www.")) < _SHORTEST:
            return False
        whole = self.typed(text) or any(
            each.startswith(begun)
            for name in {self.hint, self._shown}
            for each in (name, f"www.{name}")
        )
        return whole and _is_search_for(text, address)


class NamingVisited:
    """Tells which stored texts name pages, sites or searches that only one stretch of
    time has. `everything` stands for all time: then whatever is not kept is named.
    """

    hint = typed_hint = ""

    def __init__(
        self,
        *,
        pages: Collection[str] = (),
        seen: Collection[str] = (),
        kept: Collection[str] = (),
        terms: Collection[str] = (),
        kept_terms: Collection[str] = (),
        everything: bool = False,
    ) -> None:
        self.pages = frozenset(pages)
        self.seen = frozenset(seen)
        self._kept = frozenset(kept)
        self._domains = with_domains(self.seen)
        self._kept_domains = with_domains(self._kept)
        self._terms = frozenset(terms)
        self._kept_terms = frozenset(kept_terms)
        typed = (*terms, *self.seen, *(f"www.{each}" for each in self.seen))
        self._begun = sorted(typed)
        self._kept_begun = sorted(kept_terms)
        self._everything = everything
        self._names = SiteNames()

    def address(self, text: object) -> bool:
        """Whether it is such a page, or any address of a site that only then was seen;
        or an address of another kind that has such a one inside.
        """
        return self._leads(text) or self._leads(inside(text))

    def _leads(self, text: object) -> bool:
        if text in self.pages:
            return True
        host = self._names.of(text)
        if host is None:
            return False
        return host not in self._kept if self._everything else host in self.seen

    def host(self, text: object) -> bool:
        """Whether the site was seen only then; of a domain, whether no host below it was
        seen at another time.
        """
        if not isinstance(text, str):
            return False
        bare = text.strip().lstrip(".").lower()
        return bare in self._domains and bare not in self._kept_domains

    def either(self, text: object) -> bool:
        """Whether it is such an address or such a host."""
        return self.address(text) or self.host(text)

    def typed(self, text: object) -> bool:
        """Whether it is a search of that time alone."""
        if not isinstance(text, str):
            return False
        words = text.strip().lower()
        return words not in self._kept_terms and (
            self._everything or words in self._terms
        )

    def toward(self, text: object, address: object) -> bool:
        """Whether it is the search for a beginning of words that were searched for only
        then, or for the address of a site that only then was seen.
        """
        if not isinstance(text, str):
            return False
        begun = text.strip().lower()
        if "." in begun and self.address(f"http://{_without_scheme(begun)}"):
            return _is_search_for(text, address)
        if not self._everything and (
            len(begun) < _SHORTEST or not _one_begins(self._begun, begun)
        ):
            return False
        return not _one_begins(self._kept_begun, begun) and _is_search_for(
            text, address
        )


def with_domains(hosts: Collection[str]) -> frozenset[str]:
    """The hosts and every domain above each."""
    found = set(hosts)
    for host in hosts:
        above = host.partition(".")[2]
        while above and above not in found:
            found.add(above)
            above = above.partition(".")[2]
    return frozenset(found)


def _one_begins(ordered: Sequence[str], begun: str) -> bool:
    """Whether one of the texts, which are in order, begins so."""
    place = bisect_left(ordered, begun)
    return place < len(ordered) and ordered[place].startswith(begun)


_SHORTEST = 3
"""Letters: fewer begin too many words to say anything."""


def _in_letters(host: str) -> str:
    """A host as it is shown: `xn--` labels with the letters that they stand for."""
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


def _without_scheme(text: str) -> str:
    return text.removeprefix("https://").removeprefix("http://")


def _is_search_for(text: str, address: object) -> bool:
    """Whether an address could be a search that was suggested on the way: a value in its
    query has the same first letter. Engines answer with other words than those typed,
    and late, for fewer letters than there are by then.
    """
    if not isinstance(address, str):
        return False
    query = address.partition("?")[2].partition("#")[0]
    first = text.strip().lower()[:1]
    pairs = parse_qsl(query, errors="replace", max_num_fields=None)
    return any(value.lower().startswith(first) for _, value in pairs)


def inside(text: object) -> str | None:
    """The address that stands inside an address of another kind, or None."""
    if not isinstance(text, str) or not text.startswith((*_AROUND, _READER)):
        return None
    for _ in range(_DEEPEST):
        if text.startswith(_READER):
            text = unquote(text.removeprefix(_READER))
            continue
        around = next((each for each in _AROUND if text.startswith(each)), None)
        if around is None:
            break
        text = text.removeprefix(around)
    return text
