"""Sign-ins of one site in a Firefox profile: one tick, one sign-in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hygiene.contract import Kept, Site, Tick, Why
from hygiene.practice.firefox_stores import FirefoxStores
from hygiene_checks.browser.forgetting.firefox import FIREFOX
from tests.checks.browser.forgetting.carried_out import (
    clearings,
    document,
    edited,
    missed,
    planned,
    stays,
    without,
)
from tests.checks.browser.forgetting.fox import AT, FOLDER, WHOLE, everything, fox

HIDDEN = "encrypted-words"


def _list(home: Path, name: str = "logins.json", **more: Any) -> None:
    records = [
        {
            "id": number,
            "hostname": hostname,
            "formSubmitURL": sent_to,
            "encryptedUsername": HIDDEN,
            "encryptedPassword": HIDDEN,
            "guid": f"{{{number}}}",
            "timeCreated": 1_700_000_000_000 + number,
        }
        for number, (hostname, sent_to) in enumerate(
            (
                ("https://help.example", "https://help.example"),
                ("https://other.test", "https://help.example"),
                ("https://www.help.example", ""),
                ("https://nothelp.example", ""),
                ("chrome://FirefoxAccounts", None),
            )
        )
    ]
    path = home / FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"logins": records, "version": 3, **more}))


def _left(home: Path, *guids: str, name: str = "logins.json") -> list[str]:
    """Hosts in the list once the sign-ins with these ids were ticked."""
    steps = [
        step
        for each in clearings(planned(FIREFOX, home, WHOLE), Kept.SIGN_INS)
        if each.store.endswith(f"/{name}") and any(guid in each.key for guid in guids)
        for step in each.steps
    ]
    after = edited(document(home / FOLDER / name), *steps)
    return [each["hostname"] for each in after["logins"]]


@pytest.mark.rule("SR-23")
def test_each_sign_in_has_a_tick_of_its_own(tmp_path: Path) -> None:
    """One is taken, the other of the same site stays."""
    fox(tmp_path).write()
    _list(tmp_path)
    parts = clearings(planned(FIREFOX, tmp_path, WHOLE), Kept.SIGN_INS)
    assert [each.label.raw for each in parts if each.label] == [
        "help.example",
        "www.help.example",
    ]
    assert {each.tick for each in parts} == {Tick.OFF}
    assert all(each.counts == {"logins": 1} for each in parts)
    assert _left(tmp_path, "{0}") == [
        "https://other.test",
        "https://www.help.example",
        "https://nothelp.example",
        "chrome://FirefoxAccounts",
    ]
    assert _left(tmp_path, "{0}", "{2}") == [
        "https://other.test",
        "https://nothelp.example",
        "chrome://FirefoxAccounts",
    ]


def test_copies_of_a_sign_in_have_keys_that_begin_alike(tmp_path: Path) -> None:
    """The program goes back to its copy, so all three go together or none."""
    fox(tmp_path).write()
    _list(tmp_path)
    _list(tmp_path, "logins-backup.json")
    FirefoxStores(tmp_path / FOLDER).sign_in("https://help.example", "{0}").write()
    parts = [
        each
        for each in clearings(planned(FIREFOX, tmp_path, WHOLE), Kept.SIGN_INS)
        if "{0}" in each.key
    ]
    names = ["logins.json", "logins-backup.json", "logins.db"]
    assert [each.key for each in parts] == [
        f"{FOLDER}:sign-ins:{{0}}:{name}" for name in names
    ]
    assert [each.store for each in parts] == [f"{FOLDER}/{name}" for name in names]


def test_both_tables_of_the_newer_store(tmp_path: Path) -> None:
    """A sign-in may stand as changed here and as the account has it."""
    fox(tmp_path).write()
    stores = FirefoxStores(tmp_path / FOLDER)
    for table in ("loginsL", "loginsM"):
        stores.sign_in("https://help.example", "{0}", table=table)
        stores.sign_in("https://nothelp.example", "{1}", table=table)
    stores.write()
    [part] = clearings(planned(FIREFOX, tmp_path, WHOLE), Kept.SIGN_INS)
    left = without(tmp_path / FOLDER / "logins.db", part.steps)
    for table in ("loginsL", "loginsM"):
        assert [row[1] for row in left[table]] == ["https://nothelp.example"]


def test_notes_on_a_sign_in_go_with_it(tmp_path: Path) -> None:
    """Warnings that were put away, and passwords that were found elsewhere."""
    fox(tmp_path).write()
    _list(
        tmp_path,
        potentiallyVulnerablePasswords=[
            {"guid": "{3}", "encryptedPassword": HIDDEN},
            {"guid": "{0}", "encryptedPassword": HIDDEN},
        ],
        dismissedBreachAlertsByLoginGUID={"{0}": {"at": 1}, "{3}": {"at": 2}},
    )
    part = clearings(planned(FIREFOX, tmp_path, WHOLE), Kept.SIGN_INS)[0]
    after = edited(document(tmp_path / FOLDER / "logins.json"), *part.steps)
    assert [each["guid"] for each in after["potentiallyVulnerablePasswords"]] == ["{3}"]
    assert list(after["dismissedBreachAlertsByLoginGUID"]) == ["{3}"]


def test_what_another_sign_in_says_of_the_site_is_told(tmp_path: Path) -> None:
    """A form of another site that is sent to this one: the sign-in is the other's."""
    fox(tmp_path).write()
    _list(tmp_path)
    assert stays(planned(FIREFOX, tmp_path, WHOLE)) == {
        ("logins.json", Kept.SIGN_INS): 1
    }


def test_the_old_list_of_never_saved_sites(tmp_path: Path) -> None:
    """Each by a tick of its own."""
    fox(tmp_path).never_save("https://help.example").never_save(
        "https://nothelp.example"
    ).write()
    [part] = clearings(planned(FIREFOX, tmp_path, WHOLE), Kept.NEVER_SAVED)
    assert part.tick is Tick.OFF
    after = edited(document(tmp_path / FOLDER / "logins.json"), *part.steps)
    assert after["disabledHosts"] == ["https://nothelp.example"]


@pytest.mark.rule("SR-15")
def test_no_secret_is_in_a_plan(tmp_path: Path) -> None:
    """Encrypted names and passwords are not read at all."""
    folder = everything(tmp_path)
    _list(tmp_path)
    plan = planned(FIREFOX, tmp_path, WHOLE)
    said = repr(plan) + "".join(
        each.label.raw for each in clearings(plan) if each.label
    )
    assert HIDDEN in (folder / "logins.json").read_text()
    assert HIDDEN not in said
    assert "MDoE" not in said


@pytest.mark.rule("SR-29")
@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", Why.DAMAGED),
        ("[]", Why.UNKNOWN_FORMAT),
        ('{"logins": 5}', Why.UNKNOWN_FORMAT),
    ],
)
def test_a_list_that_cannot_be_read_is_told(
    tmp_path: Path, content: str, why: Why
) -> None:
    """And nothing of it is touched."""
    fox(tmp_path).visit("https://help.example/", AT).write()
    (tmp_path / FOLDER / "logins-backup.json").write_text(content)
    plan = planned(FIREFOX, tmp_path, WHOLE)
    assert missed(plan) == {"logins-backup.json": why}
    assert clearings(plan, Kept.SIGN_INS) == []


def test_one_host_does_not_reach_the_hosts_below_it(tmp_path: Path) -> None:
    """The person's choice counts for sign-ins too."""
    fox(tmp_path).write()
    _list(tmp_path)
    parts = clearings(
        planned(FIREFOX, tmp_path, Site("www.help.example")), Kept.SIGN_INS
    )
    assert [each.label.raw for each in parts if each.label] == ["www.help.example"]
