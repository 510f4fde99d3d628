"""Several readers give the answers that one gives."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator

import pytest

from hygiene_checks.photos import _readers
from hygiene_checks.photos._readers import in_order


def _slowly(number: int) -> int:
    """Waits, longer for the first ones, so that later ones are done before them."""
    time.sleep(0.01 if number % 3 else 0.02)
    return number * number


def test_answers_come_in_order_from_several_threads() -> None:
    """Work that waits is done by others, in the order it was given."""
    threads = set()

    def work(number: int) -> int:
        threads.add(threading.current_thread())
        return _slowly(number)

    assert list(in_order(work, range(60))) == [n * n for n in range(60)]
    assert len(threads) > 1
    assert all(each.daemon for each in threads if each is not threading.main_thread())


def test_quick_work_is_done_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """No thread is started for work that does not wait."""
    monkeypatch.setattr(_readers, "_LONG_WAIT", 3600.0)
    work = in_order(lambda _: threading.current_thread(), range(500))
    assert set(work) == {threading.current_thread()}


def test_it_goes_back_and_forth(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a while with readers the rest is tried in place again, and nothing is
    lost or done twice.
    """
    monkeypatch.setattr(_readers, "_A_WHILE", 4)
    assert list(in_order(_slowly, range(30))) == [n * n for n in range(30)]


def test_what_goes_wrong_reaches_the_one_who_asked() -> None:
    """An error in a reader is raised where its answer would have stood."""

    def work(number: int) -> int:
        if number == 20:
            raise KeyboardInterrupt
        return _slowly(number)

    answers = in_order(work, range(40))
    assert [next(answers) for _ in range(20)] == [n * n for n in range(20)]
    with pytest.raises(KeyboardInterrupt):
        next(answers)


def test_readers_end_when_nobody_asks_any_more() -> None:
    """Leaving in the middle ends the readers."""
    before = set(threading.enumerate())
    answers = in_order(_slowly, range(10_000))
    assert [next(answers) for _ in range(8)] == [n * n for n in range(8)]
    readers = set(threading.enumerate()) - before
    assert len(readers) == _readers.READERS
    assert isinstance(answers, Generator)
    answers.close()
    for each in readers:
        each.join(timeout=10)
    assert not any(each.is_alive() for each in readers)
