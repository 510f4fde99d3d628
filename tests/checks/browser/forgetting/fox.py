"""A Firefox profile with every trace of one site, and of its look-alikes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hygiene.contract import Site
from hygiene.practice.firefox import FirefoxProfile, write_jsonlz4
from hygiene.practice.firefox_stores import FirefoxStores

__all__ = [
    "AT",
    "EXACT",
    "FOLDER",
    "LOOK_ALIKES",
    "OWN",
    "WHOLE",
    "everything",
    "fox",
    "satellites",
]

FOLDER = ".config/mozilla/firefox/abcd1234.default"
AT = datetime(2026, 11, 20, 21, 30, tzinfo=UTC)
WHOLE = Site("help.example", below=True)
EXACT = Site("help.example")

OWN = (
    "https://help.example/",
    "https://help.example/a?b=c#d",
    "http://help.example:8080/port",
    "https://www.help.example/www",
    "https://deep.below.help.example/",
    "https://user:secret@help.example/named",
    "https://help.example./dot",
)
"""Addresses of the site, some of them of hosts below it."""

LOOK_ALIKES = (
    "https://nothelp.example/",
    "https://help.example.org/",
    "https://help.example.evil.test/",
    "https://other.test/?q=help.example",
    "https://other.test/go?to=https://help.example/",
    "https://other.test/help.example/",
    "https://other.test/#https://help.example/",
    "https://help-example.test/",
    "https://helpxexample.test/",
    "https://xn--help-4ve.example/",
    "https://192.0.2.1/",
    "file:///home/u/help.example/index.html",
    "about:help.example",
    "data:text/html,https://help.example/",
)
"""Addresses of others."""


def fox(home: Path, folder: str = FOLDER, *, version: int = 86) -> FirefoxProfile:
    """An empty profile in that home."""
    (home / folder).mkdir(parents=True, exist_ok=True)
    return FirefoxProfile(home / folder, places_version=version)


def everything(home: Path, folder: str = FOLDER, *, version: int = 86) -> Path:
    """All of it; gives the profile's folder."""
    profile = fox(home, folder, version=version)
    for number, url in enumerate((*OWN, *LOOK_ALIKES)):
        profile.visit(url, AT + timedelta(minutes=number), title=f"title {number}")
    (
        profile.visit("https://other.test/next", AT, from_visit=1)
        .bookmark("https://help.example/kept", AT, "kept")
        .visit("https://help.example/kept", AT, typed=True)
        .bookmark("https://help.example/unseen", AT)
        .bookmark("https://other.test/mine", AT)
        .typed("hel", "https://help.example/")
        .typed("kep", "https://help.example/kept")
        .typed("oth", "https://other.test/next")
        .form_word("searchbar-history", "help.example", AT)
        .form_word("q", "https://www.help.example/ ", AT)
        .form_word("q", "about help.example", AT)
        .form_word("q", "nothelp.example", AT)
        .login("https://help.example", AT)
        .login("https://other.test", AT)
    )
    if version > 9:
        _newer(profile)
    profile.open_tabs("https://help.example/", "https://other.test/next")
    profile.write()
    return satellites(home / folder)


def _newer(profile: FirefoxProfile) -> None:
    """What only newer schemas of `places.sqlite` have tables for."""
    (
        profile.keyword("kw", "https://help.example/kept")
        .keyword("gone", "https://help.example/")
        .keyword("ow", "https://other.test/mine")
        .download("https://help.example/file.pdf", AT)
        .download("https://other.test/file.pdf", AT)
        .looked_at("https://help.example/", AT, found_by="only here")
        .looked_at("https://help.example/kept", AT, found_by="in both")
        .looked_at(
            "https://other.test/next",
            AT,
            found_by="in both",
            coming_from="https://help.example/",
        )
        .looked_at("https://other.test/mine", AT, found_by="help.example")
        .told_by_page(
            "https://other.test/next",
            preview_image_url="https://help.example/picture.png",
            description="What help.example says",
            site_name="Other",
        )
        .told_by_page(
            "https://other.test/mine",
            preview_image_url="https://other.test/p.png?of=help.example",
            description="nothelp.example",
            site_name="Mine",
        )
        .told_by_page("https://help.example/kept", description="told by the page")
        .row("moz_places_extra", url="https://help.example/", sync_json="{}")
        .row("moz_places_extra", url="https://other.test/next", sync_json="{}")
        .row("moz_historyvisits_extra", visit_id=1, sync_json="{}")
        .row(
            "moz_newtab_shortcuts_interaction",
            url="https://help.example/",
            event_type=0,
            timestamp_s=1,
            pinned=0,
            tile_position=0,
        )
        .row(
            "moz_newtab_story_click",
            feature="help.example",
            timestamp_s=1,
            card_format_enum=0,
            position=0,
            section_position=0,
        )
    )


def satellites(folder: Path) -> Path:
    """The stores beside the history."""
    stores = FirefoxStores(folder)
    (
        stores.icon("https://help.example/icon.png", "https://help.example/")
        .icon("https://cdn.test/only-help.png", "https://help.example/")
        .icon("https://cdn.test/shared.png", "https://help.example/")
        .icon("https://cdn.test/shared.png", "https://other.test/next")
        .icon("https://help.example/lent.png", "https://other.test/next")
        .icon("https://help.example/of-bookmark.png", "https://help.example/kept")
        .icon("https://help.example/favicon.ico", root=True)
        .icon("https://cdn.test/favicon.ico", "https://help.example/", root=True)
        .icon("https://www.help.example/favicon.ico", root=True)
        .icon("https://nothelp.example/favicon.ico", root=True)
        .icon("https://other.test/i.png?u=help.example", "https://other.test/mine")
        .cookie("help.example")
        .cookie(".help.example")
        .cookie("tracker.test", top="https://help.example")
        .cookie("help.example", top="https://other.test")
        .cookie("nothelp.example")
        .cookie("tracker.test", top="https://nothelp.example")
        .permission("https://help.example", "geo")
        .permission("http://help.example:8080^userContextId=2", "camera")
        .permission("https://tracker.test^partitionKey=%28https%2Chelp.example%29", "x")
        .permission("https://other.test", "3rdPartyStorage^https://help.example")
        .permission("https://help.example", "login-saving", 2)
        .permission("https://nothelp.example", "geo")
        .permission("https://other.test", "3rdPartyStorage^https://nothelp.example")
        .permission("https://other.test", "login-saving", 2)
        .interaction("https://www.help.example")
        .interaction("https://other.test")
        .page_setting("help.example", "browser.content.full-zoom")
        .page_setting("help.example", "only.for.it")
        .page_setting("other.test", "browser.content.full-zoom")
        .bounce("help.example")
        .bounce("other.test")
        .old_storage("help.example")
        .old_storage("nothelp.example")
        .old_storage("help.example", file="storage/ls-archive.sqlite")
        .old_storage("other.test", file="storage/ls-archive.sqlite")
        .cached_answer(
            "https://other.test", "https://other.test/", link="<https://help.example/x>"
        )
        .cached_answer("https://nothelp.example", "https://nothelp.example/")
        .sign_in("https://help.example", "{0}")
        .sign_in("https://other.test", "{1}")
        .service_workers("https://help.example/", "https://other.test/")
        .service_workers("https://tracker.test/", top="https://help.example")
        .service_workers("https://nothelp.example/")
        .file(
            "cert_override.txt",
            b"# PSM\nhelp.example:443:\tOID.2\tAA\nnothelp.example:443:\tOID.2\tBB\n",
        )
        .slots("SiteSecurityServiceState.bin", "help.example:HSTS", "other.test:HSTS")
        .slots("AlternateServices.bin", "https:other.test:443", "h:nothelp.example:1")
        .cache_entry(1, "https://help.example/")
        .file("startupCache/scriptCache.bin", b"code")
        .file("thumbnails/00.png", b"png")
        .file("user.js", b'user_pref("browser.startup.homepage", "help.example");\n')
        .file("crashes/events/1", b"https://help.example/")
        .file("extensions.json", b"*://help.example/*")
    )
    for origin, top in (
        ("https://help.example", ""),
        ("https://www.help.example:8080", ""),
        ("https://help.example", "https://other.test"),
        ("https://tracker.test", "https://help.example"),
        ("https://nothelp.example", ""),
        ("https://tracker.test", "https://nothelp.example"),
        ("https://help.example.org", ""),
    ):
        stores.site_data(origin, top=top)
    stores.write()
    write_jsonlz4(
        folder / "bookmarkbackups/bookmarks-1.jsonlz4",
        {
            "children": [
                {"uri": "https://help.example/kept"},
                {"uri": "https://o.test/"},
            ]
        },
    )
    return folder
