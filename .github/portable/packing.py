"""Our own packages as one compressed file: `program.zip`."""

from __future__ import annotations

import ast
import py_compile
import tempfile
import zipfile
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = {
    "hygiene": ROOT / "hygiene",
    "hygiene_checks": ROOT / "checks" / "hygiene_checks",
    "hygiene_guides": ROOT / "guides" / "hygiene_guides",
}
LEFT_OUT = {".po", ".pyc"}
ONLY_FOR_BUILDING = ROOT / "hygiene" / "words" / "build.py"
MOMENT = (2026, 1, 1, 0, 0, 0)
"""The time of every entry: no build has one of its own."""


def pack(target: Path) -> None:
    """Write our packages, compiled, with what they were installed as."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, path in _files():
            if path.suffix == ".py":
                _add(packed, f"{name}c", _compiled(path, name))
            else:
                _add(packed, name, path.read_bytes())
        installed = metadata.distribution("privacy-hygiene")
        info = f"privacy_hygiene-{installed.version}.dist-info"
        entry_points = installed.read_text("entry_points.txt") or ""
        _add(packed, f"{info}/entry_points.txt", entry_points.encode())
        said = f"Metadata-Version: 2.4\nName: {installed.name}\n"
        said += f"Version: {installed.version}\n"
        _add(packed, f"{info}/METADATA", said.encode())


def _files() -> list[tuple[str, Path]]:
    """Each file of our packages, by the name it has inside."""
    return sorted(
        (f"{name}/{path.relative_to(folder).as_posix()}", path)
        for name, folder in PACKAGES.items()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in LEFT_OUT and path != ONLY_FOR_BUILDING
    )


def _compiled(path: Path, name: str) -> bytes:
    with tempfile.TemporaryDirectory() as work:
        compiled = Path(work) / "module.pyc"
        py_compile.compile(
            str(path),
            str(compiled),
            dfile=name,
            doraise=True,
            optimize=2,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )
        return compiled.read_bytes()


def _add(packed: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    packed.writestr(entry, data)


def imported() -> list[str]:
    """Every module that our own code imports and that is not ours."""
    names: set[str] = set()
    for _, path in _files():
        if path.suffix == ".py":
            names |= _imports(ast.parse(path.read_text("utf-8")))
    ours = tuple(f"{name}." for name in PACKAGES)
    return sorted(
        each for each in names if not f"{each}.".startswith(ours) and _is_module(each)
    )


def _imports(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{n.name}" for n in node.names)}
            if node.module == "textual.widgets":
                # Each is found by its name when it is first used.
                names |= {f"{node.module}._{_snake(n.name)}" for n in node.names}
    return names


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


def _is_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):
        return False
