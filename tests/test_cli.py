"""The command line: what it takes, what it refuses, and with which status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hygiene import __version__


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "hygiene", *arguments],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )


def _home(tmp_path: Path) -> Path:
    home = tmp_path / "some-home"
    home.mkdir()
    return home


def test_version_and_help_say_who_we_are() -> None:
    """Both end well and need nothing else."""
    assert _run("--version").stdout == f"hygiene {__version__}\n"
    shown = _run("--help").stdout
    for command in ("check", "checks", "forget", "guide"):
        assert command in shown


def test_help_and_version_import_neither_screens_nor_checks() -> None:
    """They answer at once."""
    code = (
        "import sys\n"
        "from hygiene.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print('LOADED', *sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True
    )
    loaded = done.stdout.rpartition("LOADED")[2].split()
    heavy = ("textual", "rich", "hygiene_checks", "hygiene.host", "importlib.metadata")
    assert [name for name in loaded if name.startswith(heavy)] == []


def test_checks_lists_number_id_title_and_origin() -> None:
    """In page order."""
    lines = _run("checks").stdout.splitlines()
    assert lines[0].startswith("1. browser-history: ")
    assert lines[0].endswith(f" privacy-hygiene {__version__}")
    assert len(lines) >= 5


@pytest.mark.parametrize(
    "arguments",
    [
        ["forget", "some-site.example"],
        ["forget", "--plain", "some-site.example"],
        ["forget", "--yes"],
        ["forget", "--force"],
        ["forget", "--all"],
        ["forget", "--json"],
        ["forget", "--practice", "--home", "/"],
        ["check", "some-site.example"],
        ["some-site.example"],
        ["check", "--yes"],
        ["check", "--force"],
        ["check", "--all"],
        ["check", "monitoring-signs"],
        ["check", "--plain", "--json"],
        ["check", "--practice", "--home", "/"],
        ["check", "--items"],
        ["check", "--items", "--json"],
        ["check", "--lang", "xx"],
        ["check", "--theme", "pink"],
        ["check", "--leave-key", "escape"],
        ["check", "--leave-key", "ctrl+c"],
        ["check", "--idle", "-1"],
        ["check", "--idle", "nan"],
        ["check", "--home", "/no/such/folder"],
        ["guide", "no-such-guide"],
        ["guide", "999"],
        ["guide", "--print", "some-site.txt"],
        ["guide", "no-such-guide", "--print", "some-site.txt"],
        ["guide", "leaving", "--print", "some-site.pdf"],
        ["guide", "leaving", "--print", "some-site"],
        ["guide", "leaving", "--print", ".txt"],
        ["guide", "leaving", "--print", ""],
        ["guide", "leaving", "--print", "/no/Dropbox/../Dropbox/some-site"],
    ],
)
@pytest.mark.rule("SR-63", "SR-23")
def test_wrong_usage_is_one_kind_line(arguments: list[str]) -> None:
    """Status 2, nothing on standard output, and what was typed is not repeated."""
    done = _run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert "some-site" not in done.stderr
    assert "no-such" not in done.stderr


@pytest.mark.rule("SR-23", "SR-26")
@pytest.mark.parametrize("form", [[], ["--plain"], ["--practice"], ["--look-only"]])
def test_forgetting_never_runs_without_someone_who_answers(form: list[str]) -> None:
    """Not a terminal: one line says so, status 2, and nothing is asked or changed."""
    done = _run("forget", *form)
    assert done.returncode == 2
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    assert line.endswith("Nothing was changed.")


@pytest.mark.rule("SR-23")
def test_no_variable_says_yes(tmp_path: Path) -> None:
    """No form of agreement comes from outside of the conversation."""
    home = _home(tmp_path)
    said = {f"HYGIENE_{name}": "1" for name in ("YES", "FORCE", "ALL", "CONFIRM")}
    done = _run("forget", "--home", str(home), **said)
    assert done.returncode == 2
    options = _run("forget", "--help").stdout
    for name in ("--yes", "--force", "--all", "--site"):
        assert name not in options
    assert [*home.iterdir()] == []


def test_an_unknown_check_names_the_known_ones() -> None:
    """So that a typing mistake costs one look."""
    shown = _run("check", "browser-histroy").stderr
    for known in ("browser-history", "saved-passwords", "photo-geotags"):
        assert known in shown
    assert "histroy" not in shown


def _document(*arguments: str) -> dict[str, Any]:
    done = _run("check", "--json", *arguments)
    assert done.returncode == 0
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def test_only_the_checks_that_were_asked_for_run(tmp_path: Path) -> None:
    """One id, one check."""
    document = _document("chat-logs", "--home", str(_home(tmp_path)))
    assert [each["check"] for each in document["checks"]] == ["chat-logs"]
    assert document["schema"] == 1
    assert document["program"] == {"name": "hygiene", "version": __version__}


@pytest.mark.parametrize("platform", ["linux", "macos", "windows"])
@pytest.mark.rule("SR-07")
def test_an_empty_home_is_nothing_found(tmp_path: Path, platform: str) -> None:
    """Every check answers, none is silent, none is alarmed."""
    document = _document("--home", str(_home(tmp_path)), "--platform", platform)
    assert document["platform"] == platform
    assert {each["status"] for each in document["checks"]} == {"nothing-found"}
    assert len(document["checks"]) == 6


def test_every_kind_of_trace_is_found_in_practice() -> None:
    """What someone tries out shows every check at work."""
    document = _document("--practice")
    assert {
        each["check"]: each["status"] for each in document["checks"]
    } == dict.fromkeys(
        (
            *("browser-history", "autocomplete", "saved-passwords"),
            *("chat-logs", "photo-geotags", "own-footprint"),
        ),
        "found",
    )
    assert "items" not in document["checks"][0]["findings"][0]


def test_items_stand_behind_counts_in_practice() -> None:
    """Labels are sites, paths and names; times are UTC."""
    document = _document("--practice", "--items", "browser-history")
    [first, *_] = document["checks"][0]["findings"]
    labels = {each["label"] for each in first["items"]}
    assert "news.example" in labels
    assert all(each["last"].endswith("Z") for each in first["items"])


@pytest.mark.rule("SR-21")
def test_a_practice_home_goes_away() -> None:
    """Nothing of it stays, wherever it was."""
    import tempfile

    places = [Path("/dev/shm"), Path(tempfile.gettempdir())]

    def remains() -> set[Path]:
        return {each for place in places for each in place.glob("sample-*")}

    before = remains()
    _document("--practice", "browser-history")
    assert remains() <= before


@pytest.mark.rule("SR-14")
@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="owners are a Unix matter")
def test_another_accounts_home_is_refused(tmp_path: Path) -> None:
    """A folder of another owner, or one that is another account's home."""
    import pwd

    other = next(
        each.pw_dir
        for each in pwd.getpwall()
        if each.pw_uid != os.geteuid() and Path(each.pw_dir).is_dir()
    )
    assert _run("check", "--json", "--home", other).returncode == 2
    if os.geteuid() == 0:
        home = _home(tmp_path)
        os.chown(home, 12345, 12345)
        done = _run("check", "--json", "--home", str(home))
        assert done.returncode == 2
        assert done.stdout == ""
        assert "another account" in done.stderr


@pytest.mark.rule("SR-14")
@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="only with administrator rights",
)
def test_administrator_rights_are_said_in_one_line(tmp_path: Path) -> None:
    """On standard error, and the document follows all the same."""
    done = _run("check", "--json", "--home", str(_home(tmp_path)))
    assert done.returncode == 0
    assert len(done.stderr.splitlines()) == 1
    assert "administrator" in done.stderr


@pytest.mark.rule("SR-48")
def test_without_a_terminal_the_overview_comes_in_plain_lines() -> None:
    """No question is asked and no control sequence is written."""
    done = _run("check", "--practice")
    assert done.returncode == 0
    assert "Nothing has been changed." in done.stdout
    assert "\x1b" not in done.stdout
    assert all(each.isprintable() for each in done.stdout.replace("\n", ""))


@pytest.mark.rule("SR-59")
def test_guides_are_read_by_number_or_name() -> None:
    """The contents number them; both ways give the same page."""
    contents = _run("guide").stdout
    number, title = next(
        line.split(". ", 1)
        for line in contents.splitlines()
        if "safer computer" in line
    )
    by_number = _run("guide", number).stdout
    assert by_number == _run("guide", "safer-device").stdout
    assert title in by_number


def _stays_here(folder: Path) -> bool:
    from hygiene.host.elsewhere import elsewhere

    return elsewhere(str(folder)) is None


@pytest.mark.rule("SR-33", "SR-59")
@pytest.mark.parametrize("ending", [".txt", ".html", ".HTML"])
def test_a_guide_is_written_for_a_printer(tmp_path: Path, ending: str) -> None:
    """By number or name; what a file can give away is said before, without a question."""
    assert _stays_here(tmp_path)
    file = tmp_path / f"sheet{ending}"
    done = _run("guide", "danger-now", "--print", str(file))
    assert done.returncode == 0
    assert done.stdout == "The file is written.\n"
    [warning] = done.stderr.splitlines()
    for word in ("can be found", "keeps a record", "you trust", "advocate"):
        assert word in warning
    assert "?" not in warning
    assert "1-888-373-7888" in file.read_text("utf-8")
    by_number = tmp_path / f"again{ending}"
    assert _run("guide", "1", "--print", str(by_number)).returncode == 0
    assert by_number.read_bytes() == file.read_bytes()
    assert sorted(tmp_path.glob("[!n]*")) == sorted([file, by_number])


@pytest.mark.rule("SR-12")
def test_a_sheet_speaks_the_language_asked_for(tmp_path: Path) -> None:
    """Guide and frame alike."""
    file = tmp_path / "hoja.html"
    asked = ("guide", "danger-now", "--print", str(file), "--lang", "es")
    assert _run(*asked).returncode == 0
    assert '<html lang="es">' in file.read_text("utf-8")


@pytest.mark.rule("SR-33")
@pytest.mark.parametrize("name", ["OneDrive", "Dropbox", "Nextcloud"])
def test_a_sheet_does_not_go_to_a_cloud_folder(tmp_path: Path, name: str) -> None:
    """Refused in plain words, and nothing is written."""
    folder = tmp_path / name
    folder.mkdir()
    done = _run("guide", "leaving", "--print", str(folder / "sheet.txt"))
    assert done.returncode == 2
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    assert "online account" in line
    assert "USB drive" in line
    assert name not in line
    assert list(folder.iterdir()) == []


def test_a_sheet_takes_the_place_of_nothing(tmp_path: Path) -> None:
    """A name that is taken is wrong usage, and what has it stays."""
    file = tmp_path / "sheet.txt"
    file.write_text("mine")
    done = _run("guide", "leaving", "--print", str(file))
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert file.read_text() == "mine"


def test_a_sheet_that_cannot_be_written_is_status_four(tmp_path: Path) -> None:
    """No such folder; the system lets no file grow. One neutral line after the warning."""
    done = _run("guide", "leaving", "--print", str(tmp_path / "no" / "sheet.txt"))
    assert done.returncode == 4
    [line] = done.stderr.splitlines()
    assert "not written" in line
    assert "sheet" not in line
    if sys.platform != "win32":
        command = (sys.executable, "-P", "-m", "hygiene", "guide", "leaving", "--print")
        full = subprocess.run(
            ["sh", "-c", 'ulimit -f 0; exec "$@"', "-", *command, "sheet.txt"],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
        )
        assert full.returncode == 4
        assert full.stdout == ""
        assert full.stderr.splitlines()[1:] == [line]
    assert list(tmp_path.glob("*sheet*")) == []
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.rule("SR-57", "SR-59")
def test_the_contents_begin_with_where_to_start() -> None:
    """Worries first, with the numbers of their guides, then all; the disclaimer last."""
    lines = _run("guide").stdout.splitlines()
    assert lines[2] == "Where to start"
    start, everything = lines[: lines.index("All guides")], lines
    assert "You think about leaving, or you have left." in start
    numbered = [each for each in start if each[:1].isdigit()]
    assert len(numbered) > 15
    assert set(numbered) <= set(everything[len(start) :])
    assert "not legal advice" in lines[-1]


@pytest.mark.rule("SR-43")
def test_variables_that_write_files_are_forgotten(tmp_path: Path) -> None:
    """Nothing appears at the places they name."""
    canary = tmp_path / "canary"
    names = (
        "TEXTUAL_LOG",
        "TEXTUAL_SCREENSHOT_LOCATION",
        "PYTHONSTARTUP",
        "SSLKEYLOGFILE",
    )
    done = _run("check", "--practice", **dict.fromkeys(names, str(canary)))
    assert done.returncode == 0
    assert not canary.exists()


def test_output_nobody_reads_any_more_ends_quietly() -> None:
    """A closed pipe is no reason for a complaint."""
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "hygiene", "check", "--practice", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
        assert process.wait() == 0
