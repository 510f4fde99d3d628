"""Who may import whom, and what that costs at run time."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[2]
PRODUCT = [
    path
    for folder in ("hygiene", "checks/hygiene_checks", "guides/hygiene_guides")
    for path in sorted((ROOT / folder).rglob("*.py"))
]
HEAVY = ("textual", "rich", "psutil", "apsw", "regipy", "browser_history", "ijson")
NETWORK = (
    *("socket", "ssl", "http", "urllib.request", "requests", "httpx", "aiohttp"),
    *("webbrowser", "ftplib", "smtplib", "asyncio.open_connection"),
)
STARTS_PROGRAMS = ("subprocess", "multiprocessing", "pty", "webbrowser", "pickle")


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{n.name}" for n in node.names)}
    return names


def _under(names: set[str], banned: tuple[str, ...]) -> set[str]:
    return {
        each
        for each in names
        for ban in banned
        if each == ban or each.startswith(f"{ban}.")
    }


def test_the_floors_hold() -> None:
    """Every contract of pyproject.toml is kept."""
    assert (
        lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0
    )


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("hygiene.contract", HEAVY),
        ("hygiene.engine.runner", HEAVY),
        ("hygiene.cli", HEAVY),
        ("hygiene.plain", ("textual", "rich")),
        ("hygiene.report.record", HEAVY),
        ("hygiene_checks.browser.history", HEAVY),
        ("hygiene_checks.browser.passwords", HEAVY),
        ("hygiene_checks.browser.autocomplete", HEAVY),
        ("hygiene_checks.chat.logs", HEAVY),
        ("hygiene_checks.photos.geotags", HEAVY),
    ],
)
def test_importing_stays_light(module: str, heavy: tuple[str, ...]) -> None:
    """What a static graph cannot see: what is really loaded."""
    code = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True
    )
    assert _under(set(done.stdout.split()), heavy) == set()


def test_no_check_is_imported_under_a_second_name() -> None:
    """`checks.hygiene_checks` would be a twin whose classes differ."""
    code = (
        "import sys; from hygiene.engine import registry; registry.load(registry.find());"
        "print(*(n for n in sys.modules if n.split('.')[0] in ('checks', 'guides')))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


@pytest.mark.rule("SR-20")
@pytest.mark.parametrize("path", PRODUCT, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_reaches_for_the_network(path: Path) -> None:
    """No module of ours imports anything that can open a connection."""
    assert _under(_imports(path), NETWORK) == set()


@pytest.mark.rule("SR-19")
@pytest.mark.parametrize("path", PRODUCT, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_starts_a_program(path: Path) -> None:
    """No module of ours starts another program or unpickles."""
    assert _under(_imports(path), STARTS_PROGRAMS) == set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            call = f"{node.value.id}.{node.attr}"
            assert call not in {"os.system", "os.popen", "os.startfile"}
            assert not call.startswith(("os.exec", "os.spawn", "os.fork"))


WRITES = {
    *("unlink", "remove", "rmdir", "rmtree", "rename", "replace", "truncate"),
    *("write_text", "write_bytes", "mkdir", "makedirs", "symlink", "link", "chmod"),
    *("chown", "utime", "setxattr", "removexattr", "mkdtemp", "mkstemp", "touch"),
}
MAY_WRITE = (
    *("hygiene/practice/", "hygiene/words/build.py"),
    *("hygiene/host/copying/", "hygiene/host/writing/"),
)
"""What builds made-up homes and catalogues, and the two writers."""


@pytest.mark.rule("SR-19")
@pytest.mark.parametrize("path", PRODUCT, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_writers_write(path: Path) -> None:
    """Looking has no code that could change a file."""
    name = path.relative_to(ROOT).as_posix()
    if name.startswith(MAY_WRITE):
        return
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id == "open":
            if ast.unparse(node.args[0]) == "os.devnull":
                continue
            pytest.fail(f"{name}:{node.lineno} opens a file by its own")
        if isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            owner = ast.unparse(node.func.value)
            modules = {"os", "shutil", "path", "Path", "tempfile"}
            assert owner.split(".")[0] not in modules, f"{name}:{node.lineno}"


def test_sqlite_is_known_in_one_place() -> None:
    """Apsw stands in the reader, the writer and the builder of made-up stores only."""
    users = {
        path.relative_to(ROOT).as_posix()
        for path in PRODUCT
        if _under(_imports(path), ("apsw", "sqlite3"))
    }
    places = ("hygiene/host/sqlite/", "hygiene/host/writing/")
    others = {each for each in users if not each.startswith(places)}
    assert others == {"hygiene/practice/store.py"}


@pytest.mark.rule("SR-16")
def test_no_list_of_sites_is_shipped() -> None:
    """Data files hold sentences, guides and emergency numbers, and nothing to match."""
    kinds = {
        path.suffix
        for folder in ("hygiene", "checks/hygiene_checks", "guides/hygiene_guides")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert kinds <= {".py", ".po", ".mo", ".md", ".toml", ".tcss", ".sql", ".typed", ""}


@pytest.mark.rule("SR-42")
@pytest.mark.parametrize("path", PRODUCT, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_disguises_the_program(path: Path) -> None:
    """No process name is changed and no window title is set."""
    text = path.read_text("utf-8")
    assert "setproctitle" not in text
    assert "\\x1b]0;" not in text
    assert "\\x1b]2;" not in text
