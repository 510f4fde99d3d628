"""Textual's driver, over the terminal that stands already.

The terminal was taken over before Textual was loaded, and is left by one function that
Textual knows nothing of. So the driver asks the terminal for nothing (an answer could
land in the shell), changes neither screen nor title, and writes through the terminal's
own gate. Written against Textual 8.2.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from textual import events
from textual.messages import TerminalSupportsSynchronizedOutput

from hygiene import terminal

if sys.platform == "win32":
    from textual.drivers.windows_driver import WindowsDriver as SystemDriver
else:
    import signal
    import termios

    from textual.drivers.linux_driver import LinuxDriver as SystemDriver

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App
    from textual.message import Message

__all__ = ["NEVER_WRITTEN", "QuietDriver"]

NEVER_WRITTEN = (
    "\x1b[?1049",  # alternate screen: ours already
    "\x1b[>",  # kitty keyboard: would hide the leave key from the terminal
    "\x1b[<u",
    "\x1b[?2026$p",  # questions
    "\x1b[?2048$p",
    "\x1b[?2048h",  # reports of size, focus and every movement of the mouse
    "\x1b[?1004",
    "\x1b[?1003",
    "\x1b[?1015",
    "\x1b[?1016",
    "\x1b]",  # title, clipboard, pointer
    "\x07",  # bell
)
"""How the pieces begin that Textual writes by itself and a person never wants."""

_MOUSE = "\x1b[?1000h\x1b[?1002h\x1b[?1006h"


class QuietDriver(SystemDriver):
    """A driver for the system's terminal. Needs `terminal.begin` to have been called."""

    leave_keys: frozenset[str] = frozenset({"ctrl+c", "ctrl+q"})

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        ours = terminal.current()
        if ours is None:
            raise RuntimeError("the terminal was not begun")
        self._file: Any = ours.file
        if sys.platform != "win32":
            # Textual would leave the alternate screen to stop, and come back.
            signal.signal(signal.SIGTSTP, signal.SIG_IGN)
            signal.signal(signal.SIGCONT, signal.SIG_DFL)

    @property
    def can_suspend(self) -> bool:
        """Never: the shell would show below what stands here."""
        return False

    def write(self, data: str) -> None:
        """Write, unless it is one of the pieces nobody wants."""
        if not data.startswith(NEVER_WRITTEN):
            super().write(data)

    def start_application_mode(self) -> None:
        """As Textual does, with what it would ask answered here: frames are wrapped in
        synchronised output, which terminals that do not know it ignore.
        """
        start: Callable[[], None] = super().start_application_mode
        start()
        self.send_message(TerminalSupportsSynchronizedOutput())

    def process_message(self, message: Message) -> None:
        """Look at every key on the thread that reads it; leave before the app knows."""
        if isinstance(message, events.Key) and message.key in self.leave_keys:
            terminal.leave_now()
        super().process_message(message)

    def open_url(self, url: str, new_tab: bool = True) -> None:
        """Nothing is ever opened."""

    def deliver_binary(self, binary: Any, **_: Any) -> None:
        """Nothing is ever saved."""

    def _enable_mouse_support(self) -> None:
        """Clicks, drags and the wheel; no report of mere movement."""
        if self._mouse:
            self.write(_MOUSE)

    if sys.platform != "win32":

        @classmethod
        def _patch_lflag(cls, attrs: int) -> int:
            """Keep signals: the terminal itself turns the leave keys into them."""
            return super()._patch_lflag(attrs) | termios.ISIG

        def _run_input_thread(self) -> None:
            """Without the thread that reads keys there is nothing left to do."""
            try:
                self.run_input_thread()
            except BaseException:  # noqa: BLE001 - whatever it was, it must not be shown
                terminal.fail()
