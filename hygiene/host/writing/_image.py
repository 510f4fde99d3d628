"""A store in memory, that takes the place of the one on the disk page by page.

It has as many pages as that one. SQLite cuts what is too much off the end of a file only
when the transaction is over: a kill right before that would leave old pages there, and
nobody would look at them again.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import apsw

from hygiene.host.sqlite import LONGEST, LOOK_EVERY, harden
from hygiene.host.writing._rows import change_rows
from hygiene.host.writing._stopping import Stopped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hygiene.host.writing._rows import RowStep
    from hygiene.host.writing._stopping import Stopping

__all__ = ["GIVES_BACK_ALWAYS", "copy_pages", "image_after", "interruptible"]

_SETTINGS = """
PRAGMA journal_mode=OFF; -- what goes wrong in memory is thrown away
PRAGMA secure_delete=ON; -- unused space of the new pages holds nothing, either
PRAGMA foreign_keys=OFF;
"""
GIVES_BACK_ALWAYS, GIVES_BACK_WHEN_ASKED = 1, 2
"""What `auto_vacuum` says of free pages."""
_AT_ONCE = 500
"""Pages that are copied between two looks at whether to stop."""


@contextmanager
def image_after(
    steps: Sequence[RowStep], store: apsw.Connection, pages: int, stopping: Stopping
) -> Iterator[apsw.Connection | None]:
    """The whole store of that many pages as it is after the steps, written anew: each row
    on new pages, and zeros on the others. None where SQLite cannot write it anew; the
    steps can be carried out even so. Raises `apsw.Error`, `Refused` and `Stopped`.
    """
    image = apsw.Connection(":memory:")
    try:
        # It is switched off before the hardening, which would keep it on.
        list(image.execute(_SETTINGS))
        harden(image)
        copy_pages(store, image, stopping)
        with interruptible(image, stopping):
            change_rows(image, steps)
            anew = _write_anew(image)
            if anew:
                _fill(image, pages)
        yield image if anew else None
    finally:
        image.close(force=True)


def _write_anew(image: apsw.Connection) -> bool:
    """Leave no unused space. Wiping what is deleted is not enough: SQLite leaves bytes
    where it moved a row to another page, and who deleted before may not have wiped.
    """
    try:
        image.execute("VACUUM")
    except apsw.InterruptError:
        raise
    except (apsw.Error, MemoryError):
        # The schema names what is not known here, or there is no room for it.
        return False
    return True


def _fill(image: apsw.Connection, pages: int) -> None:
    """Let free pages follow until there are that many, or a few more."""
    if pages <= image.pragma("page_count"):
        return
    if image.pragma("auto_vacuum") == GIVES_BACK_ALWAYS:
        image.pragma("auto_vacuum", GIVES_BACK_WHEN_ASKED)
    size = image.pragma("page_size")
    image.execute('CREATE TABLE "free pages"(zeros)')
    while (missing := pages - image.pragma("page_count")) > 0:
        # What holds the table together takes some of them.
        image.execute(
            'INSERT INTO "free pages" VALUES(zeroblob(?))',
            (min(size * (missing - missing // 32), LONGEST // 2),),
        )
    image.execute('DROP TABLE "free pages"')


def copy_pages(
    source: apsw.Connection, target: apsw.Connection, stopping: Stopping
) -> None:
    """Make `target` what `source` is, in one transaction. Raises `apsw.Error`, and
    `Stopped`; then it is what it was.
    """
    copying = target.backup("main", source, "main")
    try:
        while not copying.done:
            stopping.check()
            copying.step(_AT_ONCE)
    except BaseException:
        with suppress(apsw.Error):
            # It takes all back, and raises what the last step raised once more.
            copying.finish()
        raise
    copying.finish()


@contextmanager
def interruptible(connection: apsw.Connection, stopping: Stopping) -> Iterator[None]:
    """What goes on here is taken back when the person leaves. Raises `Stopped`."""
    connection.set_progress_handler(stopping.overdue, LOOK_EVERY)
    try:
        with stopping.interrupted_by(connection.interrupt):
            yield
    except apsw.InterruptError:
        raise Stopped from None
    finally:
        connection.set_progress_handler(None)
