"""Which texts name a site: by the parsed host, in rows, messages and raw bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.contract import Platform, Site
from hygiene.host.home import DiskHome
from hygiene.practice.chromium_traces import text_field
from hygiene_checks.browser.forgetting._bytes import mentioned_in, mentions
from hygiene_checks.browser.forgetting._naming import Naming, NamingVisited
from hygiene_checks.browser.forgetting._protobuf import texts_in

SITE = "forget.example"
WHOLE = Naming(Site(SITE, below=True))
EXACT = Naming(Site(SITE))


@pytest.mark.parametrize(
    ("address", "whole", "exact"),
    [
        ("https://forget.example/", True, True),
        ("https://www.forget.example/", True, False),
        ("view-source:https://forget.example/", True, True),
        ("blob:https://forget.example/0f1e", True, True),
        ("about:reader?url=https%3A%2F%2Fforget.example%2F", True, True),
        (
            "about:reader?url=https%3A%2F%2Fkept.example%2F%3Fforget.example",
            False,
            False,
        ),
        ("https://notforget.example/", False, False),
        ("https://forget.example.evil.example/", False, False),
        ("https://kept.example/?u=https://forget.example/", False, False),
        ("https://kept.example#@forget.example/", False, False),
        ("https://forget.example@kept.example/", False, False),
        ("https://kept.example\\@forget.example/", False, False),
        ("forget.example", False, False),
        ("javascript:'https://forget.example/'", False, False),
        (None, False, False),
        (7, False, False),
    ],
)
def test_addresses(address: object, whole: bool, exact: bool) -> None:
    """An address names the host that it leads to, and no other that stands in it."""
    assert WHOLE.address(address) is whole
    assert EXACT.address(address) is exact


@pytest.mark.parametrize(
    ("host", "whole", "exact"),
    [
        ("forget.example", True, True),
        (".forget.example", True, True),
        ("FORGET.example.", True, True),
        ("forget.example:8443", True, True),
        (".www.forget.example", True, False),
        ("notforget.example", False, False),
        ("forget.example:x", False, False),
        ("example", False, False),
        ("", False, False),
        (b"forget.example", False, False),
    ],
)
def test_hosts(host: object, whole: bool, exact: bool) -> None:
    """Bare hosts, with the dot of a cookie and with a port."""
    assert WHOLE.host(host) is whole
    assert EXACT.host(host) is exact


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("forget.example", True),
        ("www.forget.example/help", True),
        ("  Forget.Example ", True),
        ("https://forget.example", True),
        ("notforget.example", False),
        ("forget", False),
        ("is forget.example down", False),
        ("me@forget.example", False),
        ("", False),
        (None, False),
    ],
)
def test_what_was_typed(text: object, typed: bool) -> None:
    """The name itself or an address of it, nothing that only has it inside."""
    assert WHOLE.typed(text) is typed


def test_www_belongs_to_what_was_typed_for_one_host() -> None:
    """Who types `www.` and gets to the host has typed its name."""
    assert EXACT.typed("www.forget.example")
    assert not EXACT.typed("mail.forget.example")


@pytest.mark.parametrize("everything", [False, True])
def test_an_address_inside_another_kind_is_named(everything: bool) -> None:
    """A page in the source view, a thing that a page made for itself; no other text."""
    names = NamingVisited(
        pages={"https://old.example/page"},
        seen={"new.example"},
        kept={"old.example"},
        everything=everything,
    )
    assert names.address("view-source:https://old.example/page")
    assert names.address("blob:https://new.example/1-2-3")
    for kind in ("reader", "source", "pdf"):
        assert names.address(f"ephy-{kind}:https://new.example/a")
    assert not names.address("blob:https://old.example/1-2-3")
    assert not names.address("about:reader")
    assert not names.address(None)


@pytest.mark.parametrize(
    ("text", "address", "toward"),
    [
        ("forg", "https://search.example/?q=forg", True),
        ("www.forg", "https://search.example/?q=www.forget+me", True),
        ("https://forg", "https://search.example/?q=https%3A%2F%2Fforg", True),
        ("forget.example/x", "https://search.example/?q=forget.example%2Fx", True),
        ("forge", "https://search.example/?q=forg+me+not", True),
        ("forge", "https://search.example/?q=f", True),
        ("fo", "https://search.example/?q=fo", False),
        ("www.", "https://search.example/?q=www.", False),
        ("forg", "https://forgery.example/", False),
        ("forgo", "https://search.example/?q=forgo", False),
        ("forg", "https://search.example/?q=other", False),
    ],
)
def test_letters_on_the_way(text: str, address: str, toward: bool) -> None:
    """A search offered for the beginning of the name, of three letters or more."""
    assert WHOLE.toward(text, address) is toward


def test_hosts_that_were_met_are_remembered() -> None:
    """Stores of hashes are asked for each of them."""
    names = Naming(Site(SITE, below=True))
    names.address("https://a.b.forget.example:8443/x")
    names.host(".C.forget.example")
    names.host("notforget.example")
    assert names.seen == {
        SITE,
        f"www.{SITE}",
        f"a.b.{SITE}",
        f"c.{SITE}",
    }


def test_domains_of_a_time() -> None:
    """A domain belongs to a time when a host below it does and none does at another."""
    names = NamingVisited(seen={"a.x.example", "b.y.example"}, kept={"c.y.example"})
    assert names.host("x.example")
    assert names.host(".a.x.example")
    assert not names.host("y.example")
    assert not names.host("other.example")
    assert not names.host("")


@pytest.mark.parametrize(
    ("text", "address", "toward"),
    [
        ("quiet pl", "https://search.example/?q=quiet+places+nearby", True),
        ("new.example/pa", "https://search.example/?q=new.example%2Fpa", True),
        ("old.example/pa", "https://search.example/?q=old.example%2Fpa", False),
        ("quiet pl", "https://old.example/quiet", False),
        ("quiet da", "https://search.example/?q=quiet+days", False),
        ("loud", "https://search.example/?q=loud", False),
    ],
)
def test_letters_on_the_way_to_what_one_time_has(
    text: str, address: str, toward: bool
) -> None:
    """Beginnings of its searches and addresses of its sites, where no other begins so."""
    names = NamingVisited(
        seen={"new.example"},
        kept={"old.example"},
        terms={"quiet places"},
        kept_terms={"quiet days"},
    )
    assert names.toward(text, address) is toward


@pytest.mark.parametrize(
    ("raw", "whole", "exact"),
    [
        (b"https://forget.example/", True, True),
        (b"\x17forget.example\x00", True, True),
        (b"FORGET.EXAMPLE", True, True),
        (b"forget.example. And", True, True),
        (b"www.forget.example/", True, False),
        ("x https://forget.example/".encode("utf-16-le"), True, True),
        (b"\0" + "https://forget.example/".encode("utf-16-le"), True, True),
        ("https://notforget.example/".encode("utf-16-le"), False, False),
        (b"notforget.example", False, False),
        (b"not-forget.example", False, False),
        (b"forget.example.evil", False, False),
        (b"forget.examples", False, False),
        (b"", False, False),
    ],
)
def test_raw_bytes(raw: bytes, whole: bool, exact: bool) -> None:
    """A whole host name in 8 or 16 bits a letter, not a part of another."""
    assert mentioned_in(raw, WHOLE) is whole
    assert mentioned_in(raw, EXACT) is exact


def test_a_name_across_two_pieces_is_seen(tmp_path: Path) -> None:
    """Large files are read piece by piece; the name may stand on the seam."""
    for place in (1 << 20) - 7, (1 << 20) + 3000, 3 << 20:
        path = tmp_path / "large"
        path.write_bytes(bytes(place) + b"/forget.example/" + bytes(5000))
        assert mentions(DiskHome(tmp_path, Platform.LINUX), "large", WHOLE)
    path.write_bytes(bytes((1 << 20) - 3) + b"notforget.example" + bytes(10))
    assert not mentions(DiskHome(tmp_path, Platform.LINUX), "large", WHOLE)


def test_a_name_of_a_file_counts(tmp_path: Path) -> None:
    """A folder is looked into, and the names in it too."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/https_forget.example").write_bytes(b"")
    home = DiskHome(tmp_path, Platform.LINUX)
    assert not mentions(home, "nothing", WHOLE)
    assert mentions(home, "folder", Naming(Site("https_forget.example")))


def test_texts_of_messages() -> None:
    """Texts at any depth, none from what is cut off."""
    inner = text_field(2, "deep") + b"\x18\x05"
    message = text_field(1, "flat") + bytes([3 << 3 | 2, len(inner)]) + inner
    assert set(texts_in(message)) >= {"flat", "deep"}
    assert "cut" not in set(texts_in(text_field(1, "cut off")[:-3]))


@given(st.binary(max_size=300))
def test_any_bytes_are_read_to_an_end(raw: bytes) -> None:
    """Whatever stands there, texts come out or nothing does; every one is printable."""
    assert all(text.isprintable() for text in texts_in(raw))
