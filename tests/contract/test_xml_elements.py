"""Elements of a settings file, and that no file is trusted."""

from __future__ import annotations

import tracemalloc
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.contract import CannotLook, Why
from hygiene.contract.xml_elements import each_element

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hygiene.contract.xml_elements import Step


@dataclass
class File:
    """A file in memory."""

    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)

    def read_at(self, offset: int, length: int) -> bytes:
        return self.data[offset : offset + length]


def seen_in(data: bytes, *texts: str) -> list[tuple[str, str]]:
    """The way to each element, and its text."""
    found = []

    def seen(steps: Sequence[Step], text: str) -> None:
        found.append(("/".join(name for name, _ in steps), text))

    each_element(File(data), seen, texts=texts)
    return found


def test_elements_come_at_their_end_with_the_texts_asked_for() -> None:
    """The text of an element beside the wanted one stays unread."""
    data = b"<!DOCTYPE a><a x='1'><log> true </log><password>hunter2</password></a>"
    assert seen_in(data, "log") == [
        ("a/log", " true "),
        ("a/password", ""),
        ("a", ""),
    ]
    assert all(not text for _, text in seen_in(data))


@pytest.mark.rule("SR-18")
@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", Why.DAMAGED),
        (b"<a>", Why.DAMAGED),
        (b"<?xml version='1.0' encoding='nope'?><a/>", Why.DAMAGED),
        (b"<?xml version='1.0' encoding='utf-7'?><a/>", Why.DAMAGED),
        (b"<a>" * 100, Why.UNKNOWN_FORMAT),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", Why.UNKNOWN_FORMAT),
        (b"<a>" + b" " * (4 << 20) + b"</a>", Why.TOO_LARGE),
    ],
    ids=["empty", "cut", "encoding", "no encoding", "deep", "entities", "large"],
)
def test_what_cannot_be_read_says_why(data: bytes, why: Why) -> None:
    """One reason each."""
    with pytest.raises(CannotLook) as refusal:
        seen_in(data)
    assert refusal.value.why is why


def test_a_long_text_takes_no_memory() -> None:
    """A wanted text is kept up to a limit."""
    data = b"<a><log>" + b"x" * (3 << 20) + b"</log></a>"
    tracemalloc.start()
    (_, text), _ = seen_in(data, "log")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(text) < 1000
    assert peak < 1 << 20


@given(st.binary(max_size=200))
def test_any_bytes_have_an_answer(data: bytes) -> None:
    """Elements, or a reason."""
    try:
        seen_in(b"<a>" + data)
    except CannotLook as refusal:
        assert refusal.why in {Why.DAMAGED, Why.UNKNOWN_FORMAT}  # noqa: PT017
