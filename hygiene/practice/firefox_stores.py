"""What else a made-up Firefox profile keeps beside its history and forms: icons, cookies,
permissions, site data (stores of Firefox 153).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from hygiene.practice.records import Tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Self

__all__ = ["FirefoxStores"]

_REPOSITORIES = ("persistent", "temporary", "default", "private")
_SLOT = 286
"""Bytes of a slot in the tables of strict transport and of other ways to a host."""


class FirefoxStores:
    """Gathers rows, lines and folders; `write` makes the files in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stores: dict[str, Tables] = {}
        self._versions: dict[str, int] = {}
        self._files: dict[str, bytes] = {}

    def _store(self, name: str, schema: str, version: int = 0) -> Tables:
        self._versions[name] = version
        return self._stores.setdefault(name, Tables(schema))

    def icon(
        self, url: str, *pages: str, root: bool = False, data: bytes = b"icon"
    ) -> Self:
        """An icon, and the pages that show it."""
        store = self._store("favicons.sqlite", "firefox-favicons")
        icon = store.find("moz_icons", url) or store.add(
            "moz_icons",
            url,
            icon_url=url,
            fixed_icon_url_hash=len(url),
            root=int(root),
            data=data,
        )
        for each in pages:
            page = store.find("moz_pages_w_icons", each) or store.add(
                "moz_pages_w_icons", each, page_url=each, page_url_hash=len(each)
            )
            store.add("moz_icons_to_pages", page_id=page, icon_id=icon)
        return self

    def cookie(self, host: str, *, top: str = "", value: str = "c") -> Self:
        """A cookie, perhaps set while another site was on top of the window."""
        store = self._store("cookies.sqlite", "firefox-cookies-17", 17)
        store.add(
            "moz_cookies",
            originAttributes=_attributes(top),
            name=f"{host}{top}{value}",
            value=value,
            host=host,
            path="/",
        )
        return self

    def permission(self, origin: str, kind: str, permission: int = 1) -> Self:
        """What a site may do."""
        self._permissions().add(
            "moz_perms", origin=origin, type=kind, permission=permission
        )
        return self

    def interaction(self, origin: str) -> Self:
        """A site was clicked on."""
        self._permissions().add("moz_origin_interactions", origin=origin)
        return self

    def _permissions(self) -> Tables:
        return self._store("permissions.sqlite", "firefox-permissions-13", 13)

    def page_setting(self, host: str, setting: str, value: str = "1.5") -> Self:
        """A setting of one site: zoom, where downloads go."""
        store = self._store("content-prefs.sqlite", "firefox-content-prefs-6", 6)
        group = store.find("groups", host) or store.add("groups", host, name=host)
        kind = store.find("settings", setting)
        kind = kind or store.add("settings", setting, name=setting)
        store.add("prefs", groupID=group, settingID=kind, value=value)
        return self

    def bounce(self, host: str, *, top: str = "") -> Self:
        """A site was seen on the way to another."""
        self._store(
            "bounce-tracking-protection.sqlite", "firefox-bounce-tracking-1", 1
        ).add(
            "sites",
            originAttributeSuffix=_attributes(top),
            siteHost=host,
            entryType=1,
            timeStamp=1,
        )
        return self

    def old_storage(self, host: str, *, file: str = "webappsstore.sqlite") -> Self:
        """A value in the web storage of releases before 68."""
        key = f"{host[::-1]}.:https:443"
        self._store(file, "firefox-webappsstore-2", 2).add(
            "webappsstore2",
            originAttributes="",
            originKey=key,
            scope=key,
            key="k",
            value="v",
        )
        return self

    def site_data(
        self, origin: str, *, top: str = "", repository: str = "default"
    ) -> Path:
        """The folder of an origin, perhaps inside another site; gives its name below
        the profile.
        """
        store = self._store("storage.sqlite", "firefox-storage", 131075)
        if store.find("repository", "default") is None:
            for number, name in enumerate(_REPOSITORIES):
                store.add("repository", name, id=number, name=name)
        suffix = _attributes(top)
        host = origin.partition("://")[2].partition(":")[0]
        store.add(
            "origin",
            repository_id=_REPOSITORIES.index(repository),
            suffix=suffix,
            group_=host + suffix,
            origin=origin + suffix,
            client_usages="",
            usage=1,
            last_access_time=1,
            last_maintenance_date=1,
            accessed=1,
            persisted=0,
        )
        name = origin.replace("://", "+++").replace(":", "+") + suffix
        folder = f"storage/{repository}/{name}"
        self._files[f"{folder}/.metadata-v2"] = origin.encode()
        self._files[f"{folder}/ls/usage"] = b"1"
        return self.folder / folder

    def cached_answer(self, origin: str, address: str, **headers: str) -> Self:
        """An answer that the site at `origin` keeps, with its headers."""
        name = origin.replace("://", "+++").replace(":", "+")
        store = self._store(
            f"storage/default/{name}/cache/caches.sqlite", "firefox-caches"
        )
        unused = dict.fromkeys(
            (
                *("request_headers_guard", "request_mode", "request_credentials"),
                *("request_contentpolicytype", "request_cache", "response_type"),
                *("response_status", "response_headers_guard", "cache_id"),
                *("request_redirect", "request_referrer_policy"),
                "response_credentials",
            ),
            0,
        )
        texts = dict.fromkeys(
            (
                *("request_method", "request_url_no_query_hash", "request_url_query"),
                *("request_url_query_hash", "request_referrer", "response_status_text"),
                *("response_principal_info", "request_integrity"),
                "request_url_fragment",
            ),
            "",
        )
        entry = store.add("entries", request_url_no_query=address, **unused, **texts)
        for header, value in headers.items():
            store.add("response_headers", name=header, value=value, entry_id=entry)
        return self

    def sign_in(self, origin: str, guid: str, *, table: str = "loginsL") -> Self:
        """A sign-in in the newer store."""
        store = self._store("logins.db", "firefox-logins-db-5", 5)
        columns: dict[str, Any] = (
            {} if table == "loginsL" else {"server_modified": 0, "is_overridden": 0}
        )
        store.add(
            table,
            origin=origin,
            timeCreated=1,
            timePasswordChanged=1,
            secFields="MDoE",
            guid=guid,
            **columns,
        )
        return self

    def service_workers(self, *scopes: str, top: str = "") -> Self:
        """The list of service workers: a version, then a block for each."""
        before = self._files.get("serviceworker.txt", b"12\n")
        blocks = "".join(
            f"{_attributes(top)}\n{scope}\n{scope}sw.js\ntrue\n{{0}}\n0\n#\n"
            for scope in scopes
        )
        return self.file("serviceworker.txt", before + blocks.encode())

    def slots(self, name: str, *hosts: str) -> Self:
        """A table with a slot of fixed size for each host."""
        slots = (b"\1\2\0\1\0\1" + host.encode() for host in hosts)
        return self.file(name, b"".join(each.ljust(_SLOT, b"\0") for each in slots))

    def cache_entry(self, number: int, address: str, *, folder: str = "cache2") -> Self:
        """An answer kept by the browser: the content, then the address."""
        name = f"{folder}/entries/{number:040X}"
        return self.file(name, bytes(40) + f":{address}\0".encode() + bytes(4))

    def file(self, name: str, data: bytes) -> Self:
        """Any other file."""
        self._files[name] = data
        return self

    def json(self, name: str, value: Mapping[str, Any]) -> Self:
        """Any other JSON document."""
        return self.file(name, json.dumps(value).encode())

    def write(self) -> Path:
        """Make the files and return the folder."""
        for name, store in self._stores.items():
            store.write(self.folder / name, user_version=self._versions[name])
        for name, data in self._files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return self.folder


def _attributes(top: str) -> str:
    """Origin attributes of what belongs to another site's window: `https://host`."""
    if not top:
        return ""
    return "^partitionKey=" + quote(f"({top.replace('://', ',')})", safe=".")
