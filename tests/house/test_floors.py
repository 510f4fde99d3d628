"""Who may import whom, and what that costs at run time."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from hygiene.contract import Finding, Trace

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
STARTING = (
    *("os.system", "os.popen", "os.startfile", "os.exec", "os.spawn", "os.fork"),
    *("os.posix_spawn", "asyncio.create_subprocess"),
)


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
    names = _imports(path)
    assert _under(names, STARTS_PROGRAMS) == set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute):
            names.add(ast.unparse(node))
    assert [each for each in names if each.startswith(STARTING)] == []


CHANGES = {
    *("unlink", "rmdir", "removedirs", "rmtree", "truncate", "ftruncate", "renames"),
    *("write_text", "write_bytes", "mkdir", "makedirs", "mkfifo", "mknod", "touch"),
    *("symlink", "symlink_to", "link", "hardlink_to", "utime", "move", "sendfile"),
    *("chmod", "fchmod", "lchmod", "chown", "fchown", "lchown", "pwrite", "writev"),
    *("setxattr", "removexattr", "copyfile", "copy2", "copytree", "copystat"),
    *("mkdtemp", "mkstemp", "NamedTemporaryFile", "TemporaryDirectory"),
}
"""Calls that change a file, whatever they are called on."""
MAY_CHANGE = {"remove", "rename", "replace"}
"""So do these, but texts, lists and dataclasses have them as well."""
OF_THE_SYSTEM = {"os", "shutil", "pathlib", "tempfile"}
FLAGS = {"O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND", "O_TMPFILE"}
OF_THE_CONSOLE = {"self.write_bytes", "self._console.write_bytes"}
"""The terminal has a method of that name, and is no file."""
MAY_WRITE = (
    *("hygiene/practice/", "hygiene/words/build.py"),
    *("hygiene/host/copying/", "hygiene/host/writing/"),
)
"""What builds made-up homes and catalogues, and the two writers."""


def _nodes(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes, but for calls on the device that keeps nothing."""
    arguments = node.args if isinstance(node, ast.Call) else []
    if arguments and ast.unparse(arguments[0]) == "os.devnull":
        return
    yield node
    for each in ast.iter_child_nodes(node):
        yield from _nodes(each)


def _changing(source: str) -> list[str]:
    """What in a module could change a file."""
    tree = ast.parse(source)
    taken = {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in OF_THE_SYSTEM
        for name in node.names
    }
    return [ast.unparse(node) for node in _nodes(tree) if _may_change(node, taken)]


def _may_change(node: ast.AST, taken: set[str]) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr in FLAGS
    if not isinstance(node, ast.Call):
        return False
    name = ast.unparse(node.func)
    owner, _, last = name.rpartition(".")
    if not owner:
        return name == "open" or (name in taken and name in CHANGES | MAY_CHANGE)
    if last in CHANGES:
        return name not in OF_THE_CONSOLE
    if last in MAY_CHANGE:
        path = owner.startswith(("Path(", "path"))
        return owner in OF_THE_SYSTEM or path or (last == "replace" and _is_path(node))
    modes = [each.value for each in node.args if isinstance(each, ast.Constant)]
    modes += [
        each.value.value
        for each in node.keywords
        if each.arg == "mode" and isinstance(each.value, ast.Constant)
    ]
    return last in {"open", "fdopen"} and any(
        isinstance(each, str) and re.fullmatch(r"[rwaxbt+]*[wax+][bt+]*", each)
        for each in modes
    )


def _is_path(call: ast.Call) -> bool:
    """Whether `replace` is that of a path: a text's takes two texts."""
    return len(call.args) == 1 and not call.keywords


@pytest.mark.rule("SR-19")
@pytest.mark.parametrize("path", PRODUCT, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_writers_write(path: Path) -> None:
    """Looking has no code that could change a file."""
    if not path.relative_to(ROOT).as_posix().startswith(MAY_WRITE):
        assert _changing(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        *("os.unlink(p)", "Path(p).write_text('x')", "self.path.touch()"),
        *("os.replace(a, b)", "path.replace(b)", "Path(p).rename(b)", "open(p)"),
        *("os.open(p, os.O_RDONLY | os.O_CREAT)", "os.fdopen(fd, 'wb')"),
        *("p.open('a')", "p.open(mode='r+')", "shutil.rmtree(p)", "mkstemp()"),
    ],
)
def test_what_writes_is_seen(line: str) -> None:
    """The walk over the code finds each way to change a file."""
    assert _changing(f"from tempfile import mkstemp\n{line}")


@pytest.mark.parametrize(
    "line",
    [
        *("text.replace('a', 'b')", "found.remove(each)", "replace(step, keys=())"),
        *("home.open(path)", "os.fdopen(fd, 'rb')", "open(os.devnull, 'w')"),
        "os.open(os.devnull, os.O_WRONLY)",
    ],
)
def test_what_does_not_write_is_let_through(line: str) -> None:
    """And only those."""
    assert _changing(f"from dataclasses import replace\n{line}") == []


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


HOST = re.compile(
    r"(?<![\w@.-])((?:[a-z0-9-]+\.)+(?:com|org|net|info|help|gov|edu|io|us|uk|mx|es))"
    r"(?![\w.-])"
)
CHATS = {
    *("web.whatsapp.com", "web.telegram.org", "discord.com", "discordapp.com"),
    *("app.slack.com", "teams.microsoft.com", "teams.live.com", "web.skype.com"),
    *("app.element.io", "www.messenger.com"),
}
"""The services whose use in a browser the check of chats tells."""


def _texts(path: Path) -> str:
    """All texts of a module but its comments and docstrings."""
    nodes = [*ast.walk(ast.parse(path.read_text("utf-8")))]
    alone = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    return "\n".join(
        node.value
        for node in nodes
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in alone
    )


@pytest.mark.rule("SR-16")
def test_no_list_of_sites_is_shipped() -> None:
    """The code that looks and clears names the chat services, and no other host."""
    code = [path for path in PRODUCT if "practice" not in path.parts]
    assert {host for path in code for host in HOST.findall(_texts(path))} == CHATS


@pytest.mark.rule("SR-16")
def test_data_files_hold_sentences_and_guides_alone() -> None:
    """None is of a kind that holds something to match."""
    kinds = {
        path.suffix
        for folder in ("hygiene", "checks/hygiene_checks", "guides/hygiene_guides")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert kinds <= {".py", ".po", ".mo", ".md", ".toml", ".tcss", ".sql", ".typed", ""}


@pytest.mark.rule("SR-16")
def test_no_finding_says_what_a_site_is_for() -> None:
    """Neither a finding nor what stands behind it has a place for such a label; whoever
    adds a member looks at this rule.
    """
    shared = {"first", "last"}
    assert {each.name for each in fields(Trace)} == shared | {
        *("key", "label", "kind", "count", "inside")
    }
    assert {each.name for each in fields(Finding)} == shared | {
        *("topic", "level", "program", "program_id", "profile", "part", "sources"),
        *("counts", "guide", "setting", "traces", "choices"),
    }


@pytest.mark.rule("SR-42")
@pytest.mark.parametrize("path", PRODUCT, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_disguises_the_program(path: Path) -> None:
    """No process name is changed and no window title is set."""
    text = path.read_text("utf-8")
    assert "setproctitle" not in text
    assert "\\x1b]0;" not in text
    assert "\\x1b]2;" not in text
