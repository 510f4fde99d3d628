"""Debian's Firefox ESR with a window, used as a person uses it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from tests.real.browsers import Firefox
from tests.real.forgetting.display import Display
from tests.real.forgetting.headed import AT, Headed, environment
from tests.real.waiting import wait_for

__all__ = ["CACHE", "FOLDER", "PROFILE", "HeadedFirefox"]

FOLDER = ".config/mozilla/firefox"
"""Where it keeps its profiles, from the home."""
PROFILE = f"{FOLDER}/k3y9.default-esr"
CACHE = ".cache/mozilla/firefox/k3y9.default-esr"

_INI = """[Profile0]
Name=default-esr
IsRelative=1
Path=k3y9.default-esr
Default=1

[General]
StartWithLastProfile=1
Version=2
"""
_PREFERENCES: dict[str, bool | int | str] = {
    # Without this, a driven browser is given a hundred settings of its own.
    "remote.prefs.recommended": False,
    "browser.aboutwelcome.enabled": False,
    "browser.startup.page": 3,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.search.suggest.enabled": True,
    "browser.urlbar.suggest.searches": True,
    "browser.urlbar.showSearchSuggestionsFirst": False,
    "app.normandy.enabled": False,
    "app.update.auto": False,
    "toolkit.telemetry.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "signon.rememberSignons": True,
    "signon.showAutoCompleteFooter": False,
    "browser.sessionstore.interval": 1000,
    "datareporting.policy.dataSubmissionPolicyBypassNotification": True,
    "termsofuse.bypassNotification": True,
    "trailhead.firstrun.didSeeAboutWelcome": True,
    "browser.privatebrowsing.vpnpromourl": "",
    "idle.lastDailyNotification": 2_000_000_000,
}


class HeadedFirefox(Firefox, Headed):
    """A Firefox whose home is `home`, on a screen."""

    def __init__(self, home: Path, port: int, screen: Display) -> None:
        profile = home / PROFILE
        profile.mkdir(parents=True, exist_ok=True)
        (profile.parent / "profiles.ini").write_text(_INI)
        (home / "Downloads").mkdir(exist_ok=True)
        super().__init__(
            profile,
            port,
            home,
            switches=(),
            preferences={
                **_PREFERENCES,
                "browser.download.dir": str(home / "Downloads"),
            },
            environment={
                **environment(home, screen),
                "MOZ_CRASHREPORTER_DISABLE": "1",
            },
        )
        self._home = home
        self._screen = screen
        screen.attend("firefox")

    def trust(self, authority: Path) -> None:
        """Let the server's authority be one that this profile believes."""
        text = "".join(authority.read_text().splitlines()[1:-1])
        self.inside(
            "Cc['@mozilla.org/security/x509certdb;1'].getService(Ci.nsIX509CertDB)"
            f".addCertFromBase64({text!r}, 'CT,,');"
        )

    def inside(self, script: str) -> Any:
        """Run a script with the browser's own rights; it may `await` and `return`."""
        return self._in_context("chrome", script)

    def run(self, expression: str) -> Any:
        """The value of an expression in the page, once it is there."""
        return self._in_context("content", f"return await ({expression});")

    def _in_context(self, context: str, script: str) -> Any:
        self.call("Marionette:SetContext", value=context)
        try:
            answer = self.call(
                "WebDriver:ExecuteAsyncScript",
                script="const done = arguments[arguments.length - 1];"
                f"(async () => {{ {script} }})()"
                ".then(value => done({value}), error => done({error: String(error)}));",
                args=[],
                newSandbox=True,
                sandbox=None if context == "content" else "system",
            )
        finally:
            self.call("Marionette:SetContext", value="content")
        value = answer["value"]
        assert value is not None, "the page went away"
        assert "error" not in value, value["error"]
        return value.get("value")

    def address(self, typed: str, arrives: str) -> None:
        """Type into the address bar, letter by letter, and go. A name that is not
        whole is picked from what the bar shows below.
        """
        self._screen.press("ctrl+l")
        self._screen.type(typed)
        time.sleep(0.6)  # until matches of the last letter are there
        picks = "." not in typed and " " not in typed
        self._screen.press(*(["Down"] if picks else []), "Return")
        self.wait(AT.format(arrives))

    def fetch(self, address: str) -> None:
        """Download a file into the home's own folder."""
        self.run(f"void setTimeout(() => location.href = {address!r})")
        wait_for(self._home / "Downloads" / address.rpartition("/")[2])

    def tab(self, address: str, *, close: bool = False) -> None:
        """Open a page in a tab of its own, beside this one; close it again."""
        here = self.call("WebDriver:GetWindowHandle")["value"]
        made = self.call("WebDriver:NewWindow", type="tab", focus=False)
        self.call("WebDriver:SwitchToWindow", handle=made["handle"], focus=True)
        self.open(address)
        if close:
            time.sleep(1.2)  # the session is written once a second
            self.call("WebDriver:CloseWindow")
        self.call("WebDriver:SwitchToWindow", handle=here, focus=True)

    def bookmark(self, address: str, title: str) -> None:
        """Keep a page in the bookmarks."""
        self.inside(
            "const {PlacesUtils} = ChromeUtils.importESModule("
            "'resource://gre/modules/PlacesUtils.sys.mjs');"
            "await PlacesUtils.bookmarks.insert({parentGuid:"
            f" PlacesUtils.bookmarks.menuGuid, url: {address!r}, title: {title!r}}});"
        )

    def save_password(self, origin: str, user: str, password: str) -> None:
        """Save a sign-in."""
        self.inside(
            "const made = Cc['@mozilla.org/login-manager/loginInfo;1']"
            ".createInstance(Ci.nsILoginInfo);"
            f"made.init({origin!r}, {origin!r}, null, {user!r}, {password!r}, '', '');"
            "await Services.logins.addLoginAsync(made);"
        )

    def never_save(self, origin: str) -> None:
        """Say that sign-ins of a site are never to be saved."""
        self.inside(f"Services.logins.setLoginSavingEnabled({origin!r}, false);")
