"""What goes and what stays, chosen by number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, Span

if TYPE_CHECKING:
    from hygiene.engine.decision import Decision
    from hygiene.plain.page import Page
    from hygiene.report.ticks import Group, Tickable

__all__ = ["leave_sites_out", "tick_parts"]

_KEYS = "plain.ticks-keys"


def tick_parts(page: Page, decision: Decision) -> None:
    """Tick parts of a plan, or leave them out; and whole profiles, where there are
    several.
    """
    while True:
        page.head(page.words.say("plan.ticks"))
        groups = page.ticks.groups(decision.plan)
        groups.sort(key=lambda each: each.profiles)  # single parts first
        rows = [(group, row) for group in groups for row in group.rows]
        lines = [_line(page, group, row) for group, row in rows]
        picked = page.pick(lines, "plan.none-ticked", keys=_KEYS)
        if picked is None:
            return
        group, row = rows[picked]
        change = decision.leave_out if group.profiles else decision.tick
        for key in row.keys:
            change(key)


def _line(page: Page, group: Group, row: Tickable) -> str:
    """One row, with what the title of its group would say."""
    text = row.text
    if group.whole:
        text = page.words.say("choice.whole", what=text)
    elif group.profiles:
        text = page.words.say("plain.profile", place=text)
    key = "plain.goes" if row.on else "plain.does-not-go"
    said = page.words.say(key, what=text)
    return f"{said} {row.notice}".rstrip()


def leave_sites_out(page: Page, span: Span) -> Span:
    """The same span with single sites left out, or taken in again. Names are shown
    after a warning (SR-15).
    """
    page.say("plain.reveal-warning")
    if page.console.ask({"1", "b"}) == "b":
        return span
    whole = replace(span, left_out=frozenset())
    try:
        sites = page.session.sites_of(whole)
    except CannotLook as error:
        page.cannot_look(error)
        return span
    while True:
        page.head(page.words.say("plan.sites"))
        lines = []
        for each in sites:
            key = "plain.does-not-go" if each.key in span.left_out else "plain.goes"
            lines.append(page.words.say(key, what=page.facts.trace(each)))
        picked = page.pick(lines, "forget.no-sites", keys=_KEYS)
        if picked is None:
            return span
        span = replace(span, left_out=span.left_out ^ {sites[picked].key})
