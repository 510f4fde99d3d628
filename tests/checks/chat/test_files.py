"""Conversations kept as files: who is counted, on which system, from when to when."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from hygiene.contract import (
    Finding,
    Level,
    NotChecked,
    NothingFound,
    Platform,
    Progress,
    Why,
)
from hygiene.host.home import DiskHome
from hygiene.practice import chats
from hygiene.practice.chats import SAID, log_file
from hygiene_checks.chat._file_loggers import FILE_LOGGERS
from hygiene_checks.chat.logs import ChatLogsCheck
from tests.checks.answers import ask, everything_said, found, missed, nothing
from tests.host.deep import deep_folders
from tests.host.refusal import shut
from tests.host.systems import POSIX

LINUX, MACOS, WINDOWS = Platform.LINUX, Platform.MACOS, Platform.WINDOWS
SUPPORT = "Library/Application Support"
ROAMING = "AppData/Roaming"

NOON = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)
EVENING = datetime(2026, 11, 22, 20, 30, 5, tzinfo=UTC)
TALKS = {"ann": [NOON, EVENING], "#garden.chat": [NOON]}

PURPLE = (
    "irc/me@example.org/ann/2026-11-20.120000+0000UTC.html",
    "irc/me@example.org/ann/2026-11-21.120000+0000UTC.txt",
    "irc/me@example.org/#garden.chat/2026-11-20.120000+0000UTC.html",
    "irc/me@example.org/.system/2026-11-20.120000+0000UTC.html",
    "icons.png",
)
WEECHAT = (
    "core.weechat.weechatlog",
    "irc.server.libera.weechatlog",
    "irc.libera.ann.b.weechatlog",
    "irc.libera.#garden.weechatlog",
    "irc.libera.#garden.weechatlog.1.gz",
    "notes.md",
)
NETWORK = ("Libera/#garden.log", "Libera/ann.log", "Libera/server.log", "Libera/x.png")
KOPETE = ("JabberProtocol/me/ann.202610.xml", "JabberProtocol/me/ann.202611.xml")
TELEPATHY = ("gabble_me/ann@x/20261120.log", "gabble_me/chatrooms/garden/20261120.log")
TRILLIAN = (
    "JABBER/Query/ann.log",
    "JABBER/Query/ann.xml",
    "JABBER/Channel/#garden.log",
)


class Case(NamedTuple):
    """Logs of one program on one system: names in its folder, and what they mean."""

    system: Platform
    program: str
    profile: str | None
    folder: str
    names: tuple[str, ...]
    people: list[str]
    files: int


CASES = [
    Case(LINUX, "pidgin", None, ".purple/logs", PURPLE, ["#garden", "ann"], 4),
    Case(
        LINUX,
        "pidgin",
        "Flatpak",
        ".var/app/im.pidgin.Pidgin/.purple/logs",
        PURPLE,
        ["#garden", "ann"],
        4,
    ),
    Case(MACOS, "pidgin", None, ".purple/logs", PURPLE, ["#garden", "ann"], 4),
    Case(WINDOWS, "pidgin", None, f"{ROAMING}/.purple/logs", PURPLE, ["#garden", "ann"], 4),
    Case(
        MACOS,
        "adium",
        "Default",
        f"{SUPPORT}/Adium 2.0/Users/Default/Logs",
        (
            "Jabber.me@x/ann/ann (2026-11-20T12.00.00+0000).chatlog/a.xml",
            "Jabber.me@x/ann/ann (2026-11-20T12.00.00+0000).chatlog/picture.png",
            "AIM.me/ben/ben (2009-05-20T11.30.00-0400).chatlog",
        ),
        ["ann", "ben"],
        2,
    ),
    Case(LINUX, "hexchat", None, ".config/hexchat/logs", NETWORK, ["#garden", "ann"], 3),
    Case(
        LINUX,
        "hexchat",
        "Flatpak",
        ".var/app/io.github.Hexchat/config/hexchat/logs",
        NETWORK,
        ["#garden", "ann"],
        3,
    ),
    Case(MACOS, "hexchat", None, ".config/hexchat/logs", NETWORK, ["#garden", "ann"], 3),
    Case(WINDOWS, "hexchat", None, f"{ROAMING}/HexChat/logs", NETWORK, ["#garden", "ann"], 3),
    Case(LINUX, "xchat", None, ".xchat2/xchatlogs", ("Libera-#garden.log",), ["Libera-#garden"], 1),
    Case(MACOS, "xchat", None, ".xchat2/xchatlogs", ("Libera-#garden.log",), ["Libera-#garden"], 1),
    Case(WINDOWS, "xchat", None, f"{ROAMING}/X-Chat 2/xchatlogs", ("a.log",), ["a"], 1),
    Case(LINUX, "weechat", None, ".local/share/weechat/logs", WEECHAT, ["#garden", "ann.b"], 5),
    Case(LINUX, "weechat", "old folder", ".weechat/logs", WEECHAT, ["#garden", "ann.b"], 5),
    Case(MACOS, "weechat", None, ".local/share/weechat/logs", WEECHAT, ["#garden", "ann.b"], 5),
    Case(LINUX, "irssi", None, "irclogs", NETWORK[:2], ["#garden", "ann"], 2),
    Case(MACOS, "irssi", None, "irclogs", NETWORK[:2], ["#garden", "ann"], 2),
    Case(WINDOWS, "mirc", None, f"{ROAMING}/mIRC/logs", ("#garden.Libera.log", "status.Libera.log"), ["#garden.Libera"], 2),
    Case(LINUX, "kopete", None, ".local/share/kopete/logs", KOPETE, ["ann"], 2),
    Case(LINUX, "kopete", "KDE 4", ".kde4/share/apps/kopete/logs", KOPETE, ["ann"], 2),
    Case(LINUX, "empathy", None, ".local/share/TpLogger/logs", TELEPATHY, ["ann@x", "garden"], 2),
    Case(LINUX, "empathy", "old folder", ".local/share/Empathy/logs", TELEPATHY, ["ann@x", "garden"], 2),
    Case(MACOS, "trillian", "me", f"{SUPPORT}/Trillian/users/me/logs", TRILLIAN, ["#garden", "ann"], 3),
    Case(WINDOWS, "trillian", "me", f"{ROAMING}/Trillian/users/me/logs", TRILLIAN, ["#garden", "ann"], 3),
]  # fmt: skip
each_case = pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case.system}-{case.program}-{case.profile}"
)


def installed(outcomes: Sequence[object], program: str) -> list[Finding]:
    """The findings of a program, settings left out."""
    return [
        each
        for each in outcomes
        if isinstance(each, Finding) and each.program_id == program and not each.setting
    ]


@each_case
def test_finds_the_people_and_rooms(tmp_path: Path, case: Case) -> None:
    """People and rooms are told from logs of servers, and from what is no log."""
    for name in case.names:
        log_file(tmp_path / case.folder / name)
    outcomes = ask(ChatLogsCheck(), tmp_path, case.system)
    finding = found(outcomes, case.program)
    assert finding.counts == {
        "conversations": len(case.people),
        "log_files": case.files,
    }
    assert sorted(str(trace.label) for trace in finding.traces()) == case.people
    assert {trace.kind for trace in finding.traces()} == {"conversation"}
    assert (str(finding.profile) if finding.profile else None) == case.profile
    assert finding.sources == (case.folder,)
    assert (finding.level, finding.guide) == (Level.WORTH_A_LOOK, "chat-logs")
    assert missed(outcomes) == {}
    assert SAID not in everything_said(outcomes)


def test_every_row_of_the_table_has_a_case() -> None:
    """A program added to the table for a system needs a case above."""
    rows = {
        (logger.program.id, system)
        for logger in FILE_LOGGERS
        for system in logger.places
    }
    assert {(case.program, case.system) for case in CASES} == rows


@each_case
def test_finds_nothing_in_an_empty_folder(tmp_path: Path, case: Case) -> None:
    """The folder was looked at and is named; no other program is."""
    (tmp_path / case.folder).mkdir(parents=True)
    outcomes = ask(ChatLogsCheck(), tmp_path, case.system)
    assert nothing(outcomes) == [(case.folder,)]
    assert missed(outcomes) == {}


@pytest.mark.rule("SR-18")
@each_case
def test_cannot_look_into_a_shut_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: Case
) -> None:
    """A folder that may not be read is no empty one."""
    log_file(tmp_path / case.folder / case.names[0])
    shut(tmp_path / case.folder, monkeypatch)
    outcomes = ask(ChatLogsCheck(), tmp_path, case.system)
    assert missed(outcomes) == {case.folder: Why.DENIED}
    assert nothing(outcomes) == []


def test_nothing_at_all(tmp_path: Path) -> None:
    """A home without any of these programs is one place with nothing."""
    for system in Platform:
        assert ask(ChatLogsCheck(), tmp_path, system) == [NothingFound()]


def test_times_are_those_in_the_names(tmp_path: Path) -> None:
    """Pidgin names a log after its beginning, so no file is asked for its time."""
    chats.purple_logs(tmp_path / ".purple/logs", TALKS)
    finding = found(ask(ChatLogsCheck(), tmp_path), "pidgin")
    assert (finding.first, finding.last) == (NOON, EVENING)
    room, ann = finding.traces()
    assert (room.count, room.first, room.last) == (1, NOON, NOON)
    assert (ann.count, ann.first, ann.last) == (2, NOON, EVENING)


def test_a_time_zone_in_a_name(tmp_path: Path) -> None:
    """The name holds local time and how far ahead of UTC it is."""
    folder = tmp_path / ".purple/logs/irc/me/ann"
    log_file(folder / "2026-11-20.070000-0500EST.html")
    finding = found(ask(ChatLogsCheck(), tmp_path), "pidgin")
    assert finding.first == NOON


@pytest.mark.parametrize("stamp", ["2026-13-45.990000+0000", "9999-01-01.000000+0000"])
def test_an_impossible_time_is_left_out(tmp_path: Path, stamp: str) -> None:
    """A time that cannot be is not invented; the file's own time counts."""
    path = log_file(tmp_path / ".purple/logs/irc/me/ann" / f"{stamp}UTC.html")
    os.utime(path, (NOON.timestamp(), NOON.timestamp()))
    assert found(ask(ChatLogsCheck(), tmp_path), "pidgin").first == NOON
    os.utime(path, (2**33, 2**33))
    assert found(ask(ChatLogsCheck(), tmp_path), "pidgin").first is None


def test_other_logs_have_the_time_of_the_file(tmp_path: Path) -> None:
    """Where the name tells no time, the file was last written at its last message."""
    for name, moment in (("ann", NOON), ("ben", EVENING)):
        path = log_file(tmp_path / f"irclogs/Libera/{name}.log")
        os.utime(path, (moment.timestamp(), moment.timestamp()))
    finding = found(ask(ChatLogsCheck(), tmp_path), "irssi")
    assert (finding.first, finding.last) == (NOON, EVENING)


def test_the_second_copy_is_a_finding_of_its_own(tmp_path: Path) -> None:
    """HexChat's scrollback stays when the logs are gone."""
    log_file(tmp_path / ".config/hexchat/scrollback/Libera/#garden.txt")
    outcomes = ask(ChatLogsCheck(), tmp_path)
    finding = found(outcomes, "hexchat", "scrollback")
    assert finding.topic == "chat-scrollback"
    assert finding.counts == {"conversations": 1, "log_files": 1}
    assert nothing(outcomes) == [(".config/hexchat/logs",)]


@pytest.mark.parametrize(
    ("program", "settings", "written"),
    [
        ("irssi", ".irssi/config", 'settings = { core = { autolog_path = "~/talk/$tag/$0.log"; }; };'),
        ("hexchat", ".config/hexchat/hexchat.conf", "irc_logmask = ~/talk/%n/%c.log"),
        ("weechat", ".config/weechat/logger.conf", '[file]\npath = "~/talk"'),
    ],
)  # fmt: skip
def test_logs_in_a_folder_of_choice(
    tmp_path: Path, program: str, settings: str, written: str
) -> None:
    """A folder that the settings name is looked into as well."""
    ending = "weechatlog" if program == "weechat" else "log"
    log_file(tmp_path / f"talk/Libera/irc.libera.ann.{ending}")
    written_to = log_file(tmp_path / settings)
    written_to.write_text(written, "utf-8")
    finding = found(ask(ChatLogsCheck(), tmp_path), program, "elsewhere")
    assert finding.sources == ("talk",)
    assert finding.counts == {"conversations": 1, "log_files": 1}


@pytest.mark.rule("SR-18")
@pytest.mark.parametrize("path", ["/var/talk/$0.log", "~/$tag.log", "~/../talk/$0.log"])
def test_logs_outside_the_home_are_named(tmp_path: Path, path: str) -> None:
    """A folder outside the home, or the whole home, is not walked and is said."""
    config = log_file(tmp_path / ".irssi/config")
    config.write_text(f'settings = {{ autolog_path = "{path}"; }};', "utf-8")
    assert missed(ask(ChatLogsCheck(), tmp_path)) == {".irssi": Why.NOT_ASKED}


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    """It is answered, and not taken for an absent program."""
    log_file(tmp_path / ".purple")
    said = missed(ask(ChatLogsCheck(), tmp_path))
    assert said == {".purple": Why.UNKNOWN_FORMAT}


@POSIX
def test_links_pipes_and_shut_folders_inside(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What lies outside is not followed; what is no file is not opened; all is said."""
    outside = tmp_path_factory.mktemp("outside")
    log_file(outside / "irc/me/eve/2026-11-20.120000+0000UTC.html")
    logs = chats.purple_logs(tmp_path / ".purple/logs", TALKS)
    (logs / "jabber/out").symlink_to(outside / "irc")
    (logs / "jabber/out2").symlink_to(outside)
    os.mkfifo(logs / "jabber/pipe")
    outcomes = ask(ChatLogsCheck(), tmp_path)
    assert missed(outcomes) == {
        ".purple/logs": Why.NOT_ASKED,
        ".purple/logs/jabber/pipe": Why.NOT_SUPPORTED,
    }
    assert found(outcomes, "pidgin").counts == {"conversations": 2, "log_files": 3}
    (links,) = [each for each in outcomes if getattr(each, "why", 0) is Why.NOT_ASKED]
    assert getattr(links, "count", None) == 2


@POSIX
@pytest.mark.rule("SR-07", "SR-18")
def test_a_folder_with_only_hidden_parts_is_not_empty(tmp_path: Path) -> None:
    """Where something could not be looked into, "nothing found" is not said."""
    (tmp_path / "irclogs").mkdir()
    os.mkfifo(tmp_path / "irclogs/pipe")
    outcomes = ask(ChatLogsCheck(), tmp_path)
    assert missed(outcomes) == {"irclogs/pipe": Why.NOT_SUPPORTED}
    assert nothing(outcomes) == []


def test_a_program_behind_a_link_out_of_the_home(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The link is named; nothing behind it is read."""
    outside = tmp_path_factory.mktemp("outside")
    chats.purple_logs(outside / "logs", TALKS)
    (tmp_path / ".purple").symlink_to(outside)
    assert missed(ask(ChatLogsCheck(), tmp_path)) == {".purple": Why.NOT_ASKED}


def test_a_hidden_base_is_named_once(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A `.config` that leads away hides many programs: one line that blames none."""
    (tmp_path / ".config").symlink_to(tmp_path_factory.mktemp("outside"))
    assert ask(ChatLogsCheck(), tmp_path) == [NotChecked(".config", Why.NOT_ASKED)]


def test_many_logs_are_counted_unopened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thousands of logs: progress on the way, and no log is opened."""
    folder = tmp_path / ".purple/logs/irc/me/ann"
    folder.mkdir(parents=True)
    for number in range(2500):
        (folder / f"2026-11-20.12{number % 60:02}00+0000UTC.{number}.html").touch()

    def refused(*_: object) -> None:
        pytest.fail("a log was opened")

    monkeypatch.setattr(DiskHome, "open", refused)
    answers = list(ChatLogsCheck().run(DiskHome(tmp_path, LINUX)))
    assert any(isinstance(each, Progress) for each in answers)
    (finding,) = installed(answers, "pidgin")
    assert finding.counts == {"conversations": 1, "log_files": 2500}


def test_a_thousand_folders_deep(tmp_path: Path) -> None:
    """Depth is no conversation and no end."""
    logs = chats.purple_logs(tmp_path / ".purple/logs", TALKS)
    with deep_folders(logs, 1000):
        counts = found(ask(ChatLogsCheck(), tmp_path), "pidgin").counts
    assert counts == {"conversations": 2, "log_files": 3}


@pytest.mark.rule("SR-15")
def test_hostile_names_stay_inside_untrusted(tmp_path: Path) -> None:
    """Control characters, markup and undecodable bytes reach no text raw."""
    folder = os.fsencode(tmp_path / "irclogs")
    for name in (b"\x1b[31mred", b"[b]bold[b]", b"\xff\xfe", "\u202eabc".encode()):
        os.makedirs(folder + b"/net", exist_ok=True)
        with open(folder + b"/net/" + name + b".log", "wb") as log:
            log.write(b"x")
    finding = found(ask(ChatLogsCheck(), tmp_path), "irssi")
    labels = [str(trace.label) for trace in finding.traces()]
    assert sorted(labels) == ["[b]bold[b]", "abc", "\ufffd[31mred", "\ufffd\ufffd"]
    assert "red" not in repr(next(iter(finding.traces())).label)


def test_traces_are_read_anew_each_time(tmp_path: Path) -> None:
    """Nothing is kept between two looks behind a finding."""
    chats.purple_logs(tmp_path / ".purple/logs", TALKS)
    finding = found(ask(ChatLogsCheck(), tmp_path), "pidgin")
    assert len(list(finding.traces())) == 2
    chats.purple_logs(tmp_path / ".purple/logs", {"ben": [NOON]})
    assert len(list(finding.traces())) == 3


@pytest.mark.parametrize("system", [LINUX, MACOS, WINDOWS])
def test_chats_saved_from_meetings(tmp_path: Path, system: Platform) -> None:
    """Zoom puts them in the person's documents: one folder is one meeting."""
    folder = tmp_path / "Documents/Zoom"
    log_file(folder / "2026-11-20 12.00.00 Team/meeting_saved_chat.txt")
    log_file(folder / "2026-11-21 12.00.00 Team/chat.txt")
    log_file(folder / "2026-11-21 12.00.00 Team/notes.txt")
    finding = found(ask(ChatLogsCheck(), tmp_path, system), "zoom")
    assert finding.counts == {"conversations": 2, "log_files": 2}
