"""A loopback web server with many names, plain and behind TLS.

Browsers use it as their proxy, so that every address they ask for, whatever its host and
port, is answered here and nothing leaves this computer. What is behind TLS is answered
with a certificate made for this run.
"""

from __future__ import annotations

import json
import ssl
import struct
import subprocess
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from tests.real import server
from tests.real.browsers import program
from tests.real.forgetting.hosts import EVERY_HOST, IN_FRAMES, SIGNED_IN, SITE
from tests.real.forgetting.pages import EMBEDDED, FORM, RICH, SCRIPT, WORKER

__all__ = ["Identity", "identity", "serving"]


@dataclass(frozen=True)
class Identity:
    """Who the server says it is: the folder of the authority, of the one key, and of a
    certificate for each host: one that named them all would stand in every cache.
    """

    folder: Path

    @property
    def authority(self) -> Path:
        """The certificate of the authority."""
        return self.folder / "ca.pem"

    def context(self, host: str) -> ssl.SSLContext:
        """What to answer as this host with."""
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.load_cert_chain(self.folder / f"{host}.pem", self.folder / "tls.key")
        return made

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the server's public key, as Chromium's switch wants it."""
        return _openssl(
            f"openssl pkey -in '{self.folder}/tls.key' -pubout -outform der"
            " | openssl dgst -sha256 -binary | openssl base64"
        )


def identity(folder: Path) -> Identity:
    """Make an authority, a key, and a certificate for every host of this browsing."""
    program("openssl")
    key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -batch"
    _openssl(
        f"cd '{folder}'"
        f" && openssl req -x509 {key} -keyout ca.key -out ca.pem -days 30 -subj /CN=A"
        f" && openssl req {key} -keyout tls.key -out tls.csr -subj /CN=S"
        f" && for host in {' '.join(EVERY_HOST)}; do"
        "  [[ $host =~ ^[0-9.]+$ ]] && kind=IP || kind=DNS;"
        "  openssl x509 -req -in tls.csr -CA ca.pem -CAkey ca.key -CAcreateserial"
        "  -out $host.pem -days 30 -extfile <(echo subjectAltName=$kind:$host);"
        " done"
    )
    return Identity(folder)


def _openssl(command: str) -> str:
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def _icon(host: str) -> bytes:
    """A picture of one colour, another one for each host."""
    colour = zlib.crc32(host.encode()).to_bytes(4, "big")[:3]
    rows = b"".join(b"\0" + colour * 16 for _ in range(16))

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


_TYPES = {
    "js": "text/javascript",
    "png": "image/png",
    "ico": "image/png",
    "bin": "application/octet-stream",
}


class _Handler(BaseHTTPRequestHandler):
    """Answers any GET of a known host with a small page of the name asked for."""

    protocol_version = "HTTP/1.1"
    contexts: ClassVar[dict[str, ssl.SSLContext]]
    _tunnel: str = ""

    def do_CONNECT(self) -> None:
        """Go on behind TLS. A browser's own calls home end at this door."""
        context = self.contexts.get(self.path.rpartition(":")[0])
        if context is None:
            self.send_error(502)
            return
        self._tunnel = self.path.removesuffix(":443")
        self.send_response(200)
        self.end_headers()
        try:
            self.connection = context.wrap_socket(self.connection, server_side=True)
        except (OSError, ssl.SSLError):
            self.close_connection = True
            return
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb")

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        host = self._tunnel or address.netloc
        if host.partition(":")[0] not in EVERY_HOST:
            self.send_error(502)
            return
        kind = address.path.rpartition(".")[2] if "." in address.path else "html"
        asked = {name: each[0] for name, each in parse_qs(address.query).items()}
        body = _body(host, address.path, asked)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", _TYPES.get(kind, "text/html; charset=utf-8"))
        self.send_header("Cache-Control", "max-age=86400")
        if kind == "bin":
            self.send_header("Content-Disposition", "attachment")
        for name, value in _remembered(host) if self._tunnel else ():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        """Forms are sent off here; what they say is thrown away."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def finish(self) -> None:
        """Close the way behind TLS too: the server knows only the one in front.

        A browser that went away in the middle of an answer must not leave it open.
        """
        for each in (self.wfile, self.rfile, self.connection):
            with suppress(OSError):
                each.close()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
        del format, args


def _remembered(host: str) -> Iterator[tuple[str, str]]:
    """Headers that make a browser note the host in stores of their own."""
    yield "Set-Cookie", "token=abc; Max-Age=9000000; Secure; SameSite=None"
    yield "Set-Cookie", "part=x; Max-Age=9000000; Secure; SameSite=None; Partitioned"
    if host.endswith((SITE, SIGNED_IN)):
        yield "Strict-Transport-Security", "max-age=31536000; includeSubDomains"
        ends = [{"url": f"https://{host}/report"}]
        group = {"group": "nel", "max_age": 86400, "endpoints": ends}
        yield "Report-To", json.dumps(group)
        yield "NEL", '{"report_to":"nel","max_age":86400,"success_fraction":1.0}'
        yield "Accept-CH", "Sec-CH-UA-Model, Sec-CH-UA-Platform-Version"
        yield "No-Vary-Search", 'params=("page")'


def _body(host: str, path: str, asked: dict[str, str]) -> bytes:
    match path:
        case "/favicon.ico" | "/icon.png":
            return _icon(host)
        case "/script.js":
            return SCRIPT.encode()
        case "/worker.js":
            return WORKER.encode()
        case "/complete/search" | "/ac/":
            words = asked.get("q", "")
            return json.dumps([words, [f"{words} nearby"]]).encode()
        case "/rich":
            return _page(host, path, RICH).encode()
        case "/embedded":
            return EMBEDDED.encode()
        case "/frame":
            inner = IN_FRAMES[int(asked["number"])]
            inside = f"<iframe src='https://{inner}/embedded'></iframe>"
            return _page(host, path, inside).encode()
        case "/form":
            return _page(host, path, FORM).encode()
        case _ if path.endswith(".bin"):
            return b"\0" * 5000
        case _:
            return _page(host, path, f"<p>{host}</p><a href='/next'>on</a>").encode()


def _page(host: str, path: str, inside: str) -> str:
    icon = "" if path == "/plain" else "<link rel=icon href='/icon.png'>"
    return (
        f"<!doctype html><title>{host} {path}</title>{icon}"
        f"<script src='/script.js'></script>{inside}"
    )


@contextmanager
def serving(who: Identity) -> Iterator[int]:
    """Serve on a free loopback port until the block ends; gives the port."""
    contexts = {host: who.context(host) for host in EVERY_HOST}
    members: dict[str, Any] = {"contexts": contexts}
    with server.serving(type("Named", (_Handler,), members)) as port:
        yield port
