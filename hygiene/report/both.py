"""The sentences of a consent, with the English ones beside a translation that no human
has reviewed yet (SR-12).
"""

from __future__ import annotations

from collections.abc import Callable

from hygiene.contract.phrases import SOURCE_LANGUAGE
from hygiene.report.facts import Facts
from hygiene.words.offered import offered

__all__ = ["Both"]


class Both:
    """Says one thing in the language of the run, and in English where that one waits for
    its review.
    """

    def __init__(self, facts: Facts) -> None:
        self._own = facts
        waits = {each.code for each in offered() if each.waits}
        self._english = Facts((), SOURCE_LANGUAGE) if facts.language in waits else None

    def say(self, told: Callable[[Facts], str]) -> tuple[str, ...]:
        """One line, or two: `In English: ...`."""
        if self._english is None:
            return (told(self._own),)
        english = self._own.app.say("plan.english", text=told(self._english))
        return (told(self._own), english)

    def key(self, key: str) -> tuple[str, ...]:
        """The same for a sentence without places."""
        return self.say(lambda facts: facts.app.say(key))
