"""A made-up GNOME Web (version 43)."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from hygiene.practice.records import Tables
from hygiene.practice.times import unix_microseconds

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from typing import Self

__all__ = ["EpiphanyProfile"]


class EpiphanyProfile:
    """Gathers what GNOME Web remembers; `write` makes its stores. `cache` is the folder
    of its caches, beside the profile's own.
    """

    def __init__(self, folder: Path, cache: Path | None = None) -> None:
        self.folder = folder
        self.cache = cache or folder
        self._history = Tables("epiphany-history")
        self._stores: dict[Path, Tables] = {}
        self._files: dict[Path, bytes] = {}
        self._windows: list[list[tuple[str, str]]] = []

    def visit(
        self, url: str, at: datetime, *, title: str = "", coming_from: int | None = None
    ) -> Self:
        """A page was visited at that moment, perhaps from the page of another visit,
        counted from 1.
        """
        page = self._history.find("urls", url)
        time = unix_microseconds(at)
        if page is None:
            address = "/".join(url.split("/")[:3])
            host = self._history.find("hosts", address)
            host = host or self._history.add("hosts", address, url=address)
            page = self._history.add(
                "urls",
                url,
                host=host,
                url=url,
                title=title,
                visit_count=0,
                last_visit_time=0,
            )
        self._history.update(
            "urls",
            page,
            visit_count=self._history.get("urls", page, "visit_count") + 1,
            last_visit_time=max(
                time, self._history.get("urls", page, "last_visit_time")
            ),
        )
        self._history.add(
            "visits",
            url=page,
            visit_time=time,
            visit_type=0,
            referring_visit=coming_from,
        )
        return self

    def _store(self, path: Path, schema: str) -> Tables:
        return self._stores.setdefault(path, Tables(schema))

    def icon(self, url: str, *pages: str) -> Self:
        """An icon, and the pages that show it."""
        path = self.cache / "icondatabase/WebpageIcons.db"
        store = self._store(path, "epiphany-webpageicons")
        icon = store.add("IconInfo", url, url=url, stamp=1)
        store.add("IconData", data=b"icon")
        for page in pages:
            store.add("PageURL", url=page, iconID=icon)
        return self

    def observed(self, domain: str, *, under: str = "") -> Self:
        """A domain was seen, perhaps in a frame of a page of another one."""
        store = self._store(
            self.folder / "itp/observations.db", "epiphany-observations"
        )
        unused = (
            *("lastSeen", "hadUserInteraction", "mostRecentUserInteractionTime"),
            *("grandfathered", "isPrevalent", "isVeryPrevalent", "dataRecordsRemoved"),
            "timesAccessedAsFirstPartyDueToUserInteraction",
            "timesAccessedAsFirstPartyDueToStorageAccessAPI",
            "isScheduledForAllButCookieDataRemoval",
        )
        numbers = []
        for each in filter(None, (domain, under)):
            number = store.find("ObservedDomains", each)
            numbers.append(
                number
                or store.add(
                    "ObservedDomains",
                    each,
                    registrableDomain=each,
                    **dict.fromkeys(unused, 0),
                )
            )
        if under:
            store.add(
                "SubframeUnderTopFrameDomains",
                subFrameDomainID=numbers[0],
                lastUpdated=1.0,
                topFrameDomainID=numbers[1],
            )
        return self

    def strict(self, host: str) -> Self:
        """A host asked to be reached over TLS only."""
        path = self.cache / "hsts-storage.sqlite"
        self._store(path, "epiphany-hsts").add("soup_hsts_policies", domain=host)
        return self

    def cookie(self, host: str) -> Self:
        """A cookie."""
        path = self.folder / "cookies.sqlite"
        self._store(path, "epiphany-cookies").add(
            "moz_cookies", name="n", value="v", host=host, path="/"
        )
        return self

    def window(self, *tabs: str, **history: str) -> Self:
        """Tabs of one window; `history` gives the way back and forth of the tab with
        that number (`tab2="https://..."`).
        """
        self._windows.append(
            [
                (url, history.get(f"tab{number}", url))
                for number, url in enumerate(tabs, 1)
            ]
        )
        return self

    def site_data(self, *names: str) -> Self:
        """Files or folders that are named by an origin."""
        return self.file(*names, data=b"data")

    def file(self, *names: str, data: bytes) -> Self:
        """Files of these bytes below the profile."""
        for name in names:
            self._files[self.folder / name] = data
        return self

    def hashed_data(self, name: str, *hosts: str) -> Self:
        """A folder named by hashes, for an origin inside another."""
        origin = b"".join(
            b"\5\0\0\0\1https%c\0\0\0\1%s\0" % (len(host), host.encode())
            for host in hosts
        )
        self._files[self.folder / f"storage/{name}/origin"] = origin
        self._files[
            self.folder / f"storage/{name}/LocalStorage/localstorage.sqlite3"
        ] = b"x"
        return self

    def write(self, *, newest_in_wal: bool = False) -> Path:
        """Make the stores and return the folder."""
        self._history.write(self.folder / "ephy-history.db", wal=newest_in_wal)
        for path, store in self._stores.items():
            store.write(path)
        if self._windows:
            self._files[self.folder / "session_state.xml"] = self._session()
        for path, data in self._files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return self.folder

    def _session(self) -> bytes:
        lines = ['<?xml version="1.0"?>', "<session>"]
        for tabs in self._windows:
            shown = len(tabs) - 1
            lines.append(
                f'\t <window x="0" y="0" active-tab="{shown}" role="epiphany">'
            )
            for url, history in tabs:
                way = b64encode(b"\2\0\0\0" + history.encode() + b"\0").decode()
                lines.append(
                    f"\t\t <embed url={quoteattr(url)} title={quoteattr('>' + url)}"
                    f' history="{way}"/>'
                )
            lines.append("\t </window>")
        return "\n".join([*lines, "</session>", ""]).encode()
