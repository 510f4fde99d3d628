"""Asks a store until the answer is of one state."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TypeVar

from hygiene.contract import CannotLook, Database, Why
from hygiene.host.opening import cannot_look
from hygiene.host.sqlite._database import OpenStore
from hygiene.host.sqlite._snapshot import Image, Snapshot, snapshot
from hygiene.host.sqlite._store import StoreFiles

__all__ = ["query"]

Answer = TypeVar("Answer")


def query(
    files: StoreFiles,
    ask: Callable[[Database], Answer],
    tick: Callable[[], None] = lambda: None,
) -> Answer:
    """Let `ask` read one consistent state of a store and return its answer.

    `ask` is called again when the store changed meanwhile. `tick` is called while work
    goes on. Raises `CannotLook` (`LOCKED` when no consistent state could be had),
    `RefusedQuery`, and what `ask` raises.
    """
    patience = _Patience()
    while True:
        with ExitStack() as stack:
            taken = _taken(files, stack, tick, patience)
            if taken is not None:
                try:
                    answer = _asked(taken.image, ask, tick)
                except Exception:
                    # Half of one state and half of another can look like anything.
                    if _holds(taken):
                        raise
                else:
                    if _holds(taken):
                        return answer
        patience.wait()


def _asked(
    image: Image, ask: Callable[[Database], Answer], tick: Callable[[], None]
) -> Answer:
    with OpenStore(image, tick) as database:
        return ask(database)


def _taken(
    files: StoreFiles,
    stack: ExitStack,
    tick: Callable[[], None],
    patience: _Patience,
) -> Snapshot | None:
    try:
        with _system_errors():
            return snapshot(files, stack, tick)
    except CannotLook as error:
        if not patience.bears(error.why):
            raise
        return None


def _holds(taken: Snapshot) -> bool:
    try:
        with _system_errors():
            return taken.holds()
    except CannotLook:
        # The next try tells whether that lasts.
        return False


@contextmanager
def _system_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise cannot_look(error) from None


class _Patience:
    """How long a store may go on changing under our eyes."""

    _TRIES = 4
    _ENOUGH = 3.0
    _TOO_MUCH = 30.0
    _LONGEST_WAIT = 0.03
    _REFUSALS = 2

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._tries = 0
        self._refusals = 0

    def bears(self, why: Why) -> bool:
        """Whether to try again after a refusal: a file that is just being made or
        deleted can look forbidden.
        """
        self._refusals += 1
        return why in {Why.DENIED, Why.LOCKED} and self._refusals <= self._REFUSALS

    def wait(self) -> None:
        """Wait before the next try; `LOCKED` when there were enough."""
        self._tries += 1
        gone = time.monotonic() - self._began
        if gone > self._TOO_MUCH or (
            gone > self._ENOUGH and self._tries >= self._TRIES
        ):
            raise CannotLook(Why.LOCKED)
        # Uneven, so as not to keep step with a writer.
        time.sleep(self._LONGEST_WAIT * (self._tries * 0.618 % 1))
