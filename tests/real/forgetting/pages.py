"""What the pages of the made-up sites do in a browser."""

from __future__ import annotations

__all__ = ["EMBEDDED", "FORM", "RICH", "SCRIPT", "WORKER"]

_STORE = """
window.stored = (async () => {
  for (let number = 0; number < 8; number++)
    localStorage.setItem("own" + number, location.href + " " + number);
  sessionStorage.setItem("own", location.href);
  const base = await new Promise((done, failed) => {
    const opening = indexedDB.open("notes", 1);
    opening.onupgradeneeded = () =>
      opening.result.createObjectStore("pages", {keyPath: "id"});
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => failed(opening.error);
  });
  await new Promise((done, failed) => {
    const change = base.transaction("pages", "readwrite");
    for (let id = 0; id < 20; id++)
      change.objectStore("pages").put({id, address: location.href});
    change.oncomplete = done;
    change.onerror = failed;
  });
  base.close();
  const cache = await caches.open("offline");
  await cache.add("/next");
  const files = await navigator.storage.getDirectory();
  const file = await files.getFileHandle("notes.txt", {create: true});
  const writing = await file.createWritable();
  await writing.write("written at " + location.href);
  await writing.close();
  document.cookie = "mine=1; max-age=9000000; secure; samesite=none";
"""

RICH = f"""<script>{_STORE}
  await navigator.serviceWorker.register("/worker.js");
  await navigator.serviceWorker.ready;
  return true;
}})();
</script>"""
"""Keeps something in every store that a page has, and takes a service worker."""

EMBEDDED = f"""<!doctype html><title>inside</title><script>{_STORE}
  parent.postMessage("stored", "*");
  return true;
}})();
</script>"""
"""The same within a page of another site, without a worker."""

WORKER = """
self.addEventListener("install", event => {
  event.waitUntil(caches.open("worker").then(cache => cache.addAll(["/next", "/plain"])));
  self.skipWaiting();
});
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", event => {
  if (new URL(event.request.url).pathname === "/next")
    event.respondWith(caches.match(event.request).then(kept => kept || fetch(event.request)));
});
"""

SCRIPT = "".join(
    f"function used{number}(word) {{ return word + {number}; }}\n"
    for number in range(60)
) + "".join(f"used{number}('x');" for number in range(60))
"""Long enough that a browser keeps its compiled form."""

FORM = """<form action="/done" method="post">
<input id="town" name="town"><input id="words" name="words"><button id="go">go</button>
</form>"""
