"""What can be forgotten, in numbered lines: a site, a sitting, a day, a whole history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hygiene.contract import CannotLook, Picked, Span
from hygiene.engine.sites import readings
from hygiene.engine.spans import of_day, of_sitting
from hygiene.plain.carrying_out import After
from hygiene.plain.planned import PlanPage

if TYPE_CHECKING:
    from hygiene.contract import Finding, Site, Sitting, Trace
    from hygiene.engine.planning import Subject
    from hygiene.plain.page import Page

__all__ = ["Forgetting"]


class Forgetting:
    """The ways to a plan. Each method is one way and returns when the person goes back."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._session = page.session

    def choose(self, choice: str, check: str, finding: Finding) -> None:
        """One of the choices of a check's finding, in the words of the public interface."""
        store = finding.sources[0] if finding.sources else None
        if choice == "forget-site":
            self.site()
        elif choice == "clear-sitting":
            self.sittings()
        elif choice == "clear-day" and store is not None:
            self._day(store)
        elif choice == "clear-all" and store is not None:
            self._plan_one(Span(store=store))
        elif choice == "clear-lines" and store is not None:
            self._plan_one(Picked(check=check, store=store))

    def site(self) -> None:
        """Ask for a site, then its plan; after that perhaps for another (SR-63)."""
        while sites := self._ask_site():
            if self._plan(*sites) is After.OUT:
                return

    def _ask_site(self) -> tuple[Site, ...]:
        """The site that is meant, and the other way to read the name; none goes back."""
        self._page.head(self._page.words.say("forget.title"))
        self._page.say("forget.ask", "plain.back-key")
        while typed := self._page.console.ask_text():
            sites = readings(typed)
            if not sites:
                self._page.say("forget.no-site")
            elif len({each.host for each in sites}) == 1:
                return sites
            elif picked := self._which(sites):
                return picked
            else:
                self._page.say("forget.ask", "plain.back-key")
        return ()

    def _which(self, sites: tuple[Site, ...]) -> tuple[Site, ...]:
        """A host below a domain was typed: only this one, or all of the domain?"""
        narrow_first = sites[::-1]
        self._page.say("forget.which")
        lines = [self._page.plans.reading(each) for each in narrow_first]
        picked = self._page.pick(lines, "forget.no-site")
        return () if picked is None else (narrow_first[picked],)

    def sittings(self) -> None:
        """The home's sittings, newest first; one of them can be cleared."""
        page = self._page
        page.head(page.words.say("sittings.title"))
        page.say("sittings.what")
        try:
            sittings = self._session.sittings()
        except CannotLook as error:
            page.cannot_look(error)
            return
        lines = [page.facts.sitting(each) for each in sittings]
        if self._session.look_only:
            page.listed(iter(lines), "screens.sittings.none")
        elif (picked := page.pick(lines, "screens.sittings.none")) is not None:
            self._sitting(sittings[picked])

    def _sitting(self, sitting: Sitting) -> None:
        self._plan_one(of_sitting(sitting))

    def _day(self, store: str) -> None:
        page = self._page
        page.head(page.words.say("forget.day"))
        try:
            days = self._session.days_of(store)
        except CannotLook as error:
            page.cannot_look(error)
            return
        picked = page.pick([*map(self._day_line, days)], "forget.no-days")
        if picked is not None:
            day = days[picked]
            self._plan_one(of_day(day, store))

    def _day_line(self, day: Trace) -> str:
        facts = self._page.facts
        name = str(day.label) if day.first is None else facts.day(day.first)
        return f"{name}, {facts.count('pages', day.count)}"

    def _plan(self, subject: Subject, other: Subject | None = None) -> After:
        """Plan it, until the person goes back or on to a site."""
        after = After.AGAIN
        while after is After.AGAIN:
            self._page.say("forget.making")
            after = PlanPage(self._page, subject, other).run()
        return after

    def _plan_one(self, subject: Subject) -> None:
        if self._plan(subject) is After.SITE:
            self.site()
