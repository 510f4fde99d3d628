"""What others do to forget a site: the browsers themselves, and BleachBit."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path

from tests.real.browsers import program
from tests.real.forgetting.chromium import HeadedChromium
from tests.real.forgetting.hosts import SITE, SUB
from tests.real.forgetting.making import Family, Making

__all__ = ["by_bleachbit", "by_the_browser"]

_ORIGINS = [
    f"{scheme}://{host}" for scheme in ("https", "http") for host in (SITE, SUB)
] + [f"https://{SITE}:8443"]

_IN_CHROMIUM = f"""(async () => {{
  const own = address => new RegExp("^https?://([^/]*[.])?{SITE}(:|/)").test(address);
  for (const page of await chrome.history.search({{text: "", startTime: 0, maxResults: 10000}}))
    if (own(page.url)) await chrome.history.deleteUrl({{url: page.url}});
  for (const file of await chrome.downloads.search({{}}))
    if (own(file.url)) await chrome.downloads.erase({{id: file.id}});
  await chrome.browsingData.remove({{origins: {json.dumps(_ORIGINS)}}}, {{
    cache: true, cacheStorage: true, cookies: true, fileSystems: true, indexedDB: true,
    localStorage: true, serviceWorkers: true, webSQL: true}});
  return true;
}})()"""

_IN_FIREFOX = f"""
const {{ForgetAboutSite}} = ChromeUtils.importESModule(
  "resource://gre/modules/ForgetAboutSite.sys.mjs");
await ForgetAboutSite.removeDataFromBaseDomain("{SITE}");
return true;"""


def by_the_browser(family: Family, making: Making, home: Path) -> None:
    """Delete the site's history, downloads and data by the browser's own interfaces:
    in Chromium those of an extension, in Firefox Forget About This Site.
    """
    browser = making.start(family, home)
    try:
        if isinstance(browser, HeadedChromium):
            assert browser.with_rights(_IN_CHROMIUM)
            for origin in _ORIGINS:
                browser.call(
                    "Storage.clearDataForOrigin", origin=origin, storageTypes="all"
                )
        else:
            assert browser.inside(_IN_FIREFOX)
        time.sleep(3)
        browser.close()
    finally:
        browser.kill()


def by_bleachbit(family: Family, home: Path) -> None:
    """Clean all that BleachBit knows of this browser, for every site, sign-ins too."""
    subprocess.run(
        [program("bleachbit"), "--clean", f"{family}.*"],
        env={"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"},
        capture_output=True,
        check=True,
    )
