"""Saving copies: where to, what to know before, and what became of it (SR-33, SR-34)."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from hygiene.engine.evidence import Saving, Wanted
from hygiene.tui.background import one_at_a_time, tell
from hygiene.tui.messages import CopiesEnded, CopyProgress, DrivesCame
from hygiene.tui.screens.answered import AnsweredPage
from hygiene.tui.screens.page import Text
from hygiene.tui.widgets import copy_steps
from hygiene.tui.widgets.copy_steps import Step, size
from hygiene.tui.widgets.hints import Hints
from hygiene.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.widget import Widget

    from hygiene.engine.decision import Decision
    from hygiene.host.copying.report import CopyReport
    from hygiene.host.drives import Drive
    from hygiene.tui.visit import Visit
    from hygiene.tui.widgets.door import Door
    from hygiene.tui.widgets.hints import Hint

__all__ = ["Copies"]


class _Stopped(Exception):
    """The person went back while copies were being saved."""


class Copies(AnsweredPage):
    """One question at a time. Passphrases are never shown, and dropped with the page.

    `decision` is the way to a consent that waits for these copies, where there is one.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "again", show=False),
        Binding("p", "paths", show=False),
    ]

    def __init__(
        self, visit: Visit, stores: tuple[str, ...], decision: Decision | None = None
    ) -> None:
        super().__init__(visit)
        self._saving = Saving(stores)
        self._decision = decision
        self._drives: tuple[Drive, ...] | None = None
        self._typing_folder = False
        self._stop: threading.Event | None = None
        self._report: CopyReport | None = None
        self._now = Step()
        self._told = ""

    def text(self) -> list[Widget]:
        """What is to be read in this step."""
        return [Text(self.say("evidence.title"), classes="title"), *self._now.said]

    def answers(self) -> list[Widget]:
        """What answers it, and what became of the last answer."""
        told = [Text(self._told, id="told")] if self._told else []
        return [*self._now.asked, *told]

    def hints(self) -> list[Hint]:
        """The keys of the step that is shown."""
        names = ["back"]
        if self._picking:
            names += ["enter", "again"]
        if self._report is not None and self._report.failed:
            names.append("paths")
        return [self.hint(each) for each in (*names, "guides", "help")]

    @property
    def _picking(self) -> bool:
        return (
            self._saving.wanted is Wanted.PLACE
            and not self._typing_folder
            and self._report is None
        )

    async def on_mount(self) -> None:
        """Look which drives are there."""
        await self._show()
        self.action_again()

    def action_again(self) -> None:
        """Look again: a drive was plugged in."""
        if not self._picking:
            return
        session = self.visit.looking_at

        def messages() -> Iterator[DrivesCame]:
            yield DrivesCame(tuple(session.drives()))

        tell(self, messages)

    async def on_drives_came(self, message: DrivesCame) -> None:
        """Show them."""
        self._drives = message.drives
        if self._picking:
            await self._show()

    # --- steps

    async def _show(self, told: str = "") -> None:
        self._now, self._told = self._step(), told
        await self.say_anew()
        self.query_one(Hints).show(self.hints())
        for each in ("Input", "#places", "Door"):
            if found := self.query(each):
                found.first().focus()
                break

    def _step(self) -> Step:
        say, saving = self.say, self._saving
        if self._stop is not None:
            return copy_steps.saving(say)
        if self._report is not None:
            clearing = self._decision is not None
            return copy_steps.ended(say, self._report, clearing=clearing)
        match saving.wanted:
            case Wanted.STORES:
                return copy_steps.nothing(say)
            case Wanted.PLACE if self._typing_folder:
                return copy_steps.folder(say)
            case Wanted.PLACE:
                return copy_steps.places(say, self._drives)
            case Wanted.PASSPHRASE:
                return copy_steps.passphrase(say, saving.warnings)
            case Wanted.AGAIN:
                return copy_steps.again(say)
        return copy_steps.ready(say, saving.drive, saving.warnings)

    # --- answers

    async def on_row_list_opened(self, event: RowList.Opened) -> None:
        """A drive, or a folder here."""
        if event.key == copy_steps.HERE:
            self._typing_folder = True
            await self._show()
        elif self._saving.pick((self._drives or ())[int(event.key)]):
            await self._show()
        else:
            await self._show(self.say("evidence.refused-closed"))

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """A folder, a passphrase, or the same once more."""
        typed = event.value
        event.input.value = ""
        if not typed:
            return
        saving, told = self._saving, ""
        if event.input.id == "folder":
            self._typing_folder = not saving.type_folder(typed)
            told = "evidence.folder-in-full" if self._typing_folder else ""
        elif event.input.id == "passphrase":
            told = "" if saving.type_passphrase(typed) else "evidence.passphrase-short"
        else:
            told = "" if saving.type_again(typed) else "evidence.passphrase-differs"
        await self._show(self.say(told) if told else "")

    async def on_door_pressed(self, event: Door.Pressed) -> None:
        """Save, or not now."""
        if event.door.name == "save":
            await self._save()
        else:
            self.app.pop_screen()

    # --- saving

    async def _save(self) -> None:
        if self._saving.wanted is not Wanted.NOTHING or self._stop is not None:
            return
        self._stop = stop = threading.Event()
        await self._show()
        session, saving = self.visit.looking_at, self._saving

        def tell_progress(done: int, total: int) -> None:
            if stop.is_set():
                raise _Stopped
            self.post_message(CopyProgress(done, total))

        def messages() -> Iterator[CopiesEnded]:
            from hygiene.host.copying.report import SaveRefused  # noqa: PLC0415 - on demand

            try:
                with one_at_a_time:
                    report = session.save_copies(saving, tell_progress)
            except _Stopped:
                yield CopiesEnded(None, "screens.copies.stopped")
            except SaveRefused as error:
                yield CopiesEnded(None, f"evidence.refused-{error.why}")
            else:
                yield CopiesEnded(report)

        tell(self, messages)

    def on_copy_progress(self, message: CopyProgress) -> None:
        """How far it is."""
        if self._stop is not None:
            done, total = size(message.done), size(message.total)
            said = self.say("screens.progress", done=done, all=total)
            self.query_one("#progress", Text).update(said)

    async def on_copies_ended(self, message: CopiesEnded) -> None:
        """Say what is there now. Where nothing was saved, a place is asked for anew."""
        self._stop = None
        self._saving.back()
        self._report = message.report
        if self._report is not None and self._decision is not None:
            self._decision.copy_ended(complete=self._report.complete)
        await self._show(self.say(message.key) if message.key else "")

    # --- other keys

    def action_enter(self) -> None:
        """Open the row with the cursor."""
        for each in self.query(RowList):
            each.action_open()

    def action_paths(self) -> None:
        """Show the paths of what could not be saved, or hide them again."""
        self.toggle_class("-paths")

    async def action_back(self) -> None:
        """Stop saving, or one question back, or one page."""
        if self._stop is not None:
            self._stop.set()
        elif self._report is None and (self._typing_folder or not self._picking):
            self._typing_folder = False
            self._saving.back()
            await self._show()
        else:
            self.app.pop_screen()
