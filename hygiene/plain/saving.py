"""Saving copies first, in lines: where to, what that can give away, and how it ended."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from hygiene.engine.evidence import Saving, Wanted, stores_behind
from hygiene.host.copying.report import SaveRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hygiene.engine.results import CheckResult
    from hygiene.host.copying.report import CopyReport
    from hygiene.host.drives import Drive
    from hygiene.plain.page import Page

__all__ = ["save", "save_behind"]

_GIGA = 10**9
_MEGA = 10**6
_TOLD_EVERY_SECONDS = 2.0


def save(page: Page, stores: Sequence[str]) -> bool | None:
    """Save copies of these stores where the person says. Whether all of them are whole;
    None where nothing was begun.
    """
    saving = Saving(tuple(stores))
    page.head(page.words.say("evidence.title"))
    if saving.wanted is Wanted.STORES:
        page.say("evidence.nothing")
        page.back()
        return None
    page.say(*saving.warnings, "evidence.intro")
    while _place(page, saving):
        if not _asked_for(page, saving):
            saving.back()
            continue
        page.say("plain.save-doors")
        if page.console.ask({"1", "b"}) == "1":
            report = _write(page, saving)
            if report is not None:
                _tell(page, report)
                return report.complete
        saving.back()
    return None


def save_behind(page: Page, results: Sequence[CheckResult]) -> None:
    """Save copies of what stands behind one check, or behind all that found something."""
    page.head(page.words.say("evidence.title"))
    found = [each for each in results if stores_behind(each.findings)]
    rows = [page.facts.row(each) for each in found]
    page.console.number(f"{row.title}: {row.text}." for row in rows)
    page.say("plain.copies-keys")
    numbers = {str(each) for each in range(1, len(found) + 1)}
    answer = page.console.ask({*numbers, "a", "b"})
    if answer == "b":
        return
    picked = found if answer == "a" else [found[int(answer) - 1]]
    save(page, stores_behind(each for result in picked for each in result.findings))


def _place(page: Page, saving: Saving) -> bool:
    """Where to: a drive by its number, or a folder typed in full. False goes back."""
    while saving.wanted is Wanted.PLACE:
        drives = page.session.drives()
        if not drives:
            page.say("evidence.no-drive")
        page.console.number(_drive(page, each) for each in drives)
        page.say("plain.place-keys", "plain.folder-key")
        numbers = {str(each) for each in range(1, len(drives) + 1)}
        answer = page.console.ask({*numbers, "a", "f", "b"})
        if answer == "b":
            return False
        if answer == "f":
            _folder(page, saving)
        elif answer != "a" and not saving.pick(drives[int(answer) - 1]):
            page.say("evidence.refused-closed")
    return True


def _drive(page: Page, drive: Drive) -> str:
    free = f"{drive.free / _GIGA:,.1f} GB"
    return page.words.say("evidence.drive-line", label=drive.label, free=free)


def _folder(page: Page, saving: Saving) -> None:
    page.say("evidence.here", "plain.folder", "plain.back-key")
    while typed := page.console.ask_text():
        if saving.type_folder(typed):
            return
        page.say("evidence.folder-in-full")


def _asked_for(page: Page, saving: Saving) -> bool:
    """The passphrase, where one is wanted, twice and unseen. False goes back."""
    while saving.wanted in {Wanted.PASSPHRASE, Wanted.AGAIN}:
        again = saving.wanted is Wanted.AGAIN
        page.say("evidence.passphrase-again" if again else "evidence.passphrase")
        page.say("plain.passphrase-keys")
        typed = page.console.ask_hidden()
        if not typed:
            return False
        if again and not saving.type_again(typed):
            page.say("evidence.passphrase-differs")
        if not again and not saving.type_passphrase(typed):
            page.say("evidence.passphrase-short")
    return True


def _write(page: Page, saving: Saving) -> CopyReport | None:
    """Save; None, with the reason told, where nothing was written."""
    page.say("evidence.saving")
    told = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told >= _TOLD_EVERY_SECONDS:
            told = time.monotonic()
            page.console.say(
                page.words.say(
                    "plain.saved",
                    done=f"{done // _MEGA:,} MB",
                    total=f"{total // _MEGA:,} MB",
                )
            )

    try:
        return page.session.save_copies(saving, tell)
    except SaveRefused as error:
        page.say(f"evidence.refused-{error.why}")
        return None


def _tell(page: Page, report: CopyReport) -> None:
    if report.complete:
        page.console.say(page.words.say("evidence.done", name=report.name))
        page.say("evidence.done-list", "evidence.done-eject")
        page.back()
        return
    reasons = {each: page.words.say(each.key) for each in report.failed}
    page.say("evidence.not-whole")
    page.console.say(*dict.fromkeys(reasons.values()))
    page.say("plain.key-m", "plain.back-key")
    if page.console.ask({"m", "b"}) == "m":
        for each, reason in reasons.items():
            page.console.say(f"{page.facts.source(each.path)}: {reason}")
        page.back()
