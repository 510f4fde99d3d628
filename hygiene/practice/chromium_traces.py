"""What sites leave behind in a Chromium profile beside its history: made-up stores with
the schemas, names and forms of Chromium 156.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hygiene.practice.entries import write_entries
from hygiene.practice.records import Tables
from hygiene.practice.times import webkit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

__all__ = ["ChromiumTraces", "host_hash", "text_field"]

_THIRD = "frame.example"
"""A site whose frame stands on pages of the others and stores something there."""

_ICON = b"\x89PNG made up"


def host_hash(host: str) -> str:
    """A host as `TransportSecurity` names it."""
    wire = b"".join(bytes([len(each)]) + each.encode() for each in host.split("."))
    return b64encode(hashlib.sha256(wire + b"\0").digest()).decode()


def text_field(number: int, text: str) -> bytes:
    """A field of a message of Protocol Buffers that holds a short text."""
    raw = text.encode()
    return bytes([number << 3 | 2, len(raw)]) + raw


def _origin(host: str) -> str:
    return f"https://{host}"


def _pickled(origin: str) -> str:
    """An origin inside a network isolation key."""
    raw = origin.encode()
    body = len(raw).to_bytes(4, "little") + raw
    return b64encode(len(body).to_bytes(4, "little") + body).decode()


@dataclass(frozen=True)
class ChromiumTraces:
    """Sites that were visited at a moment, and what `write` makes of them. `cache` is
    the folder for caches of the profile, `folder` itself where that is none other.
    `typed` are the names that were typed letter by letter into the address bar.
    """

    folder: Path
    hosts: Sequence[str]
    at: datetime
    cache: Path | None = None
    typed: Sequence[str] = ()
    bookmarks: Sequence[str] = ()

    def write(self) -> None:
        """Make all the stores."""
        self._icons()
        self._suggestions()
        self._small_tables()
        self._buckets()
        self._entries()
        self._workers()
        self._files()
        self._documents()
        self._metrics()

    def _write(
        self,
        name: str,
        schema: str,
        version: int,
        rows: dict[str, list[dict[str, Any]]],
    ) -> None:
        """A SQLite store with its version and rows by table."""
        store = Tables(schema)
        if version:
            for key in ("version", "last_compatible_version"):
                store.add("meta", key=key, value=str(version))
        for table, each in rows.items():
            for columns in each:
                store.add(table, **columns)
        store.write(self.folder / name)

    def _icons(self) -> None:
        icons = [
            {"url": f"{_origin(each)}/favicon.ico", "icon_type": 1}
            for each in self.hosts
        ]
        pages = [
            {"page_url": f"{_origin(host)}{path}", "icon_id": number}
            for number, host in enumerate(self.hosts, 1)
            for path in ("/", "/saved")
        ]
        bitmaps = [
            {"icon_id": number, "image_data": _ICON, "width": 16, "height": 16}
            for number in range(1, len(self.hosts) + 1)
        ]
        rows = {"favicons": icons, "icon_mapping": pages, "favicon_bitmaps": bitmaps}
        self._write("Favicons", "chromium-favicons-9", 9, rows)

    def _suggestions(self) -> None:
        top = [
            {"url": f"{_origin(host)}/", "url_rank": number, "title": "made-up-title"}
            for number, host in enumerate(self.hosts)
        ]
        self._write("Top Sites", "chromium-top-sites-5", 5, {"top_sites": top})
        guesses = [
            {"id": f"{address}{text}", "user_text": text, "url": address}
            for name in self.typed
            for text in (name[:length] for length in range(1, len(name) + 1))
            for address in (f"{_origin(name)}/", f"https://search.example/?q={text}")
        ]
        learnt = [{"key": host, "proto": text_field(1, host)} for host in self.hosts]
        rows: dict[str, list[dict[str, Any]]] = {
            "network_action_predictor": [
                {**each, "number_of_hits": 1, "number_of_misses": 0} for each in guesses
            ],
            "resource_prefetch_predictor_origin": learnt,
            "resource_prefetch_predictor_host_redirect": learnt,
            "lcp_critical_path_predictor": learnt,
        }
        self._write(
            "Network Action Predictor", "chromium-network-action-predictor", 0, rows
        )

    def _small_tables(self) -> None:
        time = webkit(self.at)
        cookie = dict.fromkeys(
            ("expires_utc", "last_access_utc", "last_update_utc", "creation_utc"), time
        ) | dict.fromkeys(
            (
                *("is_secure", "is_httponly", "has_expires", "is_persistent"),
                *("priority", "samesite", "source_scheme", "source_port"),
                *("source_type", "has_cross_site_ancestor"),
            ),
            1,
        )
        cookies = [
            {
                **cookie,
                "host_key": host,
                "top_frame_site_key": top,
                "name": "session",
                "value": "",
                "encrypted_value": b"v10made-up-cookie",
                "path": "/",
            }
            for each in self.hosts
            for host, top in ((f".{each}", ""), (_THIRD, _origin(each)))
        ]
        self._write("Cookies", "chromium-cookies-24", 24, {"cookies": cookies})
        bounces = [
            {"site": host, "first_user_activation_time": time} for host in self.hosts
        ]
        self._write("DIPS", "chromium-dips-11", 11, {"bounces": bounces})
        where = {"origin_scheme": "https", "origin_port": 443, "group_name": "d"}
        times = {
            "is_include_subdomains": 0,
            "expires_us_since_epoch": time,
            "last_access_us_since_epoch": time,
        }
        groups = [
            {
                **where,
                **times,
                "nik": json.dumps([_pickled(_origin(top)), False, 0]),
                "origin_host": host,
            }
            for each in self.hosts
            for host, top in ((each, each), (_THIRD, each))
        ]
        self._write(
            "Reporting and NEL",
            "chromium-reporting-2",
            2,
            {"reporting_endpoint_groups": groups},
        )
        tokens = [{"key": _origin(host), "proto": b""} for host in self.hosts]
        self._write(
            "Trust Tokens",
            "chromium-trust-tokens-2",
            2,
            {"trust_tokens_toplevel_config": tokens},
        )

    def _keys(self) -> list[tuple[str, str]]:
        """Storage keys with their hosts: sites, and a frame of a third on each."""
        own = [(f"{_origin(each)}/", each) for each in self.hosts]
        return own + [
            (f"{_origin(_THIRD)}/^0{_origin(each)}", _THIRD) for each in self.hosts
        ]

    def _buckets(self) -> None:
        zero = dict.fromkeys(
            (
                *("use_count", "last_accessed", "last_modified", "expiration", "quota"),
                *("persistent", "durability"),
            ),
            0,
        )
        rows = [
            {"storage_key": key, "host": host, "name": "_default", **zero}
            for key, host in self._keys()
        ]
        self._write(
            "WebStorage/QuotaManager", "chromium-quota-11", 11, {"buckets": rows}
        )
        for number, (key, _) in enumerate(self._keys(), 1):
            if "^" in key:
                folder = (
                    self.folder / f"WebStorage/{number}/IndexedDB/indexeddb.leveldb"
                )
                write_entries(folder, {b"\0": key.encode("utf-16-le")})
        for host in self.hosts:
            name = f"IndexedDB/https_{host}_0.indexeddb.leveldb"
            write_entries(self.folder / name, {b"\0": host.encode("utf-16-le")})

    def _entries(self) -> None:
        local, session, proto, characteristics = {b"VERSION": b"1"}, {}, {}, {}
        session[b"version"] = b"1"
        for number, (key, host) in enumerate(self._keys()):
            origin = key.replace("/^", "^").removesuffix("/").replace("^", "/^")
            local[f"_{origin}\0\1word".encode("latin-1")] = b"\1" + host.encode()
            local[f"META:{origin}".encode()] = b"\x08\1"
            local[f"METAACCESS:{origin}".encode()] = b"\x08\1"
            space = "0f5bc5b7_2dce_44b5_a32b_42a50089d5aa"
            session[f"namespace-{space}-{key}".encode()] = str(number).encode()
            session[f"map-{number}-word".encode()] = host.encode("utf-16-le")
        for host in self.hosts:
            proto[f"21_download,{host}".encode()] = text_field(
                1, f"{_origin(host)}/form.pdf"
            )
            digest = hashlib.md5(host.encode(), usedforsecurity=False).hexdigest()
            characteristics[digest.encode()] = b"\x08\1"
        write_entries(self.folder / "Local Storage/leveldb", local)
        write_entries(self.folder / "Session Storage", session)
        write_entries(self.folder / "shared_proto_db", proto)
        write_entries(self.folder / "Site Characteristics Database", characteristics)

    def _workers(self) -> None:
        rows: dict[bytes, bytes] = {b"INITDATA_DB_VERSION": b"2"}
        scripts = self.folder / "Service Worker/ScriptCache"
        scripts.mkdir(parents=True, exist_ok=True)
        for number, host in enumerate(self.hosts):
            origin, script = f"{_origin(host)}/", f"{_origin(host)}/worker.js"
            rows[f"INITDATA_UNIQUE_ORIGIN:{origin}".encode()] = b""
            rows[f"REG:{origin}\0{number}".encode()] = text_field(2, origin)
            rows[f"REGID_TO_ORIGIN:{number}".encode()] = origin.encode()
            rows[f"RES:{number}\0{number}".encode()] = text_field(2, script)
            digest = hashlib.sha1(str(number).encode(), usedforsecurity=False)
            name = digest.digest()[:8][::-1].hex()
            (scripts / f"{name}_0").write_bytes(f"made up {host}".encode())
            digest = hashlib.sha1(origin.encode(), usedforsecurity=False)
            cache = self.folder / f"Service Worker/CacheStorage/{digest.hexdigest()}"
            cache.mkdir(parents=True, exist_ok=True)
            index = text_field(2, origin) + text_field(3, origin)
            (cache / "index.txt").write_bytes(index)
        write_entries(self.folder / "Service Worker/Database", rows)

    def _files(self) -> None:
        origins: dict[bytes, bytes] = {b"LAST_PATH": b"%03d" % (len(self.hosts) - 1)}
        for number, host in enumerate(self.hosts):
            origins[f"ORIGIN:https_{host}_0".encode()] = b"%03d" % number
            place = self.folder / f"File System/{number:03d}/t/00"
            place.mkdir(parents=True, exist_ok=True)
            (place / "00000001").write_bytes(f"made up {host}".encode())
        write_entries(self.folder / "File System/Origins", origins)
        cache = (self.cache or self.folder) / "Cache/Cache_Data"
        cache.mkdir(parents=True, exist_ok=True)
        for number, host in enumerate(self.hosts):
            key = f"1/0/_dk_{_origin(host)} {_origin(host)} {_origin(host)}/"
            (cache / f"{number:016x}_0").write_bytes(b"\0" * 24 + key.encode())
        for folder in ("Sessions", "Sessions_Encrypted"):
            place = self.folder / folder
            place.mkdir(exist_ok=True)
            sealed = folder.endswith("Encrypted")
            tabs = b"v10" if sealed else "\0".join(self.hosts).encode("utf-16-le")
            (place / f"Tabs_{webkit(self.at)}").write_bytes(b"SNSS\x05\0\0\0" + tabs)

    def _documents(self) -> None:
        self._merge(
            "TransportSecurity",
            {
                "sts": [
                    {"host": host_hash(host), "mode": "force-https"}
                    for host in self.hosts
                ],
                "version": 2,
            },
        )
        servers = [
            {"server": _origin(host), "anonymization": []} for host in self.hosts
        ]
        properties = {"servers": servers, "version": 5}
        self._merge(
            "Network Persistent State", {"net": {"http_server_properties": properties}}
        )
        children = [
            {"type": "url", "url": each, "name": "b"} for each in self.bookmarks
        ]
        if children:
            self._merge("Bookmarks", {"roots": {"other": {"children": children}}})

    def preferences(self) -> dict[str, Any]:
        """What `Preferences` say of the sites."""
        engagement: dict[str, Any] = {
            f"{_origin(host)}:443,*": {"setting": {}} for host in self.hosts
        }
        zoom = {host: {"zoom_level": 1.0} for host in self.hosts}
        return {
            "profile.content_settings.exceptions": {
                "site_engagement": engagement,
                "notifications": {
                    f"https://[*.]{host}:443,*": {"setting": 1} for host in self.hosts
                },
            },
            "partition.per_host_zoom_levels": {"x": zoom},
        }

    def _merge(self, name: str, document: dict[str, Any]) -> None:
        text = json.dumps(document, separators=(",", ":"))
        (self.folder / name).write_text(text, "utf-8")

    def _metrics(self) -> None:
        rows = {
            "urls": [
                {
                    "url_id": number,
                    "url": f"{_origin(host)}/",
                    "last_timestamp": webkit(self.at),
                }
                for number, host in enumerate(self.hosts, 1)
            ],
            "metrics": [
                {
                    **dict.fromkeys(("event_timestamp", "ukm_source_id"), 1),
                    **dict.fromkeys(("event_id", "metric_value"), 1),
                    **dict.fromkeys(("event_hash", "metric_hash"), "0"),
                    "url_id": number,
                }
                for number in range(1, len(self.hosts) + 1)
            ],
        }
        self._write("../segmentation_platform/ukm_db", "chromium-ukm", 0, rows)
