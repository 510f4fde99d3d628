"""The key that leaves: always a control key, so that the terminal itself can signal it."""

LEAVE_KEY = 0x11
"""Ctrl+Q."""


def leave_key_name(byte: int) -> str:
    """The name of the key that sends this byte, as it is shown: `Ctrl+Q`."""
    return f"Ctrl+{chr(byte | 0x40)}"
