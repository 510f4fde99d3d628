"""Each way in which clearing is known to go wrong has a test that bears its number."""

from __future__ import annotations

import re
from pathlib import Path

NUMBERS = frozenset(range(1, 32))
ELSEWHERE = {
    23: "a list of programs to look for that is partly passed over: no list here",
    24: "a visit that reads like an infection: about what a look says, see `report`",
    25: "an empty look that reads like good news: banned words, see `words`",
    26: "a folder that macOS keeps closed: about looking, see `host/test_macos.py`",
    27: "what is left in a picture: pictures are not cleared here",
}
"""Those that do not concern the clearing of what browsers keep, and why."""


def test_each_number_is_tested_or_has_its_reason() -> None:
    """None is forgotten, and none stands on both lists."""
    text = "".join(
        path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py")
    )
    tested = {
        int(number) for number in re.findall(r"^def test_(\d\d)_", text, re.MULTILINE)
    }
    assert tested | ELSEWHERE.keys() == NUMBERS
    assert not tested & ELSEWHERE.keys()
