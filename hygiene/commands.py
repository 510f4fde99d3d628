"""What each command does: opens a session and picks the front end.

Exit status: 0 the run ended as the person wished, 1 the program itself failed or found
no checks, 2 wrong usage, 4 what the person agreed to could not be carried out.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hygiene import terminal, wiring
from hygiene.contract.home import Platform
from hygiene.contract.outcome import HygieneError
from hygiene.contract.phrases import Phrases
from hygiene.terminal.wrapping import fitted
from hygiene.wiring import NotCarriedOut, Options, Session, WrongUsage

if TYPE_CHECKING:
    from argparse import Namespace

    from hygiene.engine.results import CheckResult

__all__ = ["run"]

_OK, _FAILED, _WRONG_USAGE, _NOT_CARRIED_OUT = 0, 1, 2, 4


def run(options: Namespace) -> int:
    """Carry out the command that was typed."""
    commands = {
        "check": _check,
        "checks": _list_checks,
        "forget": _forget,
        "guide": _guide,
    }
    language = "en"
    try:
        language = wiring.language(options.lang)
        return commands[options.command](options, language)
    except WrongUsage as error:
        return _say_error(language, _WRONG_USAGE, error.key, **error.values)
    except NotCarriedOut as error:
        return _say_error(language, _NOT_CARRIED_OUT, error.key)
    except HygieneError as error:
        return _say_error(language, _FAILED, f"failed.{_kind(error)}")
    except BrokenPipeError:
        # Whoever read our output went away; Python would complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _OK


def _kind(error: HygieneError) -> str:
    return {"NoChecksError": "no-checks", "NoGuidesError": "no-guides"}.get(
        type(error).__name__, "any"
    )


def _say_error(language: str, status: int, key: str, **values: str) -> int:
    terminal.end_quietly()
    line = fitted(Phrases("hygiene", language).say(key, **values), sys.stderr)
    os.write(2, f"{line}\n".encode())
    return status


def _interactive() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _wanted(options: Namespace, language: str) -> Options:
    return Options(
        checks=tuple(getattr(options, "checks", ())),
        home=Path(options.home) if options.home else None,
        platform=Platform(options.platform) if options.platform else None,
        practice=options.practice,
        look_only=options.look_only,
        language=language,
    )


def _check(options: Namespace, language: str) -> int:
    if options.items and not options.json:
        raise WrongUsage("usage.items-json")
    with wiring.open_session(_wanted(options, language)) as session:
        if options.json:
            return _json(session, items=options.items)
        return _walk(session, options)


def _forget(options: Namespace, language: str) -> int:
    """Never without someone who reads the plan and answers (SR-23)."""
    if not _interactive():
        raise WrongUsage("usage.forget-terminal")
    with wiring.open_session(_wanted(options, language)) as session:
        return _walk(session, options, forget=True)


def _walk(session: Session, options: Namespace, *, forget: bool = False) -> int:
    if options.screens:
        from hygiene.tui.app import run_screens  # noqa: PLC0415  heavy

        return run_screens(session, options, forget=forget)
    from hygiene.plain import run_plain  # noqa: PLC0415

    return run_plain(session, options, interactive=_interactive(), forget=forget)


def _json(session: Session, *, items: bool) -> int:
    import json  # noqa: PLC0415
    from datetime import UTC, datetime  # noqa: PLC0415

    from hygiene.engine.events import CheckEnded, RunEnded  # noqa: PLC0415
    from hygiene.report import record  # noqa: PLC0415

    if items and session.live:
        raise WrongUsage("usage.items-live")
    if session.admin:
        sys.stderr.write(session.facts.app.say("gate.admin") + "\n")
    started = datetime.now(UTC)
    results: dict[str, CheckResult] = {}
    seconds = 0.0
    for event in session.run():
        match event:
            case CheckEnded(result):
                results[result.check] = result
            case RunEnded(seconds):
                pass
    document = record.document(
        [results[each.id] for each in session.checks],
        platform=session.platform,
        started=started,
        seconds=seconds,
        items=items,
    )
    json.dump(document, sys.stdout, ensure_ascii=True, indent=2)
    sys.stdout.write("\n")
    return _OK


def _list_checks(options: Namespace, language: str) -> int:
    from hygiene.engine.registry import Loaded  # noqa: PLC0415
    from hygiene.report.facts import Facts  # noqa: PLC0415

    del options
    found = wiring.checks()
    facts = Facts(found, language)
    for number, each in enumerate(found, 1):
        origins = ", ".join(str(origin) for origin in each.origins)
        broken = (
            "" if isinstance(each, Loaded) else f" ({facts.app.say('why.crashed')})"
        )
        line = f"{number}. {each.id}: {facts.title(each.id)}. {origins}{broken}"
        sys.stdout.write(fitted(line) + "\n")
    return _OK


def _guide(options: Namespace, language: str) -> int:
    if options.print is not None:
        from hygiene.plain import print_sheet  # noqa: PLC0415

        return print_sheet(options.guide, options.print, language)
    if options.screens:
        from hygiene.tui.app import run_reader  # noqa: PLC0415  heavy

        return run_reader(options.guide, language, options)
    from hygiene.plain import print_guide  # noqa: PLC0415

    return print_guide(options.guide, language)
