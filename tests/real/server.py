"""A loopback web server with many names.

Browsers are told to use it as their proxy, so that every address they ask for, whatever
its host, is answered here and nothing leaves this computer.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

__all__ = ["serving"]

_FORM = b"""<form action="/done" method="get">
<input id="name" name="full_name" autocomplete="name"><input id="town" name="town">
<button id="go">go</button></form>"""


class _Handler(BaseHTTPRequestHandler):
    """Answers any GET with a small page of the name that was asked for."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        download = address.path == "/file.bin"
        body = (
            b"\0" * 5000
            if download
            else b"<!doctype html><title>%s</title><p>page</p>" % address.path.encode()
        )
        if address.path == "/form":
            body += _FORM
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        if download:
            self.send_header("Content-Type", "application/octet-stream")
            self.send_header("Content-Disposition", 'attachment; filename="file.bin"')
        else:
            self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def do_CONNECT(self) -> None:
        """Nothing behind TLS is here: a browser's own calls home end at this door."""
        self.send_error(502)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
        del format, args


class _Server(ThreadingHTTPServer):
    """A server whose callers may hang up: a browser that is killed does."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing."""
        del request, client_address


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler] = _Handler) -> Iterator[int]:
    """Serve on a free loopback port until the block ends; gives the port."""
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
