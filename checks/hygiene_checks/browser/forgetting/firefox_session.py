"""What goes out of a session document of Firefox: tabs, pages of their own history, and
members of what stays that name what goes.

The document as Firefox 153 writes it, and as its `SessionStore` reads it since 29:
windows with tabs, tabs with entries; `index`, `selected` and `selectedWindow` count from
1. A closed tab, also one in a group, is `{"state": tab, "title": ..., "image": ...}`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from hygiene.contract import Json, JsonPath

__all__ = ["Cut", "Gone", "cookies_of", "cut_out"]

Members: TypeAlias = dict[str, Json]


class Gone(Protocol):
    """What is to go."""

    def page(self, address: object) -> bool:
        """Whether the page at this address goes."""

    def names(self, text: object) -> bool:
        """Whether a text that belongs to another page (an address, an origin, a
        principal) names what goes.
        """

    def typed(self, text: object) -> bool:
        """Whether what was typed into a form of another page is the name itself."""


@dataclass(slots=True)
class Cut:
    """Paths that go and values that are set instead. `tabs` counts tabs that go whole,
    open or closed; `rest` pages and members that go out of tabs that stay.
    """

    remove: list[JsonPath] = field(default_factory=list)
    put: list[tuple[JsonPath, Json]] = field(default_factory=list)
    tabs: int = 0
    rest: int = 0


_BLANK_PAGES = frozenset(("about:blank", "about:home", "about:newtab", "about:welcome"))
_OF_ONE_PAGE = ("image", "iconLoadingPrincipal", "scroll")
"""Members of a tab that belong to the page that it shows."""
_OF_A_BLANK_TAB = ("lastAccessed", "userContextId", "groupId", "splitViewId", "pinned")
_STATES = ("lastSessionState", "sessionData")


def cut_out(document: Json, gone: Gone) -> Cut:
    """What goes out of a whole session document."""
    cutter = _Cutter(gone)
    cutter.state((), _members(document))
    return cutter.cut


def cookies_of(document: Json, gone: Gone) -> Iterator[JsonPath]:
    """Paths of the cookies that are kept for the next start only."""
    for number, cookie in enumerate(_items(_members(document), "cookies")):
        attributes = _members(cookie.get("originAttributes"))
        suffix = "&".join(f"{name}={value}" for name, value in attributes.items())
        host = str(cookie.get("host", "")).lstrip(".")
        if gone.names(f"https://{host}/^{suffix}"):
            yield ("cookies", number)


def _members(value: Json) -> Members:
    return value if isinstance(value, dict) else {}


def _items(holder: Members, name: str) -> list[Members]:
    """The elements of a list, those that are no objects as empty ones."""
    value = holder.get(name)
    return list(map(_members, value)) if isinstance(value, list) else []


def _shown(holder: Members, name: str, number: int) -> int:
    """The place, from 0, that a member counting from 1 means; the last by default."""
    value = holder.get(name)
    place = value - 1 if isinstance(value, int) else number - 1
    return min(max(place, 0), max(number - 1, 0))


def _title(tab: Members, without: set[int]) -> str:
    """The title of the page that a tab shows once some of its entries are gone."""
    entries = _items(tab, "entries")
    if len(without) == len(entries):
        return ""
    entry = entries[_moved(_shown(tab, "index", len(entries)), without, len(entries))]
    return str(entry.get("title") or entry.get("url") or "")


def _moved(place: int, without: set[int], number: int) -> int:
    """The place nearest to `place`, first before and then after it, that stays."""
    before = (each for each in range(place, -1, -1) if each not in without)
    after = (each for each in range(place, number) if each not in without)
    return next(before, next(after, 0))


@dataclass(slots=True)
class _Cutter:
    gone: Gone
    cut: Cut = field(default_factory=Cut)

    def state(self, path: JsonPath, state: Members) -> None:
        """A document, or one that is kept inside another."""
        windows = _items(state, "windows")
        going = {each for each, it in enumerate(windows) if self._window_goes(it)}
        if going and len(going) == len(windows):
            # With no window at all nothing would be restored, closed tabs included.
            going.discard(_shown(state, "selectedWindow", len(windows)))
        self._windows((*path, "windows"), windows, going)
        self._pointer((*path, "selectedWindow"), state, going, len(windows))
        closed = _items(state, "_closedWindows")
        going = {each for each, it in enumerate(closed) if self._window_goes(it)}
        self._windows((*path, "_closedWindows"), closed, going)
        self._groups((*path, "savedGroups"), _items(state, "savedGroups"))
        done = {"windows", "_closedWindows", "savedGroups", "cookies", *_STATES}
        for name, value in state.items():
            if name in _STATES:
                self.state((*path, name), _members(value))
            elif name not in done:
                self._scrub((*path, name), value)

    def _windows(self, path: JsonPath, windows: list[Members], going: set[int]) -> None:
        for number, window in enumerate(windows):
            if number in going:
                self._remove((*path, number), tabs=len(_items(window, "tabs")))
            else:
                self._window((*path, number), window)

    def _pointer(
        self, path: JsonPath, holder: Members, going: set[int], number: int
    ) -> None:
        """Set a member that counts from 1 to where what it means will stand."""
        name = str(path[-1])
        if not going or len(going) == number or not isinstance(holder.get(name), int):
            return
        place = _moved(_shown(holder, name, number), going, number)
        new = place + 1 - sum(each < place for each in going)
        if new != holder[name]:
            self.cut.put.append((path, new))

    def _window_goes(self, window: Members) -> bool:
        tabs = _items(window, "tabs")
        return (
            bool(tabs)
            and all(map(self._tab_goes, tabs))
            and all(map(self._closed_goes, _items(window, "_closedTabs")))
            and all(map(self._group_goes, _items(window, "closedGroups")))
        )

    def _window(self, path: JsonPath, window: Members) -> None:
        tabs = _items(window, "tabs")
        going = {each for each, tab in enumerate(tabs) if self._tab_goes(tab)}
        blank = {each for each in going if "splitViewId" in tabs[each]}
        if going and len(going) == len(tabs):
            blank.add(_shown(window, "selected", len(tabs)))
        for number, tab in enumerate(tabs):
            self._tab_or_none((*path, "tabs", number), tab, number in going - blank)
        for number in sorted(blank):
            self._blank((*path, "tabs", number), tabs[number])
        self._pointer((*path, "selected"), window, going - blank, len(tabs))
        self._title_of_window(path, window, tabs, going)
        self._open_groups(path, window, tabs, going - blank)
        for number, item in enumerate(_items(window, "_closedTabs")):
            self._closed((*path, "_closedTabs", number), item)
        closed = _items(window, "closedGroups")
        self._groups((*path, "closedGroups"), closed)
        lost = {str(each.get("id")) for each in closed if self._group_goes(each)}
        if str(window.get("lastClosedTabGroupId")) in lost:
            self.cut.put.append(((*path, "lastClosedTabGroupId"), None))
        done = {"tabs", "title", "groups", "_closedTabs", "closedGroups"}
        for name, value in window.items():
            if name not in done:
                self._scrub((*path, name), value)

    def _tab_or_none(self, path: JsonPath, tab: Members, goes: bool) -> None:
        if goes:
            self._remove(path, tabs=1)
        elif not self._tab_goes(tab):
            self._tab(path, tab)

    def _blank(self, path: JsonPath, tab: Members) -> None:
        """The tab stays, with nothing in it: a window must have one."""
        kept = {name: tab[name] for name in _OF_A_BLANK_TAB if name in tab}
        self.cut.put.append((path, {"entries": [], **kept}))
        self.cut.tabs += 1

    def _title_of_window(
        self, path: JsonPath, window: Members, tabs: list[Members], going: set[int]
    ) -> None:
        """A closed window is named by the tab that it showed."""
        if not tabs or "title" not in window:
            return
        shown = _shown(window, "selected", len(tabs))
        without = self._entries_going(tabs[shown])
        active = _shown(tabs[shown], "index", len(_items(tabs[shown], "entries")))
        if shown in going:
            place = _moved(shown, going, len(tabs))
            title = "" if place in going else _title(tabs[place], set())
        elif active in without:
            title = _title(tabs[shown], without)
        else:
            return
        self.cut.put.append(((*path, "title"), title))

    def _open_groups(
        self, path: JsonPath, window: Members, tabs: list[Members], going: set[int]
    ) -> None:
        """Groups all of whose tabs go."""
        left = {
            str(tab.get("groupId"))
            for number, tab in enumerate(tabs)
            if number not in going
        }
        lost = {str(tabs[number].get("groupId")) for number in going} - left
        for number, group in enumerate(_items(window, "groups")):
            if str(group.get("id")) in lost:
                self._remove((*path, "groups", number))

    def _groups(self, path: JsonPath, groups: list[Members]) -> None:
        """Closed and saved groups: each holds closed tabs."""
        for number, group in enumerate(groups):
            if self._group_goes(group):
                self._remove((*path, number), tabs=len(_items(group, "tabs")))
                continue
            for place, item in enumerate(_items(group, "tabs")):
                self._closed((*path, number, "tabs", place), item)

    def _group_goes(self, group: Members) -> bool:
        tabs = _items(group, "tabs")
        return bool(tabs) and all(map(self._closed_goes, tabs))

    def _closed_goes(self, item: Members) -> bool:
        """A closed tab also goes when nothing but an empty page would be left of it."""
        state = _members(item.get("state"))
        entries = _items(state, "entries")
        without = self._entries_going(state)
        return bool(without) and all(
            number in without or entry.get("url") in _BLANK_PAGES
            for number, entry in enumerate(entries)
        )

    def _closed(self, path: JsonPath, item: Members) -> None:
        if self._closed_goes(item):
            self._remove(path, tabs=1)
            return
        state = _members(item.get("state"))
        self._tab((*path, "state"), state)
        without = self._entries_going(state)
        done = {"state", "title"}
        if _shown(state, "index", len(_items(state, "entries"))) in without:
            done.add("image")
            if "title" in item:
                self.cut.put.append(((*path, "title"), _title(state, without)))
            if item.get("image") is not None:
                self._remove((*path, "image"))
        for name, value in item.items():
            if name not in done:
                self._scrub((*path, name), value)

    def _entries_going(self, tab: Members) -> set[int]:
        return {
            number
            for number, entry in enumerate(_items(tab, "entries"))
            if self.gone.page(entry.get("url"))
        }

    def _tab_goes(self, tab: Members) -> bool:
        entries = _items(tab, "entries")
        return bool(entries) and len(self._entries_going(tab)) == len(entries)

    def _tab(self, path: JsonPath, tab: Members) -> None:
        """A tab that stays."""
        entries = _items(tab, "entries")
        going = self._entries_going(tab)
        for number, entry in enumerate(entries):
            if number in going:
                self._remove((*path, "entries", number))
            else:
                self._entry((*path, "entries", number), entry)
        self._pointer((*path, "index"), tab, going, len(entries))
        elsewhere = _shown(tab, "index", len(entries)) in going
        self._form((*path, "formdata"), tab.get("formdata"), elsewhere=elsewhere)
        for name, value in tab.items():
            if name not in {"entries", "formdata"}:
                self._member((*path, name), value, elsewhere=elsewhere)

    def _member(self, path: JsonPath, value: Json, *, elsewhere: bool) -> None:
        """Another member of a tab that stays, `elsewhere` once what it showed is gone."""
        name = path[-1]
        if name == "storage":
            for origin in _members(value):
                if self.gone.names(origin):
                    self._remove((*path, origin))
        elif (elsewhere and name in _OF_ONE_PAGE and value is not None) or (
            name == "userTypedValue" and self.gone.typed(value)
        ):
            self._remove(path)
        else:
            self._scrub(path, value)

    def _entry(self, path: JsonPath, entry: Members) -> None:
        """A page that stays, with the frames in it."""
        for number, child in enumerate(_items(entry, "children")):
            if self.gone.page(child.get("url")):
                self._remove((*path, "children", number))
            else:
                self._entry((*path, "children", number), child)
        for name, value in entry.items():
            if name not in {"url", "title", "children"}:
                self._scrub((*path, name), value)

    def _form(self, path: JsonPath, form: Json, *, elsewhere: bool = False) -> None:
        """What was typed into the page that a tab shows, or into a frame of it."""
        form = _members(form)
        of_another = elsewhere and "url" not in form
        if form and (of_another or self.gone.page(form.get("url"))):
            self._remove(path)
            return
        for kind in ("id", "xpath"):
            for name, value in _members(form.get(kind)).items():
                if self.gone.typed(value):
                    self._remove((*path, kind, name))
                elif name in _STATES:
                    # The page that offers to restore a session keeps all of it here.
                    self.state((*path, kind, name), _members(value))
        if self.gone.typed(form.get("innerHTML")):
            self._remove((*path, "innerHTML"))
        children = form.get("children")
        for number, child in enumerate(children if isinstance(children, list) else ()):
            if self.gone.page(_members(child).get("url")):
                # Places in this list are those of the frames.
                self.cut.put.append(((*path, "children", number), None))
                self.cut.rest += 1
            else:
                self._form((*path, "children", number), child)

    def _scrub(self, path: JsonPath, value: Json) -> None:
        """Take out what names what goes, the smallest member that does."""
        if isinstance(value, str):
            if self.gone.names(value):
                self._remove(path)
        elif isinstance(value, dict):
            for name, inner in value.items():
                if self.gone.names(name):
                    self._remove((*path, name))
                else:
                    self._scrub((*path, name), inner)
        elif isinstance(value, list):
            for number, inner in enumerate(value):
                self._scrub((*path, number), inner)

    def _remove(self, path: JsonPath, *, tabs: int = 0) -> None:
        self.cut.remove.append(path)
        self.cut.tabs += tabs
        self.cut.rest += not tabs
