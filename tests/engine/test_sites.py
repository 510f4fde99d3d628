"""What a person typed for a site, and the hosts that belong to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.contract import Site
from hygiene.engine.sites import readings


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("example.org", [Site("example.org", below=True), Site("example.org")]),
        (
            "WWW.Example.ORG.",
            [Site("example.org", below=True), Site("www.example.org")],
        ),
        (
            "  https://me:pw@shop.example.co.uk:8443/a?b=c.org#d ",
            [Site("example.co.uk", below=True), Site("shop.example.co.uk")],
        ),
        ("me.github.io", [Site("me.github.io", below=True), Site("me.github.io")]),
        (
            "bücher.example",
            [Site("xn--bcher-kva.example", below=True), Site("xn--bcher-kva.example")],
        ),
        ("localhost:3000", [Site("localhost")]),
        ("co.uk", [Site("co.uk")]),
        ("192.168.1.20", [Site("192.168.1.20")]),
        ("[2001:DB8::0:1]:443", [Site("2001:db8::1")]),
        ("2001:db8::1", [Site("2001:db8::1")]),
        ("a_b.example.org", [Site("example.org", below=True), Site("a_b.example.org")]),
    ],
)
def test_a_typed_name_can_be_meant_in_so_many_ways(
    typed: str, meant: list[Site]
) -> None:
    """The whole domain first, then the one host that was typed."""
    assert list(readings(typed)) == meant


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "example.org,",
            "\u201cexample.org\u201d",
            "<https://example.org>",
            "(example.org)",
        ),
        *("*.example.org", "view-source:https://example.org/a", "http:example.org"),
        *("'example.org';", "https:/example.org"),
    ],
)
def test_what_comes_along_with_a_copied_name_is_left_away(typed: str) -> None:
    """Quotes, brackets, commas, and what a browser puts before an address."""
    assert Site("example.org", below=True) in readings(typed)


@pytest.mark.parametrize(
    "typed",
    [
        *("about:blank", "file:///home", "127.1", "0x7f.1"),
        *("chrome:history",),
        "",
        " ",
        ".",
        "exa mple.org",
        "%",
        "*",
        "a..b",
        "-.-",
        "::::",
        "[",
        "ex%ample.org",
    ],
)
def test_what_names_no_site_means_none(typed: str) -> None:
    """No pattern, no wildcard, nothing to guess from."""
    assert readings(typed) == ()


@given(st.text(max_size=80))
def test_any_text_gets_an_answer(typed: str) -> None:
    """Whatever is pasted, and what comes out names itself."""
    for each in readings(typed):
        assert each.names(each.host)
        assert each.host == each.host.lower()


@pytest.mark.parametrize(
    "host",
    [
        *("xa.org", "a.org.example", "b-a.org", "org", "", None, "a.org.", "A.ORG"),
        *("b.a.org", "c.b.a.org", "a.orgs", ".a.org", "aXorg"),
    ],
)
def test_look_alikes_belong_to_nobody(host: str | None) -> None:
    """Failure 18 of the field: more or other hosts matched than were meant."""
    whole, own = Site("a.org", below=True), Site("a.org")
    same = host in {"a.org.", "A.ORG"}
    assert own.names(host) is same
    assert whole.names(host) is (same or host in {"b.a.org", "c.b.a.org", ".a.org"})
