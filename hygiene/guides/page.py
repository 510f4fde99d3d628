"""One guide, and how its file is read.

A file is a header and a body. The header is TOML between two lines of `+++`, inside an
HTML comment so that a code host shows the page without it. The body is Markdown of
headings, paragraphs, lists and bold; its first line repeats the title for that host.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

__all__ = ["Guide", "read"]

_FILE = re.compile(
    r"\A<!--\n\+\+\+\n(?P<header>.*?)\n\+\+\+\n-->\n\n# [^\n]+\n\n(?P<body>.*)\Z",
    re.DOTALL,
)
_LAST_HEADING = "\n## "
_SLUG_AT_END = re.compile(r"^- .*\((?P<slug>[a-z0-9-]+)\)$", re.MULTILINE)
_LEAP_DAY = (2, 29)
_NOBODY_YET = "not yet reviewed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """One page. `number` is its place in the contents, from 1; `group` is the group's id;
    `audience` is `survivor`, `advocate`, `friend` or `both`; `language` is the language
    it is really in; `words` are everyday words a person may search by; `translation`
    names who reviewed the translation, or says that nobody has, and is empty where the
    page was first written in this language; `body` is Markdown without the title.
    """

    slug: str
    title: str
    group: str
    order: int
    audience: str
    reviewed_on: date
    reviewer: str
    words: tuple[str, ...]
    language: str
    body: str
    number: int = 0
    translation: str = ""

    def may_be_out_of_date(self, today: date) -> bool:
        """Whether the last review is more than twelve months before `today` (SR-57)."""
        last = self.reviewed_on
        if (last.month, last.day) == _LEAP_DAY:
            last = last.replace(day=28)
        return today > last.replace(year=last.year + 1)

    @property
    def translation_waits(self) -> bool:
        """Whether no human translator has reviewed this translation yet (SR-12)."""
        return self.translation.startswith(_NOBODY_YET)

    @property
    def text(self) -> str:
        """The body without its last section, the list of where to read more."""
        return self.body.rpartition(_LAST_HEADING)[0]

    @property
    def more(self) -> tuple[str, ...]:
        """The slugs in the last section, in order."""
        return tuple(_SLUG_AT_END.findall(self.body.rpartition(_LAST_HEADING)[2]))


def read(text: str, language: str) -> Guide:
    """Read one guide's file. Raises `ValueError` or `KeyError` when it is not one."""
    import tomllib  # noqa: PLC0415  starting the program must not pay for it

    match = _FILE.match(text)
    if match is None:
        raise ValueError("a guide starts with a header and a title")
    header = tomllib.loads(match["header"])
    return Guide(
        slug=header["slug"],
        title=header["title"],
        group=header["group"],
        order=header["order"],
        audience=header["audience"],
        reviewed_on=header["reviewed_on"],
        reviewer=header["reviewer"],
        words=tuple(header["words"]),
        language=language,
        translation=header.get("translation", ""),
        body=match["body"],
    )
