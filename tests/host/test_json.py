"""JSON documents, plain and compressed, small and hostile."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import cramjam
import ijson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.contract import CannotLook, Platform, Why
from hygiene.host import _unpacked, json_documents
from hygiene.host.home import DiskHome
from tests.host.endings import ends_well
from tests.host.memory import MemoryFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LIMIT = 64 << 20
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda below: st.lists(below) | st.dictionaries(st.text(), below),
)


def read(data: bytes, *drop: str, limit: int = LIMIT) -> Any:
    return json_documents.document(MemoryFile(data), drop, limit)


def listed(data: bytes, prefix: str) -> list[Any]:
    return list(json_documents.items(MemoryFile(data), prefix))


def packed(text: bytes, size: int | None = None) -> bytes:
    """Mozilla's form of `text`; `size` is a size it claims instead of its own."""
    claimed = len(text) if size is None else size
    block = bytes(cramjam.lz4.compress_block(text, store_size=False))
    return b"mozLz40\0" + claimed.to_bytes(4, "little") + block


def why(data: bytes, limit: int = LIMIT) -> Why:
    with pytest.raises(CannotLook) as refused:
        read(data, limit=limit)
    return refused.value.why


@given(VALUES, st.booleans())
def test_any_document_comes_back(value: Any, ascii_only: bool) -> None:
    """What a program wrote is what is read, plain and compressed."""
    text = json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "replace")
    expected = json.loads(text)
    assert read(text) == expected
    assert read(b"\xef\xbb\xbf" + text) == expected
    assert read(packed(text)) == expected


@given(VALUES)
def test_where_pieces_end_does_not_matter(value: Any) -> None:
    """A document cut at every third byte is the same document."""
    text = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_unpacked, "_PIECE", 3)
        assert read(text) == json.loads(text)


@given(st.binary() | st.binary().map(lambda data: b"mozLz40\0" + data))
def test_any_bytes_are_a_value_or_refused(data: bytes) -> None:
    """No bytes make anything but a value or a refusal."""
    assert ends_well(lambda: read(data))
    assert ends_well(lambda: listed(data, "item"))


@given(VALUES, st.data())
def test_damaged_documents_are_a_value_or_refused(
    value: Any, data: st.DataObject
) -> None:
    """A compressed document with one byte changed ends no other way."""
    whole = bytearray(packed(json.dumps(value).encode()))
    place = data.draw(st.integers(8, len(whole) - 1))
    whole[place] = data.draw(st.integers(0, 255))
    assert ends_well(lambda: read(bytes(whole)))


DAMAGED = {
    "nothing": b"",
    "half": b'{"a": 1',
    "two": b"{} {}",
    "words": b"hello",
    "single quotes": b"{'a': 1}",
    "a number of 5,000 digits": b"9" * 5000,
    "an exponent without end": b"1e99999999999999999999",
    "a magic alone": b"mozLz40\0",
    "a size and no block": b"mozLz40\0\x05\0\0\0",
    "a block that is none": b"mozLz40\0\x05\0\0\0\xff\xff\xff\xff",
    "more claimed than a block can hold": packed(b"[1]", size=1 << 20),
    "100,000 deep": b"[" * 100_000 + b"]" * 100_000,
    "100,000 deep by names": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "deep and without end": b"[" * 1_000_000,
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_what_is_damaged(data: bytes) -> None:
    """Documents that are broken, or built to break a reader, are refused."""
    assert why(data) is Why.DAMAGED
    with pytest.raises(CannotLook):
        listed(data, "item.nothing.here")


def test_as_deep_as_is_read() -> None:
    """A depth that no program reaches by itself is the limit."""
    assert read(b"[" * 200 + b"]" * 200)
    assert why(b"[" * 201 + b"]" * 201) is Why.DAMAGED


@pytest.mark.parametrize(
    ("data", "limit"),
    [
        (b'"' + b"x" * 99 + b'"', 100),
        (packed(b'"' + b"x" * 99 + b'"'), 100),
        (packed(b"1", size=0xFFFFFFFF), 1 << 40),
    ],
    ids=["plain", "compressed", "claimed"],
)
def test_what_is_too_large(data: bytes, limit: int) -> None:
    """Size is held against the limit before anything is unpacked."""
    assert why(data, limit) is Why.TOO_LARGE


def test_a_document_of_too_many_values(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file of very many values is refused before memory is gone."""
    monkeypatch.setattr(json_documents, "_MOST_VALUES", 1000)
    assert why(b"[" + b"[]," * 1000 + b"[]]") is Why.TOO_LARGE
    assert len(listed(b"[" + b"[]," * 1000 + b"[]]", "item")) == 1001


def test_one_item_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """One item, or one string, that never ends is refused before memory is gone."""
    monkeypatch.setattr(json_documents, "_LONGEST_WITHOUT_A_VALUE", 1 << 18)
    with pytest.raises(CannotLook) as refused:
        listed(b'["' + b"x" * (1 << 20), "item")
    assert refused.value.why is Why.TOO_LARGE


class _Fed(NamedTuple):
    """A parser, and the length of each piece that it was given."""

    send_on: Callable[[bytes], object]
    lengths: list[int]

    def send(self, piece: bytes) -> object:
        """Note it, and hand it on."""
        self.lengths.append(len(piece))
        return self.send_on(piece)


def test_a_long_string_is_not_begun_anew_at_every_piece(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Pieces grow while it lasts, and are short again behind it."""
    lengths: list[int] = []
    real = ijson.basic_parse_coro

    def noted(events: object) -> _Fed:
        return _Fed(real(events).send, lengths)

    monkeypatch.setattr(ijson, "basic_parse_coro", noted)
    monkeypatch.setattr(_unpacked, "_PIECE", 1 << 10)
    monkeypatch.setattr(json_documents, "_LONGEST_PIECE", 1 << 16)
    value = ["\u00e9" * 100_000, *range(30_000)]
    assert read(json.dumps(value).encode()) == value
    longest = lengths.index(max(lengths))
    assert lengths[1 : longest + 1] == [1 << power for power in range(10, 17)]
    assert lengths[-3] == 1 << 10


LENIENT = {
    "the last of two names counts": (b'{"a": 1, "a": 2}', {"a": 2}),
    "bytes that are no text": (b'["\xff\xfe"]', ["\ufffd\ufffd"]),
    "half a character": (rb'["\ud800x"]', ["?x"]),
    "large numbers": (
        b"[123456789012345678901234567890]",
        [123456789012345678901234567890],
    ),
    "numbers past all bounds": (b"[1e400]", [float("inf")]),
    "a byte order mark": (b"\xef\xbb\xbf{}", {}),
    "white space": (b" \n[1]\r\n", [1]),
}


@pytest.mark.parametrize(("data", "value"), LENIENT.values(), ids=LENIENT)
def test_what_is_read_all_the_same(data: bytes, value: Any) -> None:
    """Oddities that real files have do not cost the whole document."""
    assert read(data) == value


def test_dropped_members_are_gone_at_every_depth() -> None:
    """A member that is dropped goes with all that is in it, and nothing else does."""
    document = {
        "keep": 1,
        "secret": {"keep": [1, {"secret": 2}]},
        "list": [{"secret": "x", "keep": 2}, {"also": None, "secret": []}],
        "also": "y",
        "word": "secret",
    }
    assert read(json.dumps(document).encode(), "secret", "also") == {
        "keep": 1,
        "list": [{"keep": 2}, {}],
        "word": "secret",
    }


ITEMS = {
    "windows.item.tabs.item": [1, {"a": [2]}, 3],
    "windows.item": [{"tabs": [1, {"a": [2]}]}, {"tabs": [3]}, {"other": 4}],
    "windows.item.tabs.item.a": [[2]],
    "windows.item.other": [4],
    "windows.item.tabs.item.a.item": [2],
    "version": ["v"],
    "nothing": [],
    "windows.tabs": [],
}


@pytest.mark.parametrize(("prefix", "values"), ITEMS.items(), ids=ITEMS)
@pytest.mark.parametrize("form", [bytes, packed], ids=["plain", "compressed"])
def test_items_at_a_prefix(prefix: str, values: list[Any], form: Any) -> None:
    """Items come one at a time from wherever the prefix points."""
    document = {
        "windows": [{"tabs": [1, {"a": [2]}]}, {"tabs": [3]}, {"other": 4}],
        "version": "v",
    }
    assert listed(form(json.dumps(document).encode()), prefix) == values


def test_the_whole_document_as_one_item() -> None:
    """The empty prefix is the document."""
    assert listed(b"[1, 2]", "") == [[1, 2]]


def test_on_disk_and_watched(tmp_path: Path) -> None:
    """A large document is read in pieces, and whoever watches may end it."""
    (tmp_path / "large.json").write_bytes(b"[" + b"1," * 500_000 + b"1]")
    home = DiskHome(tmp_path, Platform.LINUX)
    ticks = []
    watched = home.watched(lambda: ticks.append(1))
    assert sum(1 for _ in watched.json_items("large.json", "item")) == 500_001
    assert len(ticks) > 15

    class Enough(Exception):
        pass

    def end() -> None:
        if len(ticks) > 10:
            raise Enough
        ticks.append(1)

    ticks.clear()
    with pytest.raises(Enough):
        list(home.watched(end).json_items("large.json", "item"))
