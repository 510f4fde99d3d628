"""Profiles of Thunderbird, which keeps sign-ins as Firefox does. No browser: what else
it keeps is the business of other checks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hygiene.contract import NotChecked
from hygiene_checks.browser._layouts import LAYOUTS, Found
from hygiene_checks.browser._places import Browser, Family

if TYPE_CHECKING:
    from hygiene.contract import Home

__all__ = ["THUNDERBIRD", "mail_profiles"]

THUNDERBIRD = Browser(
    "thunderbird",
    "Thunderbird",
    Family.FIREFOX,
    linux=(
        ".thunderbird",
        ".mozilla-thunderbird",
        "snap/thunderbird/common/.thunderbird",
        ".var/app/org.mozilla.Thunderbird/.thunderbird",
    ),
    macos=("Library/Thunderbird",),
    windows=("{config}/Thunderbird",),
)
"""Places as in Debian's Thunderbird 153, and as the BleachBit and KAPE tables name them."""


def mail_profiles(home: Home) -> Found:
    """Every profile of Thunderbird, each once, and each place that hides whether it is."""
    seen = set()
    for place in THUNDERBIRD.places(home.platform):
        for entry in home.find(place):
            if entry.why is not None:
                yield NotChecked(entry.path, entry.why, THUNDERBIRD.name)
                continue
            for found in LAYOUTS[THUNDERBIRD.family](home, THUNDERBIRD, entry.path):
                path = found.source if isinstance(found, NotChecked) else found.folder
                if path not in seen:
                    seen.add(path)
                    yield found
