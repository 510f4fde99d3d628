"""A made-up profile of a Chromium-family browser (stores of Chromium 156)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hygiene.contract import Platform
from hygiene.practice.records import Tables
from hygiene.practice.times import webkit

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from typing import Self

__all__ = ["USER_DATA", "ChromiumProfile"]

USER_DATA = {
    Platform.LINUX: ".config/chromium",
    Platform.MACOS: "Library/Application Support/Google/Chrome",
    Platform.WINDOWS: "AppData/Local/Google/Chrome/User Data",
}
"""Where the family's most common browser on each system keeps its profiles."""

_OLD_HISTORY = 20
_LINK, _TYPED = 0x30000000, 0x30000001
_COMPLETE = 1
_ANNOTATIONS: dict[str, dict[str, Any]] = {
    "content_annotations": {
        "annotation_flags": 0,
        "related_searches": "",
        "search_normalized_url": "",
        "search_terms": "",
        "alternative_title": "",
        "has_url_keyed_image": 0,
    },
    "context_annotations": {"context_annotation_flags": 0},
}


class ChromiumProfile:
    """Gathers what the browser remembers; `write` makes the profile's files.

    `history_version` is the schema of `History`: 70 (2026) or 20 (2011).
    """

    def __init__(self, folder: Path, *, history_version: int = 70) -> None:
        self.folder = folder
        self._old = history_version == _OLD_HISTORY
        self._history = Tables(f"chromium-history-{history_version}")
        self._history.add("meta", key="version", value=str(history_version))
        self._web_data = Tables("chromium-web-data-158")
        self._web_data.add("meta", key="version", value="158")
        self._logins = Tables("chromium-login-data-43")
        self._logins.add("meta", key="version", value="43")
        self._shortcuts = Tables("chromium-shortcuts-2")
        self._shortcuts.add("meta", key="version", value="2")
        self._preferences: dict[str, Any] = {"profile": {"name": "Person 1"}}
        self._session: bytes | None = None
        self._last: dict[str, int] = {}

    def visit(
        self,
        url: str,
        at: datetime,
        *,
        title: str | None = "",
        typed: bool = False,
        hidden: bool = False,
        came_from: str = "",
    ) -> Self:
        """A page was visited at that moment, perhaps by a link on a page that was
        visited before.
        """
        self._visit(
            url, webkit(at), title, typed=typed, hidden=hidden, came_from=came_from
        )
        return self

    def visit_at_raw(self, url: str, stored_time: int) -> Self:
        """A visit with a time exactly as stored, sense or none."""
        self._visit(url, stored_time, "", typed=False, hidden=False)
        return self

    def _visit(
        self,
        url: str,
        time: int,
        title: str | None,
        *,
        typed: bool,
        hidden: bool,
        came_from: str = "",
    ) -> int:
        history = self._history
        page = self._page(url, title, hidden=hidden)
        history.update(
            "urls",
            page,
            visit_count=history.get("urls", page, "visit_count") + 1,
            typed_count=history.get("urls", page, "typed_count") + typed,
            last_visit_time=max(time, history.get("urls", page, "last_visit_time")),
        )
        visit = history.add(
            "visits",
            url=page,
            visit_time=time,
            from_visit=self._last.get(came_from, 0),
            transition=_TYPED if typed else _LINK,
        )
        self._last[url] = visit
        if not self._old:
            self._satellites(page, visit, url, typed=typed, came_from=came_from)
        return page

    def _satellites(
        self, page: int, visit: int, url: str, *, typed: bool, came_from: str
    ) -> None:
        """What the browser notes of a visit in other tables of `History`."""
        history = self._history
        history.update(
            "visits",
            visit,
            incremented_omnibox_typed_score=int(typed),
            external_referrer_url="",
            segment_id=0,
            opener_visit=0,
            visited_link_id=0,
        )
        for table, columns in _ANNOTATIONS.items():
            history.add(table, visit_id=visit, **columns)
        if typed and "://" in url:
            history.update("visits", visit, segment_id=self._segment(page, url))
        if came_from:
            key = f"{came_from} {url}"
            link = history.find("visited_links", key) or history.add(
                "visited_links",
                key,
                link_url_id=page,
                top_level_url=came_from,
                frame_url=came_from,
                visit_count=0,
            )
            count = history.get("visited_links", link, "visit_count")
            history.update("visited_links", link, visit_count=count + 1)
            history.update("visits", visit, visited_link_id=link)

    def _segment(self, page: int, url: str) -> int:
        """The segment of a typed page, named by its host without `www.`."""
        scheme, _, rest = url.partition("://")
        name = f"http://{rest.removeprefix('www.')}" if scheme else url
        found = self._history.find("segments", name)
        if found is not None:
            return found
        segment = self._history.add("segments", name, name=name, url_id=page)
        self._history.add(
            "segment_usage", segment_id=segment, time_slot=0, visit_count=1
        )
        return segment

    def cluster(self, label: str, *urls: str) -> Self:
        """The browser grouped the last visits of these pages and gave them a name."""
        cluster = self._history.add(
            "clusters",
            should_show_on_prominent_ui_surfaces=1,
            label=label,
            raw_label=label,
            triggerability_calculated=1,
            originator_cache_guid="",
            originator_cluster_id=0,
        )
        self._history.add(
            "cluster_keywords",
            cluster_id=cluster,
            keyword=label,
            type=1,
            score=1,
            collections="",
        )
        for url in urls:
            self._history.add(
                "clusters_and_visits",
                cluster_id=cluster,
                visit_id=self._last[url],
                url_for_deduping=url,
                normalized_url=url,
                url_for_display=url.partition("://")[2],
            )
        return self

    def journey(self, title: str, *moments: datetime) -> Self:
        """The browser wrote a summary of what was visited at these moments."""
        name = f"journey-{title}"
        time = webkit(moments[0])
        self._history.add(
            "journeys", journey_id=name, title=title, creation_time_micros=time
        )
        for each in moments:
            self._history.add(
                "journey_history_entries",
                journey_id=name,
                visit_timestamp_micros=webkit(each),
            )
        self._history.add(
            "journey_continuation_queries", journey_id=name, title=title, prompt=title
        )
        return self

    def _page(self, url: str, title: str | None, *, hidden: bool) -> int:
        page = self._history.find("urls", url)
        if page is not None:
            return page
        columns: dict[str, Any] = {} if self._old else {"hidden": int(hidden)}
        return self._history.add(
            "urls",
            url,
            url=url,
            title=title,
            visit_count=0,
            typed_count=0,
            last_visit_time=0,
            **columns,
        )

    def page_without_visits(self, url: str) -> Self:
        """A row of `urls` whose visits are gone."""
        self._page(url, "", hidden=False)
        return self

    def search(
        self, words: str, at: datetime, engine: str = "https://search.example/?q="
    ) -> Self:
        """Words were typed into the address bar and a result page was opened."""
        url = engine + words.replace(" ", "+")
        page = self._visit(
            url, webkit(at), f"{words} - Search", typed=True, hidden=False
        )
        kept = (
            {"lower_term": words.lower(), "term": words}
            if self._old
            else {"term": words, "normalized_term": words.lower()}
        )
        self._history.add("keyword_search_terms", keyword_id=2, url_id=page, **kept)
        if not self._old:
            row = self._last[url]
            self._history.update("content_annotations", row, search_terms=words)
        return self

    def download(self, url: str, at: datetime, path: str = "/home/u/file.pdf") -> Self:
        """A file was downloaded and stands in the download list."""
        if self._old:
            self._history.add(
                "downloads",
                full_path=path,
                url=url,
                start_time=int(at.timestamp()),
                received_bytes=1,
                total_bytes=1,
                state=_COMPLETE,
            )
            return self
        texts = (
            "embedder_download_data tab_referrer_url http_method by_ext_id by_ext_name"
            " by_web_app_id etag last_modified mime_type original_mime_type"
        )
        row = self._history.add(
            "downloads",
            guid=f"{webkit(at):032x}",
            current_path=path,
            target_path=path,
            start_time=webkit(at),
            received_bytes=1,
            total_bytes=1,
            state=_COMPLETE,
            danger_type=0,
            interrupt_reason=0,
            hash=b"",
            end_time=webkit(at),
            opened=0,
            last_access_time=0,
            transient=0,
            referrer=url,
            site_url=url,
            tab_url=url,
            **dict.fromkeys(texts.split(), ""),
        )
        self._history.add("downloads_url_chains", id=row, chain_index=0, url=url)
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
        """A word was typed into a form field. `Web Data` counts seconds since 1970."""
        self._web_data.add(
            "autofill",
            name=field,
            value=value,
            value_lower=value.lower(),
            date_created=int((first or at).timestamp()),
            date_last_used=int(at.timestamp()),
            count=times,
        )
        return self

    def address(self, name: str, street: str, at: datetime) -> Self:
        """A postal address is kept (field types 7 and 77 of Chromium's autofill)."""
        guid = f"address-{name}-{street}"
        seconds = int(at.timestamp())
        self._web_data.add(
            "addresses", guid=guid, use_count=1, use_date=seconds, date_modified=seconds
        )
        for kind, value in ((7, name), (77, street)):
            self._web_data.add("address_type_tokens", guid=guid, type=kind, value=value)
        return self

    def card(self, name: str, number: bytes, at: datetime) -> Self:
        """A payment card is kept. `number` stands for its encrypted form."""
        seconds = int(at.timestamp())
        self._web_data.add(
            "credit_cards",
            guid=f"card-{number.hex()}",
            name_on_card=name,
            expiration_month=1,
            expiration_year=2030,
            card_number_encrypted=number,
            date_modified=seconds,
            use_count=1,
            use_date=seconds,
        )
        return self

    def shortcut(self, typed: str, url: str, at: datetime) -> Self:
        """The address bar remembers what was typed for an address."""
        self._shortcuts.add(
            "omni_box_shortcuts",
            id=f"{typed}-{url}",
            text=typed,
            fill_into_edit=url,
            url=url,
            contents=url,
            description="",
            last_access_time=webkit(at),
            number_of_hits=1,
        )
        return self

    def login(
        self,
        url: str,
        account: str,
        at: datetime,
        *,
        used: datetime | None = None,
        secret: bytes = b"v10",
    ) -> Self:
        """A sign-in is saved. `secret` stands for the encrypted password."""
        return self._login(
            url,
            at,
            username_value=account,
            password_value=secret,
            times_used=1,
            date_last_used=webkit(used or at),
            blacklisted_by_user=0,
        )

    def never_save(self, url: str, at: datetime) -> Self:
        """The person chose "never" for this site."""
        return self._login(url, at, username_value="", blacklisted_by_user=1)

    def _login(self, url: str, at: datetime, **columns: Any) -> Self:
        row: dict[str, Any] = {
            "origin_url": url,
            "action_url": url,
            "username_element": "user",
            "username_value": "",
            "password_element": "pass",
            "password_value": b"",
            "signon_realm": url,
            "date_created": webkit(at),
            "blacklisted_by_user": 0,
            "scheme": 0,
            "times_used": 0,
            "date_last_used": 0,
            "date_password_modified": webkit(at),
        }
        self._logins.add("logins", **row | columns)
        return self

    def setting(self, name: str, value: object) -> Self:
        """A preference, by its dotted name: `session.restore_on_startup`."""
        *path, last = name.split(".")
        place = self._preferences
        for step in path:
            place = place.setdefault(step, {})
        place[last] = value
        return self

    def open_tabs(self, *urls: str) -> Self:
        """These tabs would come back at the next start (`SNSS`, addresses in plain)."""
        self._session = b"SNSS\x05\0\0\0" + "\0".join(urls).encode()
        return self

    def write(self, *, newest_in_wal: bool = False) -> Path:
        """Make the profile and return its folder. `newest_in_wal` leaves the last page
        and visit in a `-wal` file only.
        """
        self._history.write(self.folder / "History", wal=newest_in_wal)
        self._web_data.write(self.folder / "Web Data", page_size=2048)
        self._logins.write(self.folder / "Login Data", page_size=2048)
        self._shortcuts.write(self.folder / "Shortcuts")
        preferences = json.dumps(self._preferences, separators=(",", ":"))
        (self.folder / "Preferences").write_text(preferences, "utf-8")
        if self._session is not None:
            sessions = self.folder / "Sessions"
            sessions.mkdir(exist_ok=True)
            (sessions / "Session_13400000000000000").write_bytes(self._session)
        return self.folder
