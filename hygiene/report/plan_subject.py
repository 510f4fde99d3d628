"""What a plan is about: the line that counts, and what stands in it."""

from __future__ import annotations

from hygiene.contract import Picked, Site, clean
from hygiene.engine.planning import Plan
from hygiene.report.facts import Facts
from hygiene.report.kinds import only_kind, programs

__all__ = ["first_line", "of_what", "site_name", "subject_kind"]


def subject_kind(plan: Plan) -> str:
    """`site`, `sitting`, `day`, `all` or `picked`: what one consent covers (SR-23)."""
    subject = plan.subject
    if isinstance(subject, Site):
        return "site"
    if isinstance(subject, Picked):
        return "picked"
    if subject.store is None:
        return "sitting"
    return "all" if subject.start is None and subject.end is None else "day"


def site_name(facts: Facts, site: Site) -> str:
    """`example.org (all of it)`."""
    key = "plan.site-whole" if site.below else "plan.site-host"
    return facts.app.say(key, host=clean(site.host))


def of_what(facts: Facts, plan: Plan) -> str:
    """`of example.org (all of it)`, `of one sitting`."""
    if isinstance(plan.subject, Site):
        return facts.app.say("plan.of-site", site=site_name(facts, plan.subject))
    return facts.app.say(f"plan.of-{subject_kind(plan)}")


def first_line(facts: Facts, plan: Plan) -> str:
    """How much, of what, from when to when, in which programs."""
    if plan.pages:
        things = facts.count("pages", plan.pages)
    else:
        traces = facts.app.count("plan.traces", plan.count)
        things = only_kind(facts, plan.chosen) or traces
    said = [facts.app.say("plan.first", things=things, of=of_what(facts, plan))]
    if when := _when(facts, plan):
        said.append(when)
    named = programs(facts, plan.places)
    said.append(facts.app.say("plan.in", programs=named))
    return f"{', '.join(said)}."


def _when(facts: Facts, plan: Plan) -> str:
    if plan.first is None or plan.last is None:
        return ""
    first, last = facts.day(plan.first), facts.day(plan.last)
    if first != last:
        return facts.app.say("plan.from", first=first, last=last)
    start, end = facts.clock(plan.first), facts.clock(plan.last)
    if start == end:
        return facts.app.say("plan.at", day=first, time=start)
    return facts.app.say("plan.on", day=first, start=start, end=end)
