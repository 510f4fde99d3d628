"""Work beside the screens. Nothing waits for it when the program ends."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.message import Message
    from textual.widget import Widget

__all__ = ["one_at_a_time", "tell"]

one_at_a_time = threading.Lock()
"""Held while a plan is made, a lock of a browser is looked at, or anything is changed:
closing a file takes away the locks that the writer has on it.
"""


def tell(widget: Widget, messages: Callable[[], Iterable[Message]]) -> None:
    """Call `messages` on a thread of its own and post what it yields to `widget`, until
    it is gone. A daemon thread: a worker of Textual would hold up the end.
    """

    def work() -> None:
        for message in messages():
            if not widget.is_attached or not widget.post_message(message):
                return

    threading.Thread(target=work, name="screens", daemon=True).start()
