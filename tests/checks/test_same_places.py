"""Checks are strangers to each other: what two of them know must not drift apart."""

from __future__ import annotations

import pytest

from hygiene.contract import Platform
from hygiene_checks.browser._mail_profiles import THUNDERBIRD as ITS_PASSWORDS
from hygiene_checks.chat._thunderbird import THUNDERBIRD as ITS_CHATS


@pytest.mark.parametrize("platform", Platform)
def test_thunderbird_is_looked_for_in_the_same_places(platform: Platform) -> None:
    """Its passwords and its chats lie in the same profiles."""
    chats = {place.data for place in ITS_CHATS.places[platform]}
    assert set(ITS_PASSWORDS.places(platform)) == chats
