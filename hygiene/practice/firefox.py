"""A made-up profile of a Firefox-family browser (stores of Firefox 153)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import cramjam

from hygiene.contract import SqlValue
from hygiene.practice.records import Tables
from hygiene.practice.times import unix_microseconds

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from typing import Self

__all__ = ["FirefoxProfile", "write_jsonlz4", "write_profiles_ini"]

_NEW_PLACES = 86
_QUERIES = "moz_places_metadata_search_queries"
_LINK, _TYPED, _DOWNLOAD = 1, 2, 7
_PAGE_SIZE = 32768


def write_jsonlz4(path: Path, value: object) -> Path:
    """Write JSON in Mozilla's compressed form: a magic word, the size, one LZ4 block."""
    plain = json.dumps(value).encode()
    block = bytes(cramjam.lz4.compress_block(plain, store_size=False))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"mozLz40\0" + len(plain).to_bytes(4, "little") + block)
    return path


def write_profiles_ini(folder: Path, *paths: str) -> Path:
    """The list of profiles; a path that begins at a root is written as absolute."""
    lines = ["[General]", "StartWithLastProfile=1", "Version=2", ""]
    for number, path in enumerate(paths):
        absolute = path.startswith("/") or path[1:2] == ":"
        lines += [
            f"[Profile{number}]",
            f"Name=profile{number}",
            f"IsRelative={int(not absolute)}",
            f"Path={path}",
            "",
        ]
    folder.mkdir(parents=True, exist_ok=True)
    ini = folder / "profiles.ini"
    ini.write_text("\n".join(lines), "utf-8")
    return ini


def _host(url: str) -> str:
    return url.split("/")[2].rpartition("@")[2] if "://" in url else ""


class FirefoxProfile:
    """Gathers what the browser remembers; `write` makes the profile's files.

    `places_version` is the schema of `places.sqlite`: 86 (2026) or 9 (2010).
    """

    def __init__(self, folder: Path, *, places_version: int = _NEW_PLACES) -> None:
        self.folder = folder
        self._version = places_version
        self._places = Tables(f"firefox-places-{places_version}")
        self._forms = Tables("firefox-formhistory-5")
        self._logins: list[dict[str, Any]] = []
        self._never: list[str] = []
        self._autofill: dict[str, list[dict[str, Any]]] = {}
        self._prefs: dict[str, object] = {}
        self._user_prefs: dict[str, object] = {}
        self._session: dict[str, Any] | None = None

    def visit(
        self,
        url: str,
        at: datetime,
        *,
        title: str | None = None,
        typed: bool = False,
        hidden: bool = False,
        from_visit: int = 0,
    ) -> Self:
        """A page was visited at that moment, perhaps by a link on the page of the visit
        `from_visit` (counted from 1).
        """
        self._visit(
            url,
            unix_microseconds(at),
            _TYPED if typed else _LINK,
            title=title,
            typed=int(typed),
            hidden=int(hidden),
            from_visit=from_visit,
        )
        return self

    def visit_at_raw(self, url: str, stored_time: int) -> Self:
        """A visit with a time exactly as stored, sense or none."""
        self._visit(url, stored_time, _LINK)
        return self

    def _visit(
        self, url: str, time: int, kind: int, *, from_visit: int = 0, **columns: Any
    ) -> int:
        place = self._place(url, **columns)
        places = self._places
        count = places.get("moz_places", place, "visit_count") + (kind != _DOWNLOAD)
        places.update("moz_places", place, visit_count=count)
        if self._version >= _NEW_PLACES:
            last = places.get("moz_places", place, "last_visit_date") or time
            places.update("moz_places", place, last_visit_date=max(last, time))
        places.add(
            "moz_historyvisits",
            from_visit=from_visit,
            place_id=place,
            visit_date=time,
            visit_type=kind,
            session=0,
        )
        return place

    def _place(
        self, url: str, *, title: str | None = None, typed: int = 0, hidden: int = 0
    ) -> int:
        place = self._places.find("moz_places", url)
        if place is not None:
            return place
        return self._places.add(
            "moz_places",
            url,
            url=url,
            title=title,
            rev_host=_host(url).partition(":")[0][::-1] + ".",
            visit_count=0,
            hidden=hidden,
            typed=typed,
            **self._new_columns(url),
        )

    def _new_columns(self, url: str) -> dict[str, Any]:
        if self._version < _NEW_PLACES:
            return {}
        scheme, _, _ = url.partition(":")
        prefix, host = f"{scheme}://", _host(url)
        origin = self._places.find("moz_origins", prefix + host)
        if origin is None:
            origin = self._places.add(
                "moz_origins", prefix + host, prefix=prefix, host=host, frecency=1
            )
        return {
            "origin_id": origin,
            "guid": url,
            "last_visit_date": None,
            "foreign_count": 0,
            "frecency": 100,
            "recalc_frecency": 0,
            "description": None,
            "preview_image_url": None,
            "site_name": None,
        }

    def bookmark(self, url: str, at: datetime, title: str = "") -> Self:
        """A page was bookmarked; that alone is no visit."""
        place = self._place(url)
        self._count_foreign(place)
        self._places.add(
            "moz_bookmarks",
            type=1,
            fk=place,
            parent=3,
            position=0,
            title=title,
            dateAdded=unix_microseconds(at),
            lastModified=unix_microseconds(at),
        )
        return self

    def _count_foreign(self, place: int) -> None:
        if self._version >= _NEW_PLACES:
            count = self._places.get("moz_places", place, "foreign_count")
            self._places.update("moz_places", place, foreign_count=count + 1)

    def keyword(self, word: str, url: str) -> Self:
        """A word opens a page when it is typed into the address bar."""
        place = self._place(url)
        self._count_foreign(place)
        self._places.add("moz_keywords", keyword=word, place_id=place, post_data=None)
        return self

    def told_by_page(self, url: str, **columns: str) -> Self:
        """What a page said of itself: `description`, `preview_image_url`, `site_name`."""
        self._places.update("moz_places", self._place(url), **columns)
        return self

    def looked_at(
        self,
        url: str,
        at: datetime,
        *,
        found_by: str | None = None,
        coming_from: str | None = None,
    ) -> Self:
        """A page was looked at for a while, found by the words of a search, or coming
        from another page.
        """
        words = None
        if found_by is not None:
            words = self._places.find(_QUERIES, found_by)
            words = words or self._places.add(_QUERIES, found_by, terms=found_by)
        milliseconds = unix_microseconds(at) // 1000
        self._places.add(
            "moz_places_metadata",
            place_id=self._place(url),
            referrer_place_id=None if coming_from is None else self._place(coming_from),
            created_at=milliseconds,
            updated_at=milliseconds + 5,
            total_view_time=5,
            search_query_id=words,
        )
        return self

    def row(self, table: str, **columns: SqlValue) -> Self:
        """Any other row of `places.sqlite`; `url=` stands for the page's `place_id`."""
        url = columns.pop("url", None)
        if isinstance(url, str):
            columns = {"place_id": self._place(url), **columns}
        self._places.add(table, None, **columns)
        return self

    def search(
        self, words: str, at: datetime, engine: str = "https://search.example/?q="
    ) -> Self:
        """Words were searched for and a result page was opened."""
        url = engine + words.replace(" ", "+")
        return self.visit(url, at, title=f"{words} - Search", typed=True)

    def download(self, url: str, at: datetime, path: str = "/home/u/file.pdf") -> Self:
        """A file was downloaded: a visit of its own kind, and two notes on the page."""
        place = self._visit(url, unix_microseconds(at), _DOWNLOAD)
        for name, content in (
            ("downloads/destinationFileURI", f"file://{path}"),
            ("downloads/metaData", json.dumps({"state": 1, "fileSize": 1})),
        ):
            attribute = self._places.find("moz_anno_attributes", name)
            if attribute is None:
                attribute = self._places.add("moz_anno_attributes", name, name=name)
            self._places.add(
                "moz_annos",
                place_id=place,
                anno_attribute_id=attribute,
                content=content,
                dateAdded=unix_microseconds(at),
            )
        return self

    def typed(self, words: str, url: str) -> Self:
        """The address bar remembers what was typed for an address."""
        self._places.add(
            "moz_inputhistory", place_id=self._place(url), input=words, use_count=1
        )
        return self

    def form_word(
        self,
        field: str,
        value: str,
        at: datetime,
        *,
        first: datetime | None = None,
        times: int = 1,
    ) -> Self:
        """A word was typed into a form field."""
        self._forms.add(
            "moz_formhistory",
            fieldname=field,
            value=value,
            timesUsed=times,
            firstUsed=unix_microseconds(first or at),
            lastUsed=unix_microseconds(at),
            guid=f"{field}-{value}",
        )
        return self

    def address(self, name: str, street: str, at: datetime) -> Self:
        """A postal address is kept in `autofill-profiles.json`."""
        return self._filled("addresses", {"name": name, "street-address": street}, at)

    def card(self, name: str, number: str, at: datetime) -> Self:
        """A payment card is kept. `number` stands for its encrypted form."""
        return self._filled(
            "creditCards", {"cc-name": name, "cc-number-encrypted": number}, at
        )

    def _filled(self, kind: str, columns: dict[str, str], at: datetime) -> Self:
        milliseconds = unix_microseconds(at) // 1000
        kept = self._autofill.setdefault(kind, [])
        kept.append(
            columns
            | {
                "guid": f"{kind}-{len(kept)}",
                "timeCreated": milliseconds,
                "timeLastUsed": milliseconds,
                "timesUsed": 1,
            }
        )
        return self

    def login(
        self,
        url: str,
        at: datetime,
        *,
        used: datetime | None = None,
        account: str = "MDoE",
        secret: str = "MDoE",
    ) -> Self:
        """A sign-in is saved. `account` and `secret` stand for their encrypted forms."""
        self._logins.append(
            {
                "id": len(self._logins) + 1,
                "hostname": url,
                "httpRealm": None,
                "formSubmitURL": url,
                "usernameField": "user",
                "passwordField": "pass",
                "encryptedUsername": account,
                "encryptedPassword": secret,
                "guid": f"{{{len(self._logins)}}}",
                "encType": 1,
                "timeCreated": unix_microseconds(at) // 1000,
                "timeLastUsed": unix_microseconds(used or at) // 1000,
                "timePasswordChanged": unix_microseconds(at) // 1000,
                "timesUsed": 1,
            }
        )
        return self

    def never_save(self, url: str) -> Self:
        """The person chose "never" for this site."""
        self._never.append(url)
        return self

    def setting(self, name: str, value: object, *, by_user_js: bool = False) -> Self:
        """A preference that differs from its default."""
        (self._user_prefs if by_user_js else self._prefs)[name] = value
        return self

    def open_tabs(self, *urls: str) -> Self:
        """These tabs would come back at the next start."""
        tabs = [{"entries": [{"url": url, "title": ""}], "index": 1} for url in urls]
        return self.session({"windows": [{"tabs": tabs}]})

    def session(self, state: dict[str, Any]) -> Self:
        """What would come back at the next start, as the program writes it."""
        self._session = {"version": ["sessionrestore", 1], **state}
        return self

    def write(self, *, newest_in_wal: bool = False) -> Path:
        """Make the profile and return its folder. `newest_in_wal` leaves the last page
        and visit in a `-wal` file only.
        """
        self._places.write(
            self.folder / "places.sqlite",
            wal=newest_in_wal,
            page_size=_PAGE_SIZE,
            user_version=self._version,
        )
        self._forms.write(
            self.folder / "formhistory.sqlite", page_size=_PAGE_SIZE, user_version=5
        )
        self._write_json("logins.json", self._saved_logins())
        if self._autofill:
            self._write_json("autofill-profiles.json", {"version": 1} | self._autofill)
        self._write_prefs("prefs.js", self._prefs)
        if self._user_prefs:
            self._write_prefs("user.js", self._user_prefs)
        if self._session is not None:
            write_jsonlz4(self.folder / "sessionstore.jsonlz4", self._session)
        return self.folder

    def _saved_logins(self) -> dict[str, Any] | None:
        if not self._logins and not self._never:
            return None
        return {
            "nextId": len(self._logins) + 1,
            "logins": self._logins,
            "disabledHosts": self._never,
            "version": 3,
        }

    def _write_json(self, name: str, value: object) -> None:
        if value is not None:
            (self.folder / name).write_text(json.dumps(value), "utf-8")

    def _write_prefs(self, name: str, prefs: dict[str, object]) -> None:
        lines = ["// Mozilla User Preferences", ""]
        lines += [f'user_pref("{key}", {json.dumps(prefs[key])});' for key in prefs]
        (self.folder / name).write_text("\n".join(lines) + "\n", "utf-8")
