"""A run as the JSON document of the public interface."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from hygiene import __version__
from hygiene.contract import (
    CannotLook,
    Finding,
    NotChecked,
    Platform,
    Trace,
    clean,
)
from hygiene.engine.results import CheckResult
from hygiene.engine.reveal import batches

__all__ = ["SCHEMA", "document"]

SCHEMA = 1
_PATH_LENGTH = 4096
_FIRST_YEAR, _LAST_YEAR = 1970, 2100


def document(
    results: Sequence[CheckResult],
    *,
    platform: Platform,
    started: datetime,
    seconds: float,
    items: bool,
) -> dict[str, Any]:
    """The whole document. With `items`, what stands behind each finding is read too."""
    return {
        "schema": SCHEMA,
        "program": {"name": "hygiene", "version": __version__},
        "platform": str(platform),
        "started": _time(started),
        "seconds": round(seconds, 3),
        "checks": [_check(each, items=items) for each in results],
    }


def _check(result: CheckResult, *, items: bool) -> dict[str, Any]:
    not_checked = list(result.not_checked)
    findings = []
    for finding in result.findings:
        record = _finding(result.finding_id(finding), finding)
        if items and finding.has_traces:
            try:
                record["items"] = [
                    _item(each) for batch in batches(finding.traces) for each in batch
                ]
            except CannotLook as error:
                source = finding.sources[0] if finding.sources else ""
                not_checked.append(NotChecked(source, error.why))
        findings.append(record)
    return {
        "check": clean(result.check),
        "origin": ", ".join(clean(str(each)) for each in result.origins),
        "status": str(result.status),
        "seconds": round(result.seconds, 3),
        "findings": findings,
        "not_checked": [_missed(each) for each in not_checked],
    }


def _missed(missed: NotChecked) -> dict[str, Any]:
    record: dict[str, Any] = {
        "source": clean(missed.source, _PATH_LENGTH),
        "why": str(missed.why),
    }
    if missed.count > 1:
        record["count"] = missed.count
    return record


def _finding(finding_id: str, finding: Finding) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": clean(finding_id, _PATH_LENGTH),
        "level": finding.level.word,
        "program": clean(finding.program),
    }
    if finding.profile is not None:
        record["profile"] = str(finding.profile)
    record["sources"] = [clean(each, _PATH_LENGTH) for each in finding.sources]
    record["counts"] = dict(finding.counts)
    record |= _span(finding.first, finding.last)
    if finding.setting is not None:
        record["setting"] = {
            "name": finding.setting.name,
            "value": str(finding.setting.value),
        }
    record["guide"] = finding.guide
    record["choices"] = ["leave", *finding.choices]
    return record


def _item(trace: Trace) -> dict[str, Any]:
    return {
        "key": clean(trace.key, _PATH_LENGTH),
        "label": clean(trace.label.raw, _PATH_LENGTH),
        "kind": clean(trace.kind),
        "count": trace.count,
        **_span(trace.first, trace.last),
    }


def _span(first: datetime | None, last: datetime | None) -> dict[str, str]:
    ends = {"first": first, "last": last}
    return {
        name: _time(each)
        for name, each in ends.items()
        if each is not None and _FIRST_YEAR <= each.year < _LAST_YEAR
    }


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
