"""Debian's Chromium with a window, used as a person uses it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.real.browsers import Chromium
from tests.real.forgetting.display import Display
from tests.real.forgetting.headed import AT, Headed, environment
from tests.real.waiting import wait_for

__all__ = ["FOLDER", "HeadedChromium"]

FOLDER = ".config/chromium"
"""Where it keeps its profiles, from the home; its cache is found beside, by itself."""

_PREFERENCES = {
    "search": {"suggest_enabled": True},
    "credentials_enable_service": True,
    "net": {"network_prediction_options": 0},
    "autofill": {"profile_enabled": True},
}
"""What Debian switches off and other builds leave on."""
_EXTENSION = {
    "manifest_version": 3,
    "name": "Asks",
    "version": "1",
    "permissions": ["history", "browsingData", "downloads", "downloads.ui"],
    "background": {"service_worker": "worker.js"},
}


class HeadedChromium(Chromium, Headed):
    """A Chromium whose home is `home`, on a screen."""

    def __init__(
        self, home: Path, port: int, fingerprint: str, screen: Display
    ) -> None:
        folder = home / FOLDER
        wanted = folder / "Default/Preferences"
        if not wanted.exists():
            wanted.parent.mkdir(parents=True)
            wanted.write_text(json.dumps(_PREFERENCES))
        (home / "Downloads").mkdir(exist_ok=True)
        super().__init__(
            folder,
            port,
            home,
            switches=(
                f"--ignore-certificate-errors-spki-list={fingerprint}",
                "--window-size=1200,850",
                "--enable-unsafe-extension-debugging",
            ),
            environment=environment(home, screen),
        )
        self._home = home
        self._screen = screen
        self.call(
            "Browser.setDownloadBehavior",
            behavior="allow",
            downloadPath=str(home / "Downloads"),
        )
        self.call("Page.bringToFront")
        screen.attend("chromium")

    def run(self, expression: str) -> Any:
        """The value of an expression in the page, waiting for what it promises."""
        answer = self.call(
            "Runtime.evaluate",
            expression=expression,
            awaitPromise=True,
            returnByValue=True,
            userGesture=True,
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def address(self, typed: str, arrives: str) -> None:
        """Type into the address bar, letter by letter, and go."""
        self._screen.press("ctrl+l")
        self._screen.type(typed)
        time.sleep(0.4)  # until matches of the last letter are there
        self._screen.press("Return")
        self.wait(AT.format(arrives))

    def fetch(self, address: str) -> None:
        """Download a file into the home's own folder."""
        self.call("Page.navigate", url=address)
        wait_for(self._home / "Downloads" / address.rpartition("/")[2])

    def tab(self, address: str, *, close: bool = False) -> None:
        """Open a page in a tab of its own, beside this one; close it again."""
        made = self.call("Target.createTarget", url=address, background=True)
        target: str = made["targetId"]
        with self._within(target):
            self.wait(AT.format(address))
            time.sleep(0.5)  # until its icon is there
        if close:
            self.call("Target.closeTarget", targetId=target)

    def bookmark(self, address: str, title: str) -> None:
        """Keep a page on the bookmarks bar."""
        kept = json.dumps({"parentId": "1", "url": address, "title": title})
        self.open("chrome://bookmarks/")
        self.run(f"chrome.bookmarks.create({kept})")

    def save_password(self, origin: str, user: str, password: str) -> None:
        """Save a sign-in by the page where a person adds one."""
        self.open("chrome://password-manager/passwords")
        self.run(
            "chrome.passwordsPrivate.addPassword("
            + json.dumps(
                {
                    "url": origin,
                    "username": user,
                    "password": password,
                    "note": "",
                    "useAccountStore": False,
                }
            )
            + ")"
        )

    def never_save(self, origin: str) -> None:
        """Chromium asks this only in a bubble: left to the made-up homes."""
        del origin

    def with_rights(self, expression: str) -> Any:
        """The value of an expression in an extension that may ask for history, site
        data and downloads: the browser's own interface to them.
        """
        folder = self._home.parent / f"{self._home.name}-extension"
        folder.mkdir(exist_ok=True)
        (folder / "manifest.json").write_text(json.dumps(_EXTENSION))
        (folder / "worker.js").write_text("")
        made = self.call("Extensions.loadUnpacked", path=str(folder))["id"]
        with self._within(self.target("service_worker", made)):
            # A worker that is just waking has a context before it has its rights.
            self.wait("'history' in chrome")
            return self.run(expression)

    @contextmanager
    def _within(self, target: str) -> Iterator[None]:
        """What is said within goes to that page or worker."""
        page, self._session = self._session, self.attach(target)
        try:
            yield
        finally:
            self._session = page
