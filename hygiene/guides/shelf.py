"""The contents: every guide in its group, in one running number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from hygiene.contract.outcome import HygieneError
from hygiene.contract.phrases import SOURCE_LANGUAGE
from hygiene.guides.page import Guide, read

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["Group", "NoGuidesError", "contents", "find", "table"]

_PACKAGE = "hygiene_guides"
_CONTENTS = "contents.toml"


class NoGuidesError(HygieneError):
    """The guides are not installed: an error, not an empty page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One group of the contents."""

    id: str
    title: str
    guides: tuple[Guide, ...]


def contents(language: str = SOURCE_LANGUAGE) -> list[Group]:
    """All groups in order, each with its guides. A guide that has no text in `language`
    is there in English and says so by `Guide.language`.
    """
    return list(_shelf(language))


def find(wanted: str | int, language: str = SOURCE_LANGUAGE) -> Guide | None:
    """The guide with this number or slug, or None."""
    name = str(wanted).strip().lower()
    for group in _shelf(language):
        for guide in group.guides:
            if name in {guide.slug, str(guide.number)}:
                return guide
    return None


def table(name: str, language: str = SOURCE_LANGUAGE) -> dict[str, Any]:
    """The TOML file of that name beside the guides of `language`; empty without one."""
    import tomllib  # noqa: PLC0415  starting the program must not pay for it

    file = _root().joinpath(language, name)
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


@cache
def _shelf(language: str) -> tuple[Group, ...]:
    root = _root()
    guides = _guides(root.joinpath(SOURCE_LANGUAGE), SOURCE_LANGUAGE)
    if not guides:
        raise NoGuidesError("no guides")
    titles = _titles(SOURCE_LANGUAGE)
    if language != SOURCE_LANGUAGE:
        guides |= _guides(root.joinpath(language), language)
        titles |= _titles(language)
    groups: list[Group] = []
    number = 0
    for group, title in titles.items():
        inside = sorted(
            (each for each in guides.values() if each.group == group),
            key=lambda guide: guide.order,
        )
        numbered = tuple(
            replace(each, number=number + place)
            for place, each in enumerate(inside, start=1)
        )
        number += len(numbered)
        if numbered:
            groups.append(Group(id=group, title=title, guides=numbered))
    return tuple(groups)


def _root() -> Traversable:
    from importlib.resources import files  # noqa: PLC0415  costs more than the guides

    try:
        return files(_PACKAGE)
    except ModuleNotFoundError as missing:
        raise NoGuidesError("no guides") from missing


def _guides(folder: Traversable, language: str) -> dict[str, Guide]:
    if not folder.is_dir():
        return {}
    pages = (
        read(each.read_text(encoding="utf-8"), language)
        for each in folder.iterdir()
        if each.name.endswith(".md")
    )
    return {page.slug: page for page in pages}


def _titles(language: str) -> dict[str, str]:
    listed = table(_CONTENTS, language).get("group", [])
    return {each["id"]: each["title"] for each in listed}
