"""The screens' front door. The app itself only puts up screens and takes care of keys
that count everywhere.
"""

from __future__ import annotations

import gc
import logging
import os
import pkgutil
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App

from hygiene import terminal
from hygiene.contract.outcome import HygieneError
from hygiene.contract.phrases import Phrases
from hygiene.tui.driver import QuietDriver
from hygiene.tui.screens.cover import Cover
from hygiene.tui.screens.gate import Gate
from hygiene.tui.themes import DARK, NO_COLOUR, THEMES
from hygiene.tui.visit import Idle, Visit
from hygiene.wiring import NotCarriedOut, WrongUsage

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from textual.screen import Screen

    from hygiene.wiring import Session

__all__ = ["HygieneApp", "run_reader", "run_screens"]

_OK = 0
_IDLE_CHECKS_SECONDS = 0.5


class HygieneApp(App[bool], inherit_bindings=False):
    """Ends with whether the earlier lines of the terminal should go too.

    Textual's own keys (it takes Ctrl+Q and Ctrl+C) are not inherited.
    """

    # Read as data of the package: it may lie in a zip.
    CSS = (pkgutil.get_data("hygiene.tui", "app.tcss") or b"").decode()
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    ESCAPE_TO_MINIMIZE = False
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - typed by Textual
        (0, "-narrow"),
        (60, "-normal"),
        (100, "-wide"),
    ]

    def __init__(
        self,
        visit: Visit,
        screens: Sequence[Screen[None]],
        *,
        theme: str = DARK.name,
    ) -> None:
        no_colour = bool(os.environ.get("NO_COLOR"))
        super().__init__(driver_class=QuietDriver, ansi_color=no_colour or None)
        for each in THEMES:
            self.register_theme(each)
        # Set without a word to its watchers, who would read the style sheet twice.
        self.set_reactive(App.theme, NO_COLOUR.name if no_colour else theme)
        self.stylesheet.set_variables(self.get_css_variables())
        self.animation_level = "none"
        self.visit = visit
        self._first = screens
        self._last_key = visit.clock()
        for key in ("ctrl+c", visit.leave_key.lower()):
            self._bindings.bind(key, "leave", show=False, priority=True)

    def get_default_screen(self) -> Screen[None]:
        """The first of our own, rather than an empty one below it."""
        return self._first[0]

    def on_mount(self) -> None:
        """Put up what stands on the first screen."""
        for screen in self._first[1:]:
            self.push_screen(screen)
        self.call_after_refresh(gc.enable)  # the start has put it off
        self.set_interval(_IDLE_CHECKS_SECONDS, self.check_idle_time)

    @property
    def failure(self) -> Exception | None:
        """What ended the app, if something did."""
        return self._exception

    def action_leave(self) -> None:
        """Leave at once."""
        self.visit.leave()

    # --- idle (SR-41)

    async def on_event(self, event: events.Event) -> None:
        """Note when the last key came, and take the cover off for it."""
        if isinstance(event, events.Key | events.MouseDown | events.Paste):
            self._last_key = self.visit.clock()
        await super().on_event(event)

    def check_idle_time(self) -> None:
        """Cover the page, or leave, when nobody is there."""
        idle = self.visit.clock() - self._last_key
        limits = self.visit.idle
        if limits.leave_after is not None and idle >= limits.leave_after:
            self.visit.leave()
        if limits.cover_after is None or idle < limits.cover_after:
            return
        if not isinstance(self.screen, Cover):
            self.push_screen(Cover(self.visit))

    # --- what Textual would do, and this program never does (SR-19, 38, 43)

    def bell(self) -> None:
        """Silence."""

    def copy_to_clipboard(self, text: str) -> None:
        """Nothing is ever put there."""

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Nothing is ever opened."""

    def panic(self, *renderables: Any) -> None:
        """End; what went wrong is not shown."""
        del renderables
        self._return_code = 1
        self._fatal_error()

    def _fatal_error(self) -> None:
        """End; Textual would print a traceback with values."""
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        self._exit_renderables.clear()


def run_screens(session: Session, options: Namespace, *, forget: bool = False) -> int:
    """Begin at the gate; return the exit status. `forget` leads from there straight to
    the name of a site. Raises `NotCarriedOut` where something that was agreed to could not
    be done.
    """
    visit = _visit(session.language, options, session)
    gate = Gate(visit, forget=forget)
    status = _run(HygieneApp(visit, [gate], theme=options.theme or DARK.name))
    for why in visit.failed.values():
        raise NotCarriedOut(why)
    return status


def run_reader(picked: str | None, language: str, options: Namespace) -> int:
    """Read the guides, from the one that was picked; return the exit status.

    Raises `WrongUsage` for a guide that is not there.
    """
    from hygiene import guides  # noqa: PLC0415 - the gate needs none
    from hygiene.tui.screens.contents import Contents  # noqa: PLC0415
    from hygiene.tui.screens.reader import Reader  # noqa: PLC0415

    visit = _visit(language, options)
    screens: list[Screen[None]] = [Contents(visit)]
    if picked is not None:
        guide = guides.find(picked, language)
        if guide is None:
            raise WrongUsage("usage.guide")
        screens.append(Reader(visit, guide))
    return _run(HygieneApp(visit, screens, theme=options.theme or DARK.name))


def _visit(language: str, options: Namespace, session: Session | None = None) -> Visit:
    return Visit(
        words=Phrases("hygiene", language),
        language=language,
        leave=terminal.leave_now,
        leave_key=terminal.leave_key_name(options.leave_key),
        session=session,
        keep_scrollback=options.keep_scrollback,
        idle=Idle.asked(options.idle),
    )


def _run(app: HygieneApp) -> int:
    # A library's warning would go to the terminal, with names in it.
    logging.disable(logging.CRITICAL)
    leave_keys = frozenset({"ctrl+c", app.visit.leave_key.lower()})
    QuietDriver.leave_keys = leave_keys
    clear = app.run()
    if isinstance(app.failure, HygieneError):
        raise app.failure
    if app.return_code:
        terminal.fail()
    terminal.end_quietly(clear=bool(clear))
    return _OK
