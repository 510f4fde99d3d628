"""The first page in plain lines offers the languages there are (SR-12)."""

from __future__ import annotations

import pytest

from hygiene.contract.phrases import Phrases
from tests.plain.conversation import Conversation

ENGLISH, SPANISH = Phrases("hygiene", "en"), Phrases("hygiene", "es")


@pytest.mark.rule("SR-12")
def test_a_code_goes_on_in_that_language() -> None:
    """Offered in their own names; gate and guides speak it, and back again."""
    note = SPANISH.say("screens.guides.translation")
    with Conversation("--practice") as talk:
        said = talk.until(f"Español: {note}")
        assert "Language: en English, es Español." in said
        assert ENGLISH.say("gate.what") in said
        said = talk.answer("es", until=f"Español: {note}")
        assert SPANISH.say("gate.what") in said
        assert ENGLISH.say("gate.what") not in said
        said = talk.answer("2", until=SPANISH.say("plain.guides-keys"))
        assert SPANISH.say("guides.title") in said
        said = talk.answer("1", until=SPANISH.say("plain.guides-keys"))
        assert note in said
        talk.answer("b", until=f"Español: {note}")
        said = talk.answer("EN", until=f"Español: {note}")
        assert ENGLISH.say("gate.what") in said
