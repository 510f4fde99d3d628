"""The command line: reads arguments and hands them to a command.

`--help` and `--version` import neither the screens nor any check.
"""

from __future__ import annotations

import gc
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace

from hygiene import __version__, terminal
from hygiene.contract.phrases import LANGUAGES, SOURCE_LANGUAGE, Phrases
from hygiene.words.system import system_language

# `typing` would cost more than reading the arguments.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, NoReturn

__all__ = ["main"]

_WRONG_USAGE = 2
_MAY_LEAVE = "abdefgklnopqrtuvwxy"
"""Letters that can leave together with Ctrl: not c (leaves anyway), not the ones that
terminals use for Tab, Enter, Backspace, Escape, stop and suspend."""


class _Parser(ArgumentParser):
    """Says one neutral line on wrong usage and never repeats what was typed (SR-63)."""

    def error(self, message: str) -> NoReturn:
        del message
        from hygiene.terminal.wrapping import fitted  # noqa: PLC0415  only here

        line = fitted(_words().say("usage.wrong"), sys.stderr)
        self.exit(_WRONG_USAGE, line + "\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    terminal.prepare()
    words = _words()
    typed = sys.argv[1:] if arguments is None else arguments
    options = _parser(words).parse_args(typed or ["check"])
    options.screens = _wants_screens(options)
    if options.screens:
        # Before anything heavy is imported: the first words, and the keys that leave.
        terminal.begin(_first_text(options), options.leave_key)
        # Until the first page stands, hardly anything is made that does not stay.
        gc.disable()
    from hygiene import commands  # noqa: PLC0415  --help needs none of it

    return commands.run(options)


def _wants_screens(options: Namespace) -> bool:
    lines = getattr(options, "json", False) or getattr(options, "plain", True)
    lines = lines or getattr(options, "print", None) is not None
    return (
        not lines
        and os.environ.get("TERM") != "dumb"
        and sys.stdin.isatty()
        and sys.stdout.isatty()
    )


def _first_text(options: Namespace) -> str:
    from hygiene.tui.first_text import first_text  # noqa: PLC0415  --help needs none

    title = "guides.title" if options.command == "guide" else "gate.title"
    return first_text(_words(options.lang), title, options.leave_key, options.theme)


def _words(asked: str | None = None) -> Phrases:
    return Phrases("hygiene", asked or system_language() or SOURCE_LANGUAGE)


def _parser(words: Phrases) -> ArgumentParser:
    parser = _Parser(
        prog="hygiene", description=words.say("help.program"), allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"hygiene {__version__}")
    commands = parser.add_subparsers(
        dest="command",
        required=True,
        metavar="COMMAND",
        title=words.say("help.commands"),
    )

    def command(name: str) -> ArgumentParser:
        text = words.say(f"help.{name}")
        return commands.add_parser(
            name, help=text, description=text, allow_abbrev=False
        )

    _check_options(command("check"), words)
    forget = command("forget")
    _option(forget, words, "plain", action="store_true")
    _home_options(forget, words)
    _option(command("checks"), words, "lang", choices=LANGUAGES)
    guide = command("guide")
    guide.add_argument("guide", nargs="?", metavar="GUIDE", help=words.say("help.pick"))
    _option(guide, words, "plain", action="store_true")
    _option(guide, words, "print", metavar="FILE")
    _screen_options(guide, words)
    return parser


def _check_options(check: ArgumentParser, words: Phrases) -> None:
    check.add_argument("checks", nargs="*", metavar="CHECK", help=words.say("help.id"))
    form = check.add_mutually_exclusive_group()
    _option(form, words, "plain", action="store_true")
    _option(form, words, "json", action="store_true")
    _option(check, words, "items", action="store_true")
    _home_options(check, words)


def _home_options(check: ArgumentParser, words: Phrases) -> None:
    where = check.add_mutually_exclusive_group()
    _option(where, words, "practice", action="store_true")
    _option(where, words, "home", metavar="DIR")
    _option(check, words, "platform", choices=["linux", "macos", "windows"])
    _option(check, words, "look-only", action="store_true")
    _screen_options(check, words)


def _screen_options(parser: ArgumentParser, words: Phrases) -> None:
    _option(parser, words, "lang", choices=LANGUAGES)
    _option(parser, words, "theme", choices=["dark", "light"])
    _option(
        parser,
        words,
        "leave-key",
        metavar="KEY",
        type=_leave_key,
        default=terminal.LEAVE_KEY,
    )
    _option(parser, words, "keep-scrollback", action="store_true")
    _option(parser, words, "idle", metavar="MINUTES", type=_idle)


def _option(parser: Any, words: Phrases, name: str, **kind: Any) -> None:
    parser.add_argument(f"--{name}", help=words.say(f"help.{name}"), **kind)


def _leave_key(text: str) -> int:
    """`ctrl+q`: the byte the terminal sends for it."""
    letter = text.lower().removeprefix("ctrl+")
    if len(letter) != 1 or letter not in _MAY_LEAVE:
        raise ArgumentTypeError
    return ord(letter) & 0x1F


def _idle(text: str) -> float:
    """Minutes until the program leaves by itself; 0 stands for `off`."""
    if text == "off":
        return 0.0
    try:
        minutes = float(text)
    except ValueError:
        raise ArgumentTypeError from None
    if not 0 < minutes <= 24 * 60:
        raise ArgumentTypeError
    return minutes
