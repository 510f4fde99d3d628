"""The registry of a windows home, out of its hive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from regipy import registry
from regipy.utils import calculate_xor32_checksum

from hygiene.contract import CannotLook, Platform, Why
from hygiene.host.home import DiskHome
from hygiene.host.registry import hive_key
from hygiene.practice.hive import write_hive
from tests.host.endings import ends_well

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KEYS: dict[str, dict[str, str | int | bytes | tuple[str, ...]]] = {
    r"Software\Microsoft\Internet Explorer\TypedURLs": {
        "url1": "https://one.example/",
        "url2": "https://zwei.example/ü",
    },
    r"Software\Microsoft\Internet Explorer\IntelliForms\Storage2": {},
    r"Software\Microsoft\Internet Explorer": {
        "": "its own value",
        "AutoSuggest": "yes",
        "number": 7,
        "large": 1 << 40,
        "bytes": b"\0\1\2\3\4\5",
        "few": b"\1\2",
        "list": ("one", "two"),
        "Ärger": "a name of its own",
    },
    r"Control Panel\Desktop": {},
}


def nothing() -> None:
    """Nobody watches."""


@pytest.fixture
def home(tmp_path: Path) -> DiskHome:
    write_hive(tmp_path / "ntuser.dat", KEYS)
    return DiskHome(tmp_path, Platform.WINDOWS)


@pytest.mark.parametrize("path", KEYS)
@pytest.mark.parametrize("spelled", [str, str.upper, str.lower])
def test_keys_by_any_spelling(
    home: DiskHome, path: str, spelled: Callable[[str], str]
) -> None:
    """Every key is found without regard to case, its values as they were written."""
    key = home.registry(spelled(path))
    assert key is not None
    assert key.values == KEYS[path]


def test_subkeys(home: DiskHome) -> None:
    """The names of the keys below come as they are stored; the top is the empty path."""
    key = home.registry(r"software\microsoft\internet explorer")
    assert key is not None
    assert list(key.subkeys) == ["IntelliForms", "TypedURLs"]
    top = home.registry("")
    assert top is not None
    assert list(top.subkeys) == ["Control Panel", "Software"]
    assert top.values == {}


@pytest.mark.parametrize("path", ["Nope", r"Software\Nope", r"Control Panel\Desktop\x"])
def test_no_such_key(home: DiskHome, path: str) -> None:
    """A key that is not there is None."""
    assert home.registry(path) is None


def test_no_hive(tmp_path: Path) -> None:
    """A windows home without a hive has no registry, other homes never."""
    assert DiskHome(tmp_path, Platform.WINDOWS).registry("Software") is None
    write_hive(tmp_path / "NTUSER.DAT", KEYS)
    assert DiskHome(tmp_path, Platform.LINUX).registry("Software") is None
    assert DiskHome(tmp_path, Platform.MACOS).registry("Software") is None


def test_many_subkeys(tmp_path: Path) -> None:
    """A key with thousands of keys below is read whole."""
    write_hive(
        tmp_path / "NTUSER.DAT", {f"Many\\{n:05}": {"n": n} for n in range(3000)}
    )
    home = DiskHome(tmp_path, Platform.WINDOWS)
    many = home.registry("Many")
    assert many is not None
    assert len(many.subkeys) == 3000
    last = home.registry(r"Many\02999")
    assert last is not None
    assert last.values == {"n": 2999}


def test_the_builder_writes_what_others_read(tmp_path: Path) -> None:
    """Another reader of hives finds the same keys, and the checksum is right."""
    path = tmp_path / "NTUSER.DAT"
    write_hive(path, KEYS)
    opened: Any = registry
    hive = opened.RegistryHive(str(path))
    assert hive.name == "NTUSER.DAT"
    assert {key.path for key in hive.recurse_subkeys()} >= {
        f"\\{each}" for each in KEYS
    }
    block = path.read_bytes()[:508]
    assert hive.header.checksum == calculate_xor32_checksum(block)


def test_the_builder_refuses_what_it_cannot_write(tmp_path: Path) -> None:
    """Data that would need several cells is refused."""
    with pytest.raises(ValueError, match="long"):
        write_hive(tmp_path / "NTUSER.DAT", {"Software": {"long": bytes(16_345)}})


def test_a_foreign_file(tmp_path: Path) -> None:
    """A file that is no hive has a format that is not known."""
    (tmp_path / "NTUSER.DAT").write_bytes(b"not a hive at all")
    with pytest.raises(CannotLook) as refused:
        DiskHome(tmp_path, Platform.WINDOWS).registry("Software")
    assert refused.value.why is Why.UNKNOWN_FORMAT


@pytest.fixture(scope="module")
def hive(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("hive") / "NTUSER.DAT"
    write_hive(path, KEYS)
    return path.read_bytes()


@pytest.mark.parametrize("size", [4, 40, 512, 4096, 4100, 4200])
def test_half_a_hive(hive: bytes, size: int) -> None:
    """A hive that ends too early is damaged."""
    with pytest.raises(CannotLook) as refused:
        hive_key(hive[:size], r"Software\Microsoft", nothing)
    assert refused.value.why is Why.DAMAGED


def test_a_key_that_holds_itself(hive: bytes) -> None:
    """A key whose list of keys leads back to itself is gone down as far as was asked."""
    home = bytearray(hive)
    leaf = home.index(b"lf\x02\0")
    home[leaf + 4 : leaf + 8] = home[leaf + 12 : leaf + 16] = home[36:40]
    key = hive_key(bytes(home), "ROOT\\" * 500, nothing)
    assert key is None or "ROOT" in key.subkeys


@settings(deadline=None)
@given(st.data())
def test_any_bytes_are_a_key_or_refused(hive: bytes, data: st.DataObject) -> None:
    """A hive with some bytes changed gives a key, none, or is refused."""
    whole = bytearray(hive)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(hive) - 1))
        whole[place] = data.draw(st.sampled_from([0, 1, 0x7F, 0x80, 0xFF]))
    path = r"Software\Microsoft\Internet Explorer"
    assert ends_well(lambda: hive_key(bytes(whole), path, nothing))


def test_whoever_watches_may_end_it(hive: bytes) -> None:
    """What the watcher raises comes through as it is."""

    class Enough(ValueError):
        pass

    def end() -> None:
        raise Enough

    with pytest.raises(Enough):
        hive_key(hive, "Software", end)
