"""The names and words of the made-up browsing: what goes, what looks alike, what stays."""

from __future__ import annotations

__all__ = [
    "BOTH",
    "EARLIER",
    "EVERY_HOST",
    "FRAMED",
    "GREEN",
    "IN_FRAMES",
    "KEEPERS",
    "LAST",
    "LOOK_ALIKES",
    "NAMING",
    "NOT_THE_SITE",
    "SEARCH",
    "SIGNED_IN",
    "SITE",
    "SUB",
    "WHOLE_SITE",
    "Sitting",
    "kept_value",
]

from dataclasses import dataclass

from hygiene.contract import Site

SITE = "quietharbor.example"
"""The site to forget."""
SUB = f"forum.{SITE}"
WHOLE_SITE = Site(SITE, below=True)

LOOK_ALIKES = (
    f"not{SITE}",
    f"{SITE}.elsewhere.example",
    "quietharborxexample.example",
    "quiet_harbor.example",
    "xn--quetharbor-l8a.example",
    "192.0.2.7",
)
"""Hosts that are not the site, whatever they look like."""

GREEN = "greenfield.example"
"""A kept site with sub-domains, visited in both sittings; it shows the site in a frame."""
SIGNED_IN = "lantern.example"
"""A kept site with a saved password; the site shows it in a frame."""
FRAMED = f"www.{GREEN}"
SEARCH = ("duckduckgo.com", "www.google.com")
"""The search engines of a fresh Chromium and Firefox, answered here."""
IN_FRAMES = (SITE, SIGNED_IN)
"""Sites that others show in a frame."""
NAMING = f"https://{GREEN}/find?q={SITE}&page=2"
"""A page of another site whose address names the site."""

KEEPERS = tuple(f"keeper{number:02}.example" for number in range(1, 21))
"""Twenty origins whose Local Storage is read back afterwards."""


def kept_value(host: str, number: int) -> str:
    """What `host` keeps in Local Storage under `kept<number>`: long enough that a
    browser writes it to a table of its own, and easy to compress.
    """
    return f"{host} keeps number {number} " * 24


@dataclass(frozen=True)
class Sitting:
    """What only one sitting has: a site, typed searches, a word in a form."""

    host: str
    search: str
    word: str
    file: str


EARLIER = Sitting(
    "ambermeadow.example", "copper lanternfish", "Smallville", "amber.bin"
)
LAST = Sitting("zephyrkite.example", "violet quillonberry", "Windermere", "zephyr.bin")
BOTH = "Everytown"
"""A form word that was used in both sittings."""

EVERY_HOST = (
    *(SITE, SUB, GREEN, FRAMED, SIGNED_IN, EARLIER.host, LAST.host),
    *SEARCH,
    *LOOK_ALIKES,
    *KEEPERS,
)
NOT_THE_SITE = (LOOK_ALIKES[0], f"{SITE}.elsewhere", NAMING)
"""Texts in which the site's name stands and means another one."""
