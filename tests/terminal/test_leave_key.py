"""The leave key is a control key."""

from __future__ import annotations

import pytest

from hygiene.terminal import LEAVE_KEY, leave_key_name


@pytest.mark.parametrize(
    ("byte", "shown"), [(LEAVE_KEY, "Ctrl+Q"), (0x18, "Ctrl+X"), (1, "Ctrl+A")]
)
def test_a_control_key_has_a_name(byte: int, shown: str) -> None:
    """As it is printed on every screen."""
    assert leave_key_name(byte) == shown
