"""Where every file of the folder comes from, and under which licence: CycloneDX."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import uuid
from collections import defaultdict
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path

from cyclonedx.model import Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion

OURS = "privacy-hygiene"
INTERPRETER = "CPython"
STARTER = "PyInstaller bootloader"
FIRST_MODULES = "base_library.zip"
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")

Origins = dict[str, set[str]]
"""Names of files in the folder, by where they come from."""


def origins(told: Path, program: str) -> Origins:
    """What PyInstaller collected, by origin. `program` is the name of what starts.

    Raises `SystemExit` for a file of which nobody knows where it comes from.
    """
    collected = json.loads(told.read_text("utf-8"))
    found: Origins = defaultdict(set)
    for name, source in collected["files"]:
        # The first modules of the standard library are packed while building.
        origin = INTERPRETER if name == FIRST_MODULES else _origin(Path(source))
        found[origin].add(f"parts/{Path(name).as_posix()}")
    for _, source in collected["modules"]:
        found[_origin(Path(source))].add(program)
    found[STARTER].add(program)
    found[OURS].add("parts/program.zip")
    return found


def _origin(source: Path) -> str:
    """The distribution, the interpreter, or the package of the system."""
    source = source.resolve()
    if owner := _owners().get(source):
        return owner
    if source.is_relative_to(Path(sys.base_prefix).resolve()):
        return INTERPRETER
    if owner := _system_package(source):
        return owner
    raise SystemExit(f"nobody knows where {source} comes from")


@cache
def _owners() -> dict[Path, str]:
    return {
        Path(str(each.locate_file(file))).resolve(): each.name
        for each in metadata.distributions()
        for file in each.files or ()
    }


def _system_package(source: Path) -> str | None:
    """The Debian package of a library of the system; elsewhere the system itself."""
    if sys.platform != "linux":
        return f"{platform.system()} {platform.release()}"
    for path in (str(source), str(source).removeprefix("/usr")):
        done = subprocess.run(
            ["dpkg-query", "--search", path],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode == 0:
            return done.stdout.split(":")[0]
    return None


def version(origin: str) -> str:
    """The version of a distribution, of the interpreter or of a package."""
    if origin == INTERPRETER:
        return platform.python_version()
    if origin == STARTER:
        return metadata.version("pyinstaller")
    try:
        return metadata.version(origin)
    except metadata.PackageNotFoundError:
        if sys.platform != "linux":
            return platform.version()
        done = subprocess.run(
            ["dpkg-query", "--show", "--showformat=${Version}", origin],
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout or "unknown"


def bill(found: Origins) -> str:
    """The bill of materials: each origin with its version and its files."""
    made = Bom(serial_number=uuid.uuid5(NAMESPACE, f"{OURS} {version(OURS)}"))
    made.metadata.timestamp = MOMENT
    made.metadata.component = Component(
        name=OURS, version=version(OURS), type=ComponentType.APPLICATION, bom_ref=OURS
    )
    for origin in sorted(found):
        files = [Property(name="file", value=each) for each in sorted(found[origin])]
        part = Component(
            name=origin,
            version=version(origin),
            type=ComponentType.LIBRARY,
            bom_ref=f"part:{origin}",
            properties=files,
        )
        made.components.add(part)
        made.register_dependency(made.metadata.component, [part])
    writer = make_outputter(made, OutputFormat.JSON, SchemaVersion.V1_6)
    return writer.output_as_string(indent=2) + "\n"


def licences(found: Origins) -> dict[str, str]:
    """The licence texts of each origin, by a file name. Raises `SystemExit` where one
    has none.
    """
    texts = {f"{each}.txt".replace(" ", "-"): _licence(each) for each in sorted(found)}
    for name, text in texts.items():
        if not text.strip():
            raise SystemExit(f"no licence for {name}")
    return texts


def _licence(origin: str) -> str:
    if origin == INTERPRETER:
        return _first(
            Path(sys.base_prefix) / "lib" / f"python{sys.version[:4]}" / "LICENSE.txt",
            Path(sys.base_prefix) / "LICENSE.txt",
        )
    if origin == STARTER:
        origin = "pyinstaller"
    try:
        return _of_distribution(metadata.distribution(origin))
    except metadata.PackageNotFoundError:
        if sys.platform != "linux":
            return f"A part of {origin}, under the terms of that system.\n"
        return _first(Path("/usr/share/doc") / origin / "copyright")


def _of_distribution(distribution: metadata.Distribution) -> str:
    """The files that it brings; else what its metadata say."""
    names = ("licen", "copying", "notice")
    texts = [
        Path(str(distribution.locate_file(file))).read_text("utf-8", "replace")
        for file in distribution.files or ()
        if any(each in file.name.lower() for each in names)
        and file.suffix.lower() in {"", ".txt", ".md", ".rst"}
    ]
    said = distribution.metadata
    name = said.get("License-Expression") or said.get("License") or ""
    classifiers = [each for each in said.get_all("Classifier", []) if "License" in each]
    return "\n\n".join(texts) or "\n".join([name, *classifiers])


def _first(*paths: Path) -> str:
    return next((each.read_text("utf-8") for each in paths if each.exists()), "")
