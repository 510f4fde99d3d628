"""Pictures of the screens, for the README.

    python -P -m tests.tui.pictures FOLDER

Runs the program over its practice home and writes one SVG for each page and size.
`WAIT` waits for all checks, other words in capitals for what stands beside them below;
`TYPE:` types words and `NUMBER` the number that a plan asks for.
"""

from __future__ import annotations

import asyncio
import re
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from unittest import mock

from hygiene.contract.phrases import Phrases
from hygiene.tui.app import HygieneApp
from hygiene.tui.screens.gate import Gate
from hygiene.tui.visit import Visit
from hygiene.wiring import Options, Session
from tests.tui.seeing import seen, until

SMALL, LARGE = (80, 24), (120, 40)
PLAN = "l WAIT f TYPE:library.example enter ENTERED enter PLAN n"
PAGES = {
    "gate": ("en", "", (SMALL, LARGE)),
    "overview": ("en", "l WAIT", (SMALL, LARGE)),
    "finding": ("en", "l WAIT enter enter s ROWS", (SMALL, LARGE)),
    "guide": ("en", "g slash TYPE:library enter enter", (SMALL, LARGE)),
    "contents": ("en", "g", (SMALL,)),
    "search": ("en", "g slash TYPE:he_reads_my_mesages", (SMALL,)),
    "overview-es": ("es", "l WAIT", (SMALL,)),
    "plan": ("en", PLAN, (SMALL,)),
    "result": ("en", f"{PLAN} NUMBER enter RESULT", (SMALL,)),
}
_SEEN = {
    "ROWS": "13 rows",
    "ENTERED": "Which do you mean",
    "PLAN": "Could any of this",
    "RESULT": "What became of it",
}
_NOT_OURS = re.compile(r"@font-face \{.*?\}\s*|<!--.*?-->\s*", re.DOTALL)


async def picture(page: str, size: tuple[int, int], session: Session) -> str:
    """One page as SVG, without the fonts it would fetch and other people's names."""
    language, keys, _ = PAGES[page]
    visit = Visit(
        Phrases("hygiene", language), language, lambda: None, "Ctrl+Q", session=session
    )
    app = HygieneApp(visit, [Gate(visit)])
    async with app.run_test(size=size) as pilot:
        for key in keys.split():
            if key == "WAIT":
                await until(
                    pilot, lambda: "6 of 6" in seen(app) or "6 de 6" in seen(app)
                )
            elif key in _SEEN:
                await until(pilot, partial(_is_seen, app, _SEEN[key]))
            elif key == "NUMBER":
                number = re.search(r"To clear, type ([0-9,]+)", seen(app))
                await pilot.press(*(number[1] if number else ""))
            elif key.startswith("TYPE:"):
                await pilot.press(*key.removeprefix("TYPE:").replace("_", " "))
                await pilot.pause()
            else:
                await pilot.press(key)
        await pilot.pause()
        return _NOT_OURS.sub("", app.export_screenshot(title="hygiene"))


def _is_seen(app: HygieneApp, text: str) -> bool:
    return text in seen(app)


def main(folder: Path) -> None:
    """Write them all."""
    folder.mkdir(parents=True, exist_ok=True)
    for page, (language, _, sizes) in PAGES.items():
        for size in sizes:
            with ExitStack() as stack:
                session = Session(Options(practice=True, language=language), stack)
                svg = asyncio.run(picture(page, size, session))
            (folder / f"{page}-{size[0]}x{size[1]}.svg").write_text(svg)


if __name__ == "__main__":
    with mock.patch("hygiene.host.account.running_as_admin", return_value=False):
        main(Path(sys.argv[1]))
