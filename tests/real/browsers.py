"""Drive Debian's Chromium and Firefox the way their own tools do.

Chromium is spoken to over the DevTools pipe (file descriptors 3 and 4, messages end in
NUL), Firefox over Marionette (TCP on loopback, `LENGTH:JSON`). Every browser is ended by
the process id that was started here.
"""

from __future__ import annotations

import itertools
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.real.waiting import wait_for

__all__ = ["Chromium", "Firefox", "program"]

_PATIENCE = 60.0
_OF_THE_BROWSER = ("Target.", "Browser.", "Extensions.")
"""Commands that belong to no page."""


def program(name: str) -> str:
    """The path of a real program; without it the test is left out, in CI it fails."""
    found = shutil.which(name)
    if found is None:
        reason = f"{name} is not installed here"
        if os.environ.get("HYGIENE_REAL"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


class _Browser:
    """One running browser with one profile."""

    process: subprocess.Popen[bytes]
    _ends: tuple[int, ...] = ()

    def kill(self) -> None:
        """End it as a crash would: no clean-up, no flush. Nothing if it has ended."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self._hang_up()

    def _hang_up(self) -> None:
        """Close what we spoke through."""
        raise NotImplementedError

    def _wait_for_end(self) -> None:
        try:
            self.process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise


class Chromium(_Browser):
    """Debian's Chromium on `folder` as its user-data folder; `scratch` is its HOME.

    `environment` takes the place of that of this process, `HOME` included.
    """

    def __init__(
        self,
        folder: Path,
        port: int,
        scratch: Path,
        *,
        switches: Sequence[str] = ("--headless=new",),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        to_browser, ours = os.pipe()
        theirs, from_browser = os.pipe()[::-1]
        self._in, self._out = self._ends = ours, from_browser
        # A shell hands the pipes over as 3 and 4; code of ours between fork and exec
        # could meet a lock that the server's threads hold.
        hand_over = f'exec "$@" 3<&{to_browser} 4>&{theirs}'
        self.process = subprocess.Popen(
            [
                *("bash", "-c", hand_over, "bash", program("chromium")),
                *("--no-sandbox", "--disable-gpu", "--disable-quic", *switches),
                *("--no-first-run", "--disable-background-networking"),
                *("--disable-component-update", "--disable-sync", "--disable-breakpad"),
                *("--password-store=basic", "--disable-dev-shm-usage"),
                f"--user-data-dir={folder}",
                f"--proxy-server=http://127.0.0.1:{port}",
                "--proxy-bypass-list=<-loopback>",
                "--remote-debugging-pipe",
                "about:blank",
            ],
            env=environment or _environment(scratch),
            pass_fds=(to_browser, theirs),
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(theirs)
        self._scratch = scratch
        self._numbers = itertools.count(1)
        self._rest = b""
        self._session = ""
        self._session = self.attach(self.target("page"))
        self.call("Page.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Send one command and return its result."""
        number = next(self._numbers)
        message: dict[str, Any] = {"id": number, "method": method, "params": params}
        if self._session and not method.startswith(_OF_THE_BROWSER):
            message["sessionId"] = self._session
        os.write(self._in, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result

    def attach(self, target: str) -> str:
        """A session with a target: a page or a worker."""
        made = self.call("Target.attachToTarget", targetId=target, flatten=True)
        session: str = made["sessionId"]
        return session

    def target(self, kind: str, named: str = "") -> str:
        """The first target of a kind, `page` or `service_worker`, with a text in its
        address, once it is there.
        """
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            for each in self.call("Target.getTargets")["targetInfos"]:
                if each["type"] == kind and named in each["url"]:
                    found: str = each["targetId"]
                    return found
            time.sleep(0.05)
        raise TimeoutError(kind)

    def _next(self) -> dict[str, Any]:
        until = time.monotonic() + _PATIENCE
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._out], [], [], until - time.monotonic())
            assert ready, "the browser says nothing"
            self._rest += os.read(self._out, 1 << 16)
        message, _, self._rest = self._rest.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found

    def open(self, address: str) -> None:
        """Go to a page and wait until it has loaded."""
        self.call("Page.navigate", url=address)
        self._until(
            "document.readyState == 'complete' && location.href != 'about:blank'"
        )

    def _until(self, condition: str) -> None:
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            answer = self.call("Runtime.evaluate", expression=condition)
            if answer["result"].get("value") is True:
                return
            time.sleep(0.05)
        raise TimeoutError(condition)

    def fill_form(self, address: str, town: str) -> None:
        """Type into the form of a page and send it off."""
        self.open(address)
        self.call(
            "Runtime.evaluate", expression="document.getElementById('town').focus()"
        )
        for letter in town:
            self.call("Input.dispatchKeyEvent", type="keyDown", text=letter, key=letter)
            self.call("Input.dispatchKeyEvent", type="keyUp", key=letter)
        for kind in ("keyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent",
                type=kind,
                key="Enter",
                code="Enter",
                text="\r" if kind == "keyDown" else "",
                windowsVirtualKeyCode=13,
            )
        self._until("location.pathname == '/done'")

    def download(self, address: str) -> None:
        """Fetch a file and wait for it."""
        downloads = self._scratch / "downloads"
        self.call(
            "Browser.setDownloadBehavior", behavior="allow", downloadPath=str(downloads)
        )
        self.call("Page.navigate", url=address)
        wait_for(downloads / "file.bin", _PATIENCE)

    def close(self) -> None:
        """End it as a person would."""
        self.call("Browser.close")
        self._wait_for_end()

    def _hang_up(self) -> None:
        for descriptor in self._ends:
            os.close(descriptor)
        self._ends = ()


class Firefox(_Browser):
    """Debian's Firefox ESR on `folder` as its profile; `scratch` is its HOME.

    `environment` takes the place of that of this process, `HOME` included.
    """

    def __init__(
        self,
        folder: Path,
        port: int,
        scratch: Path,
        *,
        switches: Sequence[str] = ("--headless",),
        preferences: Mapping[str, bool | int | str] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        downloads = scratch / "downloads"
        marionette = _free_port()
        written = {
            "marionette.port": marionette,
            "network.proxy.type": 1,
            "network.proxy.http": "127.0.0.1",
            "network.proxy.http_port": port,
            "network.proxy.ssl": "127.0.0.1",
            "network.proxy.ssl_port": port,
            "network.proxy.allow_hijacking_localhost": True,
            "browser.shell.checkDefaultBrowser": False,
            "datareporting.policy.dataSubmissionEnabled": False,
            "dom.security.https_first": False,
            "dom.security.https_first_schemeless": False,
            "browser.download.folderList": 2,
            "browser.download.dir": str(downloads),
            "browser.download.alwaysOpenPanel": False,
            "browser.helperApps.neverAsk.saveToDisk": "application/octet-stream",
            **(preferences or {}),
        }
        (folder / "user.js").write_text(
            "".join(
                f"user_pref({json.dumps(name)}, {json.dumps(value)});\n"
                for name, value in written.items()
            )
        )
        self.process = subprocess.Popen(
            [
                program("firefox-esr"),
                *("--marionette", "--remote-allow-system-access", *switches),
                *("--no-remote", "--profile", str(folder)),
            ],
            env=environment or _environment(scratch),
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._scratch = scratch
        self._numbers = itertools.count(1)
        self._socket = _connect(marionette)
        self._rest = b""
        self._read()
        self.call("WebDriver:NewSession", capabilities={})

    def call(self, command: str, **params: Any) -> Any:
        """Send one command and return its result."""
        number = next(self._numbers)
        message = json.dumps([0, number, command, params]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, answered, error, result = self._read()
        assert answered == number
        assert error is None, error
        return result

    def _read(self) -> Any:
        while b":" not in self._rest:
            self._rest += self._receive()
        length, _, self._rest = self._rest.partition(b":")
        while len(self._rest) < int(length):
            self._rest += self._receive()
        message, self._rest = self._rest[: int(length)], self._rest[int(length) :]
        return json.loads(message)

    def _receive(self) -> bytes:
        got = self._socket.recv(1 << 16)
        assert got, "the browser hung up"
        return got

    def open(self, address: str) -> None:
        """Go to a page and wait until it has loaded."""
        self.call("WebDriver:Navigate", url=address)

    def fill_form(self, address: str, town: str) -> None:
        """Type into the form of a page and send it off."""
        self.open(address)
        field = self.call("WebDriver:FindElement", using="css selector", value="#town")
        element = next(iter(field["value"].values()))
        self.call("WebDriver:ElementSendKeys", id=element, text=town)
        button = self.call("WebDriver:FindElement", using="css selector", value="#go")
        self.call("WebDriver:ElementClick", id=next(iter(button["value"].values())))

    def download(self, address: str) -> None:
        """Fetch a file and wait for it."""
        self.call(
            "WebDriver:ExecuteScript", script=f"location.href = {address!r}", args=[]
        )
        wait_for(self._scratch / "downloads/file.bin", _PATIENCE)

    def close(self) -> None:
        """End it as a person would."""
        self.call("Marionette:Quit", flags=["eAttemptQuit"])
        self._wait_for_end()

    def _hang_up(self) -> None:
        self._socket.close()


def _environment(scratch: Path) -> dict[str, str]:
    (scratch / "downloads").mkdir(parents=True, exist_ok=True)
    return {**os.environ, "HOME": str(scratch), "XDG_CONFIG_HOME": str(scratch / "c")}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _connect(port: int) -> socket.socket:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE)
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
