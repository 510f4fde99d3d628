"""Property lists, whole and hostile."""

from __future__ import annotations

import datetime as dt
import plistlib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.contract import CannotLook, Platform, Why
from hygiene.host import plists
from hygiene.host.home import DiskHome
from tests.host.endings import ends_well

if TYPE_CHECKING:
    from pathlib import Path

VALUE = {
    "list": [1, "two", b"three", 4.5, True],
    "time": dt.datetime(2026, 1, 2, 3, 4, 5),  # noqa: DTZ001 - as plistlib has it
}


@pytest.mark.parametrize("form", [plistlib.FMT_XML, plistlib.FMT_BINARY])
def test_both_forms_are_read(tmp_path: Path, form: plistlib.PlistFormat) -> None:
    """XML and binary lists give the same value."""
    (tmp_path / "list.plist").write_bytes(plistlib.dumps(VALUE, fmt=form))
    assert DiskHome(tmp_path, Platform.MACOS).plist("list.plist") == VALUE


def test_the_limit(tmp_path: Path) -> None:
    """A list over 16 MiB is too large."""
    with (tmp_path / "list.plist").open("wb") as file:
        file.truncate((16 << 20) + 1)
    with pytest.raises(CannotLook) as refused:
        DiskHome(tmp_path, Platform.MACOS).plist("list.plist")
    assert refused.value.why is Why.TOO_LARGE


def binary(objects: list[bytes], count: int | None = None) -> bytes:
    """A binary list of raw objects, the first of them on top."""
    data, offsets = b"bplist00", b""
    for each in objects:
        offsets += len(data).to_bytes(4, "big")
        data += each
    numbers = (len(objects) if count is None else count, 0, len(data))
    tail = b"".join(number.to_bytes(8, "big") for number in numbers)
    return data + offsets + bytes(6) + b"\x04\x01" + tail


def test_a_list_that_holds_itself() -> None:
    """It is answered as what it is, without going round."""
    value = plists.parsed(binary([b"\xa2\x00\x01", b"\x10\x07"]))
    assert isinstance(value, list)
    assert value[0] is value
    assert value[1] == 7


DAMAGED = {
    "nothing": b"",
    "text": b"hello",
    "half a list": plistlib.dumps(VALUE)[:-20],
    "half a binary list": plistlib.dumps(VALUE, fmt=plistlib.FMT_BINARY)[:-5],
    "more objects than bytes": binary([b"\x10\x07"], count=1 << 40),
    "a string of a terabyte": binary([b"\x5f\x13" + (1 << 40).to_bytes(8, "big")]),
    "a list of a terabyte": binary([b"\xaf\x13" + (1 << 40).to_bytes(8, "big")]),
    "entities": b"""<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "b">]>
        <plist><string>&a;</string></plist>""",
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_what_is_damaged(data: bytes) -> None:
    """Whatever is wrong with a list, the answer is that it is damaged."""
    with pytest.raises(CannotLook) as refused:
        plists.parsed(data)
    assert refused.value.why is Why.DAMAGED


def test_a_list_100_000_deep() -> None:
    """Depth ends no other way than in a value or a refusal."""
    depth = 100_000
    chain = [b"\xa1" + (number + 1).to_bytes(4, "big") for number in range(depth)]
    data = binary([*chain, b"\x10\x07"])
    deep = data[:-26] + data[-26:-25] + b"\x04" + data[-24:]
    with pytest.raises(CannotLook) as refused:
        plists.parsed(deep)
    assert refused.value.why is Why.DAMAGED


@given(
    st.recursive(
        st.booleans()
        | st.integers(-1, 1 << 63)
        | st.text(st.characters(codec="ascii")),
        lambda below: st.lists(below) | st.dictionaries(st.text("ab"), below),
    ),
    st.data(),
)
def test_any_bytes_are_a_value_or_refused(value: Any, data: st.DataObject) -> None:
    """A binary list with some bytes changed gives a value or is refused."""
    whole = bytearray(plistlib.dumps(value, fmt=plistlib.FMT_BINARY))
    for _ in range(data.draw(st.integers(0, 4))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place] = data.draw(st.integers(0, 255))
    assert ends_well(lambda: plists.parsed(bytes(whole)))
