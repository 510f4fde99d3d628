"""Edits of JSON texts: what goes is gone, and every other byte is as it was."""

from __future__ import annotations

import json
import tracemalloc
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygiene.contract import CannotLook, Json, Why
from hygiene.contract.clearing import JsonPath
from hygiene.host import json_documents, json_edits, mozlz4
from hygiene.host.json_edits import CannotEdit, edited, edited_document
from tests.host.endings import ends_well
from tests.host.memory import MemoryFile

Put: TypeAlias = tuple[tuple[JsonPath, Json], ...]

EXAMPLES: dict[str, tuple[str, tuple[JsonPath, ...], Put, str]] = {
    "the first": ("[1, 2,3]", ((0,),), (), "[2,3]"),
    "one in between": ("[1, 2 ,3]", ((1,),), (), "[1, 3]"),
    "the last": ("[1, 2 , 3 ]", ((2,),), (), "[1, 2 ]"),
    "neighbours": ("[1, 2, 3, 4]", ((1,), (2,)), (), "[1, 4]"),
    "the last two": ("[1, 2, 3, 4]", ((2,), (3,)), (), "[1, 2]"),
    "the first two": ("[1, 2, 3, 4]", ((0,), (1,)), (), "[3, 4]"),
    "first and last": ("[1, 2, 3]", ((0,), (2,)), (), "[2]"),
    "all": ("[ 1, 2 ]", ((0,), (1,)), (), "[  ]"),
    "the only member": ('{"a": {"b": 1}}', (("a", "b"),), (), '{"a": {}}'),
    "a line of many": (
        '{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}\n',
        (("b",),),
        (),
        '{\n  "a": 1,\n  "c": 3\n}\n',
    ),
    "the last line": ('{\n  "a": 1,\n  "b": 2\n}', (("b",),), (), '{\n  "a": 1\n}'),
    "one in the other": ("[[1, 2], 3]", ((0,), (0, 1)), (), "[3]"),
    "twice the same": ("[1, 2]", ((0,), (0,)), (), "[2]"),
    "at several depths": (
        '[{"a": [1, 2]}, 3]',
        ((1,), (0, "a", 0)),
        (),
        '[{"a": [2]}]',
    ),
    "a value set": (
        '{"a" : 1.50 , "b":2}',
        (),
        ((("a",), "é"),),
        '{"a" : "é" , "b":2}',
    ),
    "a whole list set": ("[ [1, 2] ]", (), (((0,), []),), "[ [] ]"),
    "the document set": (" [1] \n", (), (((), {"a": None}),), ' {"a":null} \n'),
    "set and taken out": ("[1, 2, 3]", ((0,),), (((2,), True),), "[2, true]"),
    "set in what goes": ("[[1], 2]", ((0,),), (((0, 0), 5),), "[2]"),
    "set twice the same": ("[1]", (), (((0,), 2), ((0,), 2)), "[2]"),
    "a name twice": ('{"a": 1, "b": 2, "a": 3}', (("a",),), (), '{"b": 2}'),
    "a name twice, deeper": (
        '{"a": {"b": 1}, "a": {"b": 2, "c": 3}}',
        (("a", "b"),),
        (),
        '{"a": {}, "a": {"c": 3}}',
    ),
    "a name twice, set": ('{"a": 1, "a": 2}', (), ((("a",), 3),), '{"a": 3, "a": 3}'),
    "names in escapes": (r'{"\u0061\/b": 1, "x": 2}', (("a/b",),), (), '{"x": 2}'),
    "an empty name": ('{"": 1, "a": 2}', (("",),), (), '{"a": 2}'),
    "half a character": (r'{"\ud800": 1, "a": 2}', (("?",),), (), '{"a": 2}'),
    "half a character set": ("[1]", (), (((0,), "\ud83d"),), '["\\ud83d"]'),
    "brackets in strings": (
        '[{"a": "]}\\"{["}, "\\\\", 3]',
        ((1,),),
        (),
        '[{"a": "]}\\"{["}, 3]',
    ),
    "spellings": ("[1.0, 1E+2, -0, 7]", ((3,),), (), "[1.0, 1E+2, -0]"),
    "a byte order mark": ("\ufeff[1, 2]", ((0,),), (), "\ufeff[2]"),
    "nothing to do": ("[ 1 ,2 ]", (), (), "[ 1 ,2 ]"),
    "a number alone": (" 7 ", (), (((), 8),), " 8 "),
}


@pytest.mark.parametrize(
    ("text", "remove", "put", "after"), EXAMPLES.values(), ids=EXAMPLES
)
def test_examples(
    text: str, remove: tuple[JsonPath, ...], put: Put, after: str
) -> None:
    """What stands at a path goes with one comma, what is set is set, the rest stays."""
    assert edited(text.encode(), remove, put).decode() == after


MISSING: dict[str, tuple[str, JsonPath]] = {
    "a name": ('{"a": 1}', ("b",)),
    "a place": ("[1, 2]", (2,)),
    "a place from the end": ("[1, 2]", (-1,)),
    "a place in an object": ('{"0": 1}', (0,)),
    "a name in a list": ("[1]", ("0",)),
    "below a number": ('{"a": 1}', ("a", "b")),
    "below a string": ('["abc"]', (0, 0)),
    "in nothing": ("[]", (0,)),
    "only in a name that no longer counts": ('{"a": {"b": 1}, "a": 2}', ("a", "b")),
    "below what goes": ('{"a": {}}', ("a", "b")),
}


@pytest.mark.parametrize(("text", "path"), MISSING.values(), ids=MISSING)
def test_paths_that_lead_to_nothing(text: str, path: JsonPath) -> None:
    """A path that is not there is an error, taken out or set, and nothing is edited."""
    with pytest.raises(CannotEdit, match="nothing"):
        edited(text.encode(), [path], [])
    with pytest.raises(CannotEdit, match="nothing"):
        edited(text.encode(), [], [(path, 1)])
    with pytest.raises(CannotEdit, match="nothing"):
        edited(text.encode(), [path, path[:1]] if len(path) > 1 else [path], [])


CONTRADICTIONS: dict[str, tuple[tuple[JsonPath, ...], Put]] = {
    "two values": ((), ((("a",), 1), (("a",), 2))),
    "set and taken out": ((("a",),), ((("a",), 1),)),
    "set and changed within": ((("a", "b"),), ((("a",), 1),)),
    "set and set within": ((), ((("a",), 1), (("a", "b"), 1))),
    "the whole document taken out": (((),), ()),
}


@pytest.mark.parametrize(("remove", "put"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_edits_that_contradict(remove: tuple[JsonPath, ...], put: Put) -> None:
    """Two edits that cannot both be done are an error."""
    with pytest.raises(CannotEdit):
        edited(b'{"a": {"b": 1}}', remove, put)


DAMAGED = {
    "nothing": b"",
    "spaces": b"  ",
    "half a list": b"[1, 2",
    "half an object": b'{"a": 1',
    "half a name": b'{"a',
    "half a string": b'["a", "b',
    "a string that ends in an escape": b'["a\\',
    "no colon": b'{"a" 1}',
    "no comma": b"[1 2]",
    "a comma too many": b"[1, 2,]",
    "a comma first": b"[,1]",
    "no value": b'{"a": }',
    "a name that is none": b"{1: 2}",
    "a bad escape in a name": b'{"\\x": 1}',
    "two documents": b"[1] [2]",
    "the wrong bracket": b"[1}",
    "the wrong bracket within": b"[1, [2, {3]]]",
    "half a value that is passed over": b"[1, [2, [3",
    "a string in it that does not end": b'[1, [2, "x',
}


@pytest.mark.parametrize("text", DAMAGED.values(), ids=DAMAGED)
def test_texts_that_are_damaged(text: bytes) -> None:
    """What is not JSON is refused as damaged."""
    with pytest.raises(CannotLook) as refused:
        edited(text, [(0,), ("a",)], [])
    assert refused.value.why is Why.DAMAGED


def test_what_is_not_on_a_path_is_not_read() -> None:
    """Bytes that are no text, and escapes that are none, stay where no path leads."""
    text = b'{"a": "\xff\xfe\\q", "b": [1, {"\xff": "\x01"}], "c": 3}'
    assert edited(text, [("c",)], []) == text.replace(b', "c": 3', b"")


@pytest.mark.parametrize("way", [b"[", b'{"a":'])
def test_as_deep_as_you_like(way: bytes) -> None:
    """A document of 200,000 levels is edited, beside a path and along it."""
    depth = 200_000
    text = way * depth + b"0" + (b"]" if way == b"[" else b"}") * depth
    assert edited(b"[" + text + b", 1]", [(1,)], []) == b"[" + text + b"]"
    step: str | int = 0 if way == b"[" else "a"
    assert edited(text, [], [((step,) * depth, 7)]) == text.replace(b"0", b"7")


def test_long_runs_take_little_memory() -> None:
    """Megabytes of one string, of escapes, of spaces and of short strings."""
    parts = [b'"' + b"\\n" * (1 << 20) + b'"', b'"' + b"x" * (1 << 21) + b'"']
    parts += [b" " * (1 << 20) + b"1", b"[" + b'"a",' * (1 << 18) + b'"a"]']
    text = b"[" + b",".join(parts) + b",2]"
    tracemalloc.start()
    after = edited(text, [(4,)], [])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert after == text[: -len(b",2]")] + b"]"
    assert peak < len(text) + (24 << 20)


@dataclass
class Value:
    """A value as it is written: `gaps` stand before, between and behind `parts`."""

    text: str = ""
    kind: str = ""
    gaps: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    parts: tuple[Value, ...] = ()

    def steps(self) -> list[str | int]:
        """What each part is called in a path."""
        return [json.loads(name) for name in self.names] or [*range(len(self.parts))]

    def written(self, edits: dict[Any, Any]) -> str:
        """Its text after `edits`: by step, `GONE`, a text of a new value, or the edits
        of that part.
        """
        if not self.kind:
            return self.text
        steps = self.steps()
        whole, gap = "", self.gaps[0]
        kept = [i for i, step in enumerate(steps) if edits.get(step) != "gone"]
        for number in kept:
            change = edits.get(steps[number], {})
            part = self.parts[number]
            text = change if isinstance(change, str) else part.written(change)
            name = f"{self.names[number]} : " if self.names else ""
            whole += gap + name + text
            gap = self.gaps[number + 1]
        if self.parts:
            # What goes at the end takes the gap before it; that at the end stays.
            gap = self.gaps[-1] if kept else self.gaps[0] + self.gaps[-1]
        return self.kind[0] + whole + gap + self.kind[1]


NEW: st.SearchStrategy[Json] = st.sampled_from(["é", 1, None, [], {"a": [1]}])
SPACES = st.text(" \n\t", max_size=2)


@st.composite
def values(draw: st.DrawFn, depth: int = 3) -> Value:
    """Any value, spelled in any way, names that stand twice included."""
    kind = draw(st.sampled_from(["", "[]", "{}"])) if depth else ""
    if not kind:
        spelled = st.sampled_from(
            ["1", "-0", "1.50", "1E2", "true", "null", r'"\u0041"']
        )
        strings = st.text(r'ab"\[]{},:é', max_size=4)
        return Value(draw(spelled | st.builds(json.dumps, strings)))
    parts = draw(st.lists(values(depth - 1), max_size=4))
    names: list[str] = []
    if kind == "{}":
        for _ in parts:
            name = draw(st.sampled_from(["a", "b", "é", '"', ""]))
            names.append(json.dumps(name, ensure_ascii=draw(st.booleans())))
    middle = [f"{draw(SPACES)},{draw(SPACES)}" for _ in parts[1:]]
    gaps = (draw(SPACES), *middle, *([draw(SPACES)] if parts else []))
    return Value("", kind, gaps, tuple(names), tuple(parts))


def paths_in(value: Json, above: JsonPath = ()) -> list[JsonPath]:
    """All paths of a document but the top."""
    if isinstance(value, dict):
        steps: list[tuple[str | int, Json]] = [*value.items()]
    else:
        steps = [*enumerate(value)] if isinstance(value, list) else []
    found = []
    for step, below in steps:
        found += [(*above, step), *paths_in(below, (*above, step))]
    return found


def changed(document: Any, remove: set[JsonPath], put: dict[JsonPath, Json]) -> Any:
    """The parsed document after the edits."""
    document = deepcopy(document)

    def holder(path: JsonPath) -> Any:
        found = document
        for step in path[:-1]:
            found = found[step]
        return found

    for path, value in put.items():
        holder(path)[path[-1]] = value
    # Last places first, so that the paths stay those of the whole document.
    for path in sorted(remove, key=lambda path: [str(s).zfill(9) for s in path])[::-1]:
        del holder(path)[path[-1]]
    return document


def edits_of(remove: set[JsonPath], put: dict[JsonPath, Json]) -> dict[Any, Any]:
    """The same edits step by step."""
    edits: dict[Any, Any] = {}
    changes = [*((path, "gone") for path in remove)]
    changes += [
        (path, json.dumps(value, separators=(",", ":"), ensure_ascii=False))
        for path, value in put.items()
    ]
    for path, change in sorted(changes, key=lambda each: len(each[0])):
        at = edits
        for step in path[:-1]:
            at = at.setdefault(step, {})
            if isinstance(at, str):
                break
        else:
            at[path[-1]] = change
    return edits


@settings(max_examples=400, deadline=None)
@given(value=values(), data=st.data(), piece=st.sampled_from([2, 5, 1 << 16]))
def test_any_edits(value: Value, data: st.DataObject, piece: int) -> None:
    """Any edits give what parsing, editing and parsing again give, and the text is that
    of the parts that stay, byte for byte, wherever pieces end.
    """
    text = value.written({})
    document = json.loads(text)
    paths = paths_in(document)
    some = st.lists(st.sampled_from(paths), max_size=5) if paths else st.just([])
    remove = set(data.draw(some))
    put: dict[JsonPath, Json] = {}
    for path in data.draw(some):
        others = [*remove, *put]
        under = any(each[: len(path)] == path for each in others)
        over = any(path[: len(each)] == each for each in put)
        if not under and not over:
            put[path] = data.draw(NEW)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_edits, "_AT_ONCE", piece)
        after = edited(text.encode(), [*remove], [*put.items()]).decode()
    assert after == value.written(edits_of(remove, put))
    assert json.loads(after) == changed(document, remove, put)


@given(st.binary(max_size=60) | st.text('[]{}",: \\a1', max_size=30).map(str.encode))
def test_any_bytes_end_well(text: bytes) -> None:
    """Any bytes are edited or refused."""

    def ask() -> None:
        try:
            edited(text, [(0,), ("a",)], [])
        except CannotEdit:
            json_edits.edited(text, [], [])

    assert ends_well(ask)


@given(st.text(), st.booleans())
def test_a_whole_file(words: str, packed: bool) -> None:
    """A file keeps its form, and is read as the edited document."""
    text = json.dumps({"keep": words, "go": [words], "set": 1}).encode()
    data = mozlz4.packed(text) if packed else text
    after = edited_document(data, [("go",)], [(("set",), words)])
    assert mozlz4.is_packed(after) is packed
    found = json_documents.document(MemoryFile(after), (), 1 << 20)
    spoken = words.encode("utf-8", "replace").decode()
    assert found == {"keep": spoken, "set": spoken}
    if packed:
        assert mozlz4.unpacked(data) == text


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"mozLz40\0", Why.DAMAGED),
        (b"mozLz40\0\x05\0\0\0\xff\xff", Why.DAMAGED),
        (b"mozLz40\0\xff\xff\xff\xff" + bytes(99), Why.TOO_LARGE),
        (mozlz4.packed(b'{"a": 1}')[:-2], Why.DAMAGED),
        (mozlz4.packed(b'{"a": 1}').replace(b"\x08\0\0\0", b"\x09\0\0\0"), Why.DAMAGED),
        (mozlz4.packed(b'{"a": 1}').replace(b"\x08\0\0\0", b"\x07\0\0\0"), Why.DAMAGED),
    ],
)
def test_compressed_files_that_are_damaged(data: bytes, why: Why) -> None:
    """A compressed file that does not hold what it says is refused."""
    with pytest.raises(CannotLook) as refused:
        edited_document(data, [("a",)], [])
    assert refused.value.why is why
