"""Which browsers there are and where each keeps its profiles: one table.

`browser_history` (0.5) is the first source: a row with a `peer` takes that class's
`linux_path`, `mac_path` and `windows_path`. The rows add what it lacks: Snap, Flatpak
and Store packages, channels, the folders of new releases, and browsers it does not know.
Sources of our own places: the ForensicArtifacts, BleachBit and KAPE tables, and real
profiles of Chromium 156, Firefox 153, GNOME Web 43 and Falkon 22.12.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from hygiene.contract import Platform

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["BROWSERS", "Browser", "Family"]


class Family(StrEnum):
    """Which layout and formats a browser's profiles have."""

    CHROMIUM = "chromium"
    FIREFOX = "firefox"
    SAFARI = "safari"
    EPIPHANY = "epiphany"
    FALKON = "falkon"
    UNSUPPORTED = "unsupported"
    FOLDER_ONLY = "folder-only"


@dataclass(frozen=True, slots=True)
class Browser:
    """One browser in one packaging. `id` is stable for ever. `linux`, `macos` and
    `windows` are patterns of `Home.find`, relative to the home, that end at the folder
    which holds the profiles; the two bases `{desktop}` and `{downloads}` stand for the
    person's folders of that name. `peer` names the browser's class in `browser_history`.
    """

    id: str
    name: str
    family: Family
    linux: tuple[str, ...] = ()
    macos: tuple[str, ...] = ()
    windows: tuple[str, ...] = ()
    peer: str = ""

    def places(self, platform: Platform) -> tuple[str, ...]:
        """Patterns of the folders that hold this browser's profiles, each once."""
        own = {
            Platform.LINUX: self.linux,
            Platform.MACOS: self.macos,
            Platform.WINDOWS: self.windows,
        }[platform]
        peer = _peer_places().get((self.peer, platform))
        first = () if peer is None or peer in _own_places() else (peer,)
        return tuple(dict.fromkeys(first + own))


_BASES = {
    Platform.LINUX: ((".config/", "{config}/"), (".local/share/", "{data}/")),
    Platform.MACOS: (("Library/Application Support/", "{config}/"),),
    Platform.WINDOWS: (
        ("AppData/Local/", "{local}/"),
        ("AppData/Roaming/", "{config}/"),
    ),
}


def _pattern(path: str, platform: Platform) -> str:
    """A peer's path as a pattern of ours: with a base, and ending above the profiles."""
    for start, base in _BASES[platform]:
        if path.startswith(start):
            path = base + path.removeprefix(start)
    return path.rstrip("/").removesuffix("/Profiles").removesuffix("/Default")


@cache
def _peer_places() -> Mapping[tuple[str, Platform], str]:
    """Patterns by class name and platform.

    Imported on first use: it costs about 30 ms and 8 MB, because it loads `subprocess`,
    `sqlite3` and `tempfile` for its own readers. Reading class attributes runs none of
    them; nothing is logged, written or started.
    """
    from browser_history import browsers  # noqa: PLC0415

    attributes = {
        Platform.LINUX: "linux_path",
        Platform.MACOS: "mac_path",
        Platform.WINDOWS: "windows_path",
    }
    places: dict[tuple[str, Platform], str] = {}
    for name in {row.peer for row in BROWSERS if row.peer}:
        for platform, attribute in attributes.items():
            path = getattr(getattr(browsers, name, None), attribute, None)
            if path:
                places[name, platform] = _pattern(path, platform)
    return places


@cache
def _own_places() -> frozenset[str]:
    """Places that a row names itself. They win: the peer's Edge is another channel's."""
    return frozenset(
        place for row in BROWSERS for place in row.linux + row.macos + row.windows
    )


_FLATPAK = ".var/app/"
_TOR = "/Browser/TorBrowser"

BROWSERS: tuple[Browser, ...] = (
    # Chromium family: the folder that holds `Local State` and the profile folders.
    Browser(
        "chromium",
        "Chromium",
        Family.CHROMIUM,
        macos=("{config}/Chromium",),
        peer="Chromium",
    ),
    Browser(
        "chromium-snap",
        "Chromium (Snap)",
        Family.CHROMIUM,
        linux=("snap/chromium/common/chromium",),
    ),
    Browser(
        "chromium-flatpak",
        "Chromium (Flatpak)",
        Family.CHROMIUM,
        linux=(_FLATPAK + "org.chromium.Chromium/config/chromium",),
    ),
    Browser(
        "ungoogled-chromium-flatpak",
        "ungoogled-chromium (Flatpak)",
        Family.CHROMIUM,
        linux=(
            _FLATPAK
            + "io.github.ungoogled_software.ungoogled_chromium/config/chromium",
        ),
    ),
    Browser("chrome", "Google Chrome", Family.CHROMIUM, peer="Chrome"),
    Browser(
        "chrome-beta",
        "Google Chrome Beta",
        Family.CHROMIUM,
        linux=("{config}/google-chrome-beta",),
        macos=("{config}/Google/Chrome Beta",),
        windows=("{local}/Google/Chrome Beta/User Data",),
    ),
    Browser(
        "chrome-dev",
        "Google Chrome Dev",
        Family.CHROMIUM,
        linux=("{config}/google-chrome-unstable",),
        macos=("{config}/Google/Chrome Dev",),
        windows=("{local}/Google/Chrome Dev/User Data",),
    ),
    Browser(
        "chrome-canary",
        "Google Chrome Canary",
        Family.CHROMIUM,
        macos=("{config}/Google/Chrome Canary",),
        windows=("{local}/Google/Chrome SxS/User Data",),
    ),
    Browser(
        "chrome-flatpak",
        "Google Chrome (Flatpak)",
        Family.CHROMIUM,
        linux=(_FLATPAK + "com.google.Chrome/config/google-chrome",),
    ),
    Browser(
        "chrome-remote-desktop",
        "Google Chrome (Remote Desktop)",
        Family.CHROMIUM,
        linux=("{config}/chrome-remote-desktop/chrome-config/google-chrome",),
    ),
    Browser(
        "edge",
        "Microsoft Edge",
        Family.CHROMIUM,
        linux=("{config}/microsoft-edge",),
        peer="Edge",
    ),
    Browser(
        "edge-beta",
        "Microsoft Edge Beta",
        Family.CHROMIUM,
        linux=("{config}/microsoft-edge-beta",),
        macos=("{config}/Microsoft Edge Beta",),
        windows=("{local}/Microsoft/Edge Beta/User Data",),
    ),
    Browser(
        "edge-dev",
        "Microsoft Edge Dev",
        Family.CHROMIUM,
        linux=("{config}/microsoft-edge-dev",),
        macos=("{config}/Microsoft Edge Dev",),
        windows=("{local}/Microsoft/Edge Dev/User Data",),
    ),
    Browser(
        "edge-canary",
        "Microsoft Edge Canary",
        Family.CHROMIUM,
        macos=("{config}/Microsoft Edge Canary",),
        windows=("{local}/Microsoft/Edge SxS/User Data",),
    ),
    Browser(
        "edge-flatpak",
        "Microsoft Edge (Flatpak)",
        Family.CHROMIUM,
        linux=(_FLATPAK + "com.microsoft.Edge/config/microsoft-edge",),
    ),
    Browser("brave", "Brave", Family.CHROMIUM, peer="Brave"),
    Browser(
        "brave-beta",
        "Brave Beta",
        Family.CHROMIUM,
        linux=("{config}/BraveSoftware/Brave-Browser-Beta",),
        macos=("{config}/BraveSoftware/Brave-Browser-Beta",),
        windows=("{local}/BraveSoftware/Brave-Browser-Beta/User Data",),
    ),
    Browser(
        "brave-nightly",
        "Brave Nightly",
        Family.CHROMIUM,
        linux=("{config}/BraveSoftware/Brave-Browser-Nightly",),
        macos=("{config}/BraveSoftware/Brave-Browser-Nightly",),
        windows=("{local}/BraveSoftware/Brave-Browser-Nightly/User Data",),
    ),
    Browser(
        "brave-snap",
        "Brave (Snap)",
        Family.CHROMIUM,
        linux=("snap/brave/current/.config/BraveSoftware/Brave-Browser",),
    ),
    Browser(
        "brave-flatpak",
        "Brave (Flatpak)",
        Family.CHROMIUM,
        linux=(_FLATPAK + "com.brave.Browser/config/BraveSoftware/Brave-Browser",),
    ),
    Browser("opera", "Opera", Family.CHROMIUM, peer="Opera"),
    Browser(
        "opera-beta",
        "Opera Beta",
        Family.CHROMIUM,
        linux=("{config}/opera-beta",),
        macos=("{config}/com.operasoftware.OperaNext",),
        windows=("{config}/Opera Software/Opera Next",),
    ),
    Browser(
        "opera-developer",
        "Opera Developer",
        Family.CHROMIUM,
        linux=("{config}/opera-developer",),
        macos=("{config}/com.operasoftware.OperaDeveloper",),
        windows=("{config}/Opera Software/Opera Developer",),
    ),
    Browser(
        "opera-snap",
        "Opera (Snap)",
        Family.CHROMIUM,
        linux=("snap/opera*/current/.config/opera*",),
    ),
    Browser(
        "opera-flatpak",
        "Opera (Flatpak)",
        Family.CHROMIUM,
        linux=(_FLATPAK + "com.opera.Opera/config/opera",),
    ),
    Browser(
        "opera-gx",
        "Opera GX",
        Family.CHROMIUM,
        macos=("{config}/com.operasoftware.OperaGX",),
        peer="OperaGX",
    ),
    Browser("vivaldi", "Vivaldi", Family.CHROMIUM, peer="Vivaldi"),
    Browser(
        "vivaldi-snap",
        "Vivaldi (Snap)",
        Family.CHROMIUM,
        linux=("snap/vivaldi/current/.config/vivaldi",),
    ),
    Browser(
        "vivaldi-flatpak",
        "Vivaldi (Flatpak)",
        Family.CHROMIUM,
        linux=(_FLATPAK + "com.vivaldi.Vivaldi/config/vivaldi",),
    ),
    Browser("arc", "Arc", Family.CHROMIUM, peer="Arc"),
    Browser(
        "yandex",
        "Yandex Browser",
        Family.CHROMIUM,
        linux=("{config}/yandex-browser",),
        macos=("{config}/Yandex/YandexBrowser",),
        windows=("{local}/Yandex/YandexBrowser/User Data",),
    ),
    Browser(
        "yandex-beta",
        "Yandex Browser Beta",
        Family.CHROMIUM,
        linux=("{config}/yandex-browser-beta",),
    ),
    Browser("epic", "Epic Privacy Browser", Family.CHROMIUM, peer="Epic"),
    # Firefox family: the folder that holds `profiles.ini`.
    Browser(
        "firefox",
        "Firefox",
        Family.FIREFOX,
        linux=("{config}/mozilla/firefox",),
        peer="Firefox",
    ),
    Browser(
        "firefox-snap",
        "Firefox (Snap)",
        Family.FIREFOX,
        linux=("snap/firefox/common/.mozilla/firefox",),
    ),
    Browser(
        "firefox-flatpak",
        "Firefox (Flatpak)",
        Family.FIREFOX,
        linux=(
            _FLATPAK + "org.mozilla.firefox/.mozilla/firefox",
            _FLATPAK + "org.mozilla.firefox/config/mozilla/firefox",
        ),
    ),
    Browser(
        "firefox-store",
        "Firefox (Microsoft Store)",
        Family.FIREFOX,
        windows=(
            "{local}/Packages/Mozilla.Firefox_*/LocalCache/Roaming/Mozilla/Firefox",
        ),
    ),
    Browser(
        "librewolf",
        "LibreWolf",
        Family.FIREFOX,
        linux=("{config}/librewolf/librewolf",),
        macos=("{config}/librewolf",),
        windows=("{config}/librewolf",),
        peer="LibreWolf",
    ),
    Browser(
        "librewolf-flatpak",
        "LibreWolf (Flatpak)",
        Family.FIREFOX,
        linux=(_FLATPAK + "io.gitlab.librewolf-community/.librewolf",),
    ),
    Browser(
        "waterfox",
        "Waterfox",
        Family.FIREFOX,
        linux=(".waterfox",),
        macos=("{config}/Waterfox",),
        windows=("{config}/Waterfox",),
    ),
    Browser(
        "waterfox-flatpak",
        "Waterfox (Flatpak)",
        Family.FIREFOX,
        linux=(_FLATPAK + "net.waterfox.waterfox/.waterfox",),
    ),
    Browser("zen", "Zen Browser", Family.FIREFOX, linux=(".zen",), peer="Zen"),
    Browser(
        "zen-snap",
        "Zen Browser (Snap)",
        Family.FIREFOX,
        linux=("snap/zen/common/.zen",),
    ),
    Browser(
        "zen-flatpak",
        "Zen Browser (Flatpak)",
        Family.FIREFOX,
        linux=(_FLATPAK + "app.zen_browser.zen/.zen",),
    ),
    # Others.
    Browser("safari", "Safari", Family.SAFARI, peer="Safari"),
    Browser(
        "safari-container",
        "Safari",
        Family.SAFARI,
        macos=("Library/Containers/com.apple.Safari/Data/Library/Safari",),
    ),
    Browser(
        "epiphany",
        "GNOME Web",
        Family.EPIPHANY,
        linux=("{data}/epiphany", "{config}/epiphany"),
    ),
    Browser(
        "epiphany-flatpak",
        "GNOME Web (Flatpak)",
        Family.EPIPHANY,
        linux=(
            _FLATPAK + "org.gnome.Epiphany/data/epiphany",
            _FLATPAK + "org.gnome.Epiphany/config/epiphany",
        ),
    ),
    Browser(
        "epiphany-webapp",
        "GNOME Web app",
        Family.EPIPHANY,
        linux=(
            "{data}/org.gnome.Epiphany.WebApp_*",
            _FLATPAK + "org.gnome.Epiphany/data/org.gnome.Epiphany.WebApp_*",
        ),
    ),
    Browser("falkon", "Falkon", Family.FALKON, linux=("{config}/falkon/profiles",)),
    Browser(
        "falkon-flatpak",
        "Falkon (Flatpak)",
        Family.FALKON,
        linux=(_FLATPAK + "org.kde.falkon/config/falkon/profiles",),
    ),
    # Its folder lies where the person unpacked it.
    Browser(
        "tor-browser",
        "Tor Browser",
        Family.FOLDER_ONLY,
        linux=(
            "*" + _TOR,
            "{desktop}/*" + _TOR,
            "{downloads}/*" + _TOR,
            "{data}/torbrowser/tbb/*/*" + _TOR,
            _FLATPAK
            + "org.torproject.torbrowser-launcher/data/torbrowser/tbb/*/*"
            + _TOR,
        ),
        macos=("{config}/TorBrowser-Data",),
        windows=("*" + _TOR, "{desktop}/*" + _TOR, "{downloads}/*" + _TOR),
    ),
    Browser(
        "internet-explorer",
        "Internet Explorer",
        Family.UNSUPPORTED,
        windows=("{local}/Microsoft/Windows/WebCache/WebCacheV*.dat",),
    ),
    Browser(
        "edge-legacy",
        "Microsoft Edge Legacy",
        Family.UNSUPPORTED,
        windows=("{local}/Packages/Microsoft.MicrosoftEdge_8wekyb3d8bbwe",),
    ),
)
