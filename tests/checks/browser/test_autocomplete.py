"""Words, addresses and cards that browsers remember."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hygiene.contract import Finding, Level, NothingFound, Platform, Why
from hygiene.contract.phrases import Phrases
from hygiene.practice.chromium import ChromiumProfile
from hygiene.practice.falkon import FalkonProfile
from hygiene.practice.firefox import FirefoxProfile
from hygiene.practice.forms import (
    write_account_web_data,
    write_labelled_words,
    write_old_web_data,
    write_yandex_forms,
)
from hygiene.practice.hive import write_hive
from hygiene.practice.records import Tables
from hygiene.practice.safari import SafariProfile
from hygiene_checks.browser.autocomplete import AutocompleteCheck
from tests.checks.answers import (
    ask,
    everything_said,
    found,
    inside,
    kept_exclusive,
    missed,
    nothing,
    settings,
    store,
    traces,
)
from tests.footprint import age, footprint
from tests.host.refusal import shut

EARLY = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
LATE = datetime(2026, 11, 20, 21, 30, tzinfo=UTC)
CHECK = AutocompleteCheck()

CHROMIUM = {
    Platform.LINUX: ".config/chromium/Default",
    Platform.MACOS: "Library/Application Support/Chromium/Default",
    Platform.WINDOWS: "AppData/Local/Chromium/User Data/Default",
}
FIREFOX = {
    Platform.LINUX: ".mozilla/firefox/a.default",
    Platform.MACOS: "Library/Application Support/Firefox/Profiles/a.default",
    Platform.WINDOWS: "AppData/Roaming/Mozilla/Firefox/Profiles/a.default",
}
every_layout = pytest.mark.parametrize("platform", list(Platform), ids=str)


def chromium(root: Path, platform: Platform = Platform.LINUX) -> ChromiumProfile:
    return ChromiumProfile(root / CHROMIUM[platform])


def firefox(root: Path, platform: Platform = Platform.LINUX) -> FirefoxProfile:
    return FirefoxProfile(root / FIREFOX[platform])


def words(profile: ChromiumProfile | FirefoxProfile) -> None:
    """Three words in two fields."""
    profile.form_word("email", "ann@mail.example", LATE, first=EARLY, times=4)
    profile.form_word("email", "bea@mail.example", LATE)
    profile.form_word("city", "Leeds", EARLY)


@every_layout
def test_chromium_profile_is_counted(tmp_path: Path, platform: Platform) -> None:
    """Words, addresses, cards and address-bar memory, with the span of the words."""
    profile = chromium(tmp_path, platform)
    words(profile)
    profile.address("Ann", "Mill Lane", LATE).card("Ann", b"v10", LATE)
    profile.shortcut("lee", "https://leeds.example/", LATE)
    profile.shortcut("yor", "https://york.example/", LATE).write()
    finding = found(ask(CHECK, tmp_path, platform), "chromium")
    assert finding.counts == {
        "entries": 3,
        "addresses": 1,
        "cards": 1,
        "suggestions": 2,
    }
    assert (finding.first, finding.last) == (EARLY, LATE)
    assert finding.level is Level.WORTH_A_LOOK
    assert finding.sources == (
        f"{CHROMIUM[platform]}/Web Data",
        f"{CHROMIUM[platform]}/Shortcuts",
    )


@every_layout
def test_firefox_profile_is_counted(tmp_path: Path, platform: Platform) -> None:
    """Words with the search bar's, addresses, cards and address-bar memory."""
    profile = firefox(tmp_path, platform)
    words(profile)
    profile.form_word("searchbar-history", "trains to york", LATE)
    profile.address("Ann", "Mill Lane", LATE).address("Bea", "High St", LATE)
    profile.card("Ann", "MDoE", LATE).typed("yo", "https://york.example/").write()
    finding = found(ask(CHECK, tmp_path, platform), "firefox")
    assert finding.counts == {
        "entries": 4,
        "addresses": 2,
        "cards": 1,
        "suggestions": 1,
    }
    assert (finding.first, finding.last) == (EARLY, LATE)
    assert [source.rpartition("/")[2] for source in finding.sources] == [
        "formhistory.sqlite",
        "autofill-profiles.json",
        "places.sqlite",
    ]


@every_layout
def test_empty_profiles_hold_nothing(tmp_path: Path, platform: Platform) -> None:
    """A profile without words, addresses or cards is nothing found, settings apart."""
    chromium(tmp_path, platform).write()
    firefox(tmp_path, platform).write()
    outcomes = ask(CHECK, tmp_path, platform)
    assert [each[0].rpartition("/")[2] for each in nothing(outcomes)] == [
        "Web Data",
        "formhistory.sqlite",
    ]
    assert all(each.setting for each in outcomes if isinstance(each, Finding))
    assert missed(outcomes) == {}


@every_layout
def test_home_without_programs_holds_nothing(
    tmp_path: Path, platform: Platform
) -> None:
    """No program at all is one answer, not silence."""
    assert ask(CHECK, tmp_path, platform) == [NothingFound()]


@pytest.mark.rule("SR-18")
@every_layout
def test_one_damaged_store_hides_nothing_else(
    tmp_path: Path, platform: Platform
) -> None:
    """The damaged store is named, and the others of the profile still count."""
    profile = chromium(tmp_path, platform).shortcut("a", "https://a.example/", LATE)
    words(profile)
    web_data = profile.write() / "Web Data"
    web_data.write_bytes(web_data.read_bytes()[:3000])
    outcomes = ask(CHECK, tmp_path, platform)
    assert missed(outcomes) == {f"{CHROMIUM[platform]}/Web Data": Why.DAMAGED}
    finding = found(outcomes, "chromium")
    assert finding.counts == {"suggestions": 1}
    assert finding.level is Level.NOTE
    assert not finding.has_traces


@pytest.mark.rule("SR-18")
def test_nothing_readable_is_not_nothing_found(tmp_path: Path) -> None:
    """A profile whose stores are all of an unknown format does not hold nothing."""
    folder = tmp_path / CHROMIUM[Platform.LINUX]
    for name in ("Web Data", "Shortcuts"):
        store(folder / name, "CREATE TABLE future (x)")
    outcomes = ask(CHECK, tmp_path)
    assert set(missed(outcomes).values()) == {Why.UNKNOWN_FORMAT}
    assert nothing(outcomes) == []


@pytest.mark.rule("SR-18")
def test_future_columns_are_an_unknown_format(tmp_path: Path) -> None:
    """A table of words whose columns have other names is not read as empty."""
    folder = tmp_path / FIREFOX[Platform.LINUX]
    path = store(folder / "formhistory.sqlite", "CREATE TABLE moz_formhistory (a, b)")
    name = path.relative_to(tmp_path).as_posix()
    assert missed(ask(CHECK, tmp_path)) == {name: Why.UNKNOWN_FORMAT}


def test_denied_store_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store this account may not read is denied, and the other still counts."""
    profile = firefox(tmp_path).typed("yo", "https://york.example/")
    words(profile)
    shut(profile.write() / "formhistory.sqlite", monkeypatch)
    outcomes = ask(CHECK, tmp_path)
    source = f"{FIREFOX[Platform.LINUX]}/formhistory.sqlite"
    assert missed(outcomes) == {source: Why.DENIED}
    assert found(outcomes, "firefox").counts["suggestions"] == 1


@pytest.mark.rule("SR-13")
def test_newest_word_only_in_the_log_is_counted(tmp_path: Path) -> None:
    """What stands only in a `-wal` file counts too."""
    forms = Tables("firefox-formhistory-5")
    for number in range(3):
        forms.add(
            "moz_formhistory",
            fieldname="city",
            value=f"town {number}",
            timesUsed=1,
            firstUsed=1,
            lastUsed=1,
            guid=str(number),
        )
    folder = tmp_path / FIREFOX[Platform.LINUX]
    forms.write(folder / "formhistory.sqlite", wal=True)
    assert (folder / "formhistory.sqlite-wal").stat().st_size
    assert found(ask(CHECK, tmp_path), "firefox").counts == {"entries": 3}


@pytest.mark.rule("SR-13")
def test_a_running_browser_is_read_and_nothing_is_touched(tmp_path: Path) -> None:
    """Under the browser's own lock the words are counted and no file changes."""
    profile = chromium(tmp_path)
    words(profile)
    web_data = profile.write() / "Web Data"
    with kept_exclusive(web_data):
        age(tmp_path)
        before = footprint(tmp_path)
        finding = found(ask(CHECK, tmp_path), "chromium")
        fields = traces(finding)
        assert footprint(tmp_path) == before
    assert finding.counts["entries"] == 3
    assert sorted(fields) == ["city", "email"]


def test_fields_are_listed_without_their_words(tmp_path: Path) -> None:
    """Behind a finding stand the field names: words in each, first and last use."""
    profile = firefox(tmp_path)
    words(profile)
    profile.write()
    fields = traces(found(ask(CHECK, tmp_path), "firefox"))
    assert {key: (each.kind, each.count) for key, each in fields.items()} == {
        "city": ("field", 1),
        "email": ("field", 2),
    }
    assert (fields["email"].first, fields["email"].last) == (EARLY, LATE)


@pytest.mark.rule("SR-15")
@pytest.mark.parametrize("make", [chromium, firefox], ids=["chromium", "firefox"])
def test_words_come_out_of_their_own_field_alone(
    tmp_path: Path, make: type[ChromiumProfile | FirefoxProfile]
) -> None:
    """Words, addresses and cards stand in no finding and no trace; the words of one
    field come when that field is asked for them.
    """
    profile = make(tmp_path)
    words(profile)
    profile.address("ZQ-name", "ZQ-street", LATE)
    if isinstance(profile, ChromiumProfile):
        profile.card("ZQ-holder", b"ZQ-number", LATE)
    else:
        profile.card("ZQ-holder", "ZQ-number", LATE)
        profile.form_word("searchbar-history", "ZQ-search", LATE)
    profile.write()
    outcomes = ask(CHECK, tmp_path)
    said = everything_said(outcomes)
    for canary in ("ZQ-", "mail.example", "Leeds"):
        assert canary not in said
    (finding,) = [
        each for each in outcomes if isinstance(each, Finding) and each.has_traces
    ]
    email = inside(traces(finding)["email"])
    assert {each.label.raw: (each.kind, each.count) for each in email} == {
        "ann@mail.example": ("word", 4),
        "bea@mail.example": ("word", 1),
    }


def test_a_field_in_two_stores_is_one_trace(tmp_path: Path) -> None:
    """Yandex keeps words under its own name; the same field adds up."""
    folder = tmp_path / ".config/yandex-browser/Default"
    profile = ChromiumProfile(folder).form_word("city", "Leeds", EARLY)
    profile.write()
    write_yandex_forms(folder, [("city", "York"), ("name", "Ann")], LATE)
    finding = found(ask(CHECK, tmp_path), "yandex")
    assert finding.counts["entries"] == 3
    city = traces(finding)["city"]
    assert (city.count, city.first, city.last) == (2, EARLY, LATE)
    assert sorted(each.label.raw for each in inside(city)) == ["Leeds", "York"]


def test_newer_table_of_labelled_words_counts(tmp_path: Path) -> None:
    """Chromium's `autocomplete` table beside `autofill` is read too."""
    folder = tmp_path / CHROMIUM[Platform.LINUX]
    rows = [("q", "Search", "york"), ("q", "Find", "york"), ("city", "Town", "Leeds")]
    write_labelled_words(folder, rows, LATE)
    finding = found(ask(CHECK, tmp_path), "chromium")
    assert finding.counts["entries"] == 3
    assert traces(finding)["q"].count == 2


def test_tables_of_2013_are_read(tmp_path: Path) -> None:
    """Old form words have no times; old addresses stand in a table of another name."""
    folder = tmp_path / CHROMIUM[Platform.LINUX]
    write_old_web_data(folder, [("city", "Leeds"), ("city", "York")], addresses=2)
    finding = found(ask(CHECK, tmp_path), "chromium")
    assert finding.counts == {"entries": 2, "addresses": 2, "cards": 0}
    assert (finding.first, finding.last) == (None, None)
    city = traces(finding)["city"]
    assert [each.label.raw for each in inside(city)] == ["Leeds", "York"]


@pytest.mark.parametrize(
    ("tables", "addresses"),
    [
        (("local_addresses", "contact_info"), 4),
        (("contact_info",), 2),
        (("autofill_profiles", "server_addresses"), 4),
        (("addresses", "local_addresses"), 2),
    ],
)
def test_address_tables_of_every_age(
    tmp_path: Path, tables: tuple[str, ...], addresses: int
) -> None:
    """Own addresses and those of the account count; a renamed table counts once."""
    rows = "".join(
        f"CREATE TABLE {each} (guid); INSERT INTO {each} VALUES (1), (2);"
        for each in tables
    )
    store(tmp_path / CHROMIUM[Platform.LINUX] / "Web Data", rows)
    assert found(ask(CHECK, tmp_path), "chromium").counts["addresses"] == addresses


def test_cards_of_the_account_count_without_digits(tmp_path: Path) -> None:
    """Cards known by their last digits are counted in the account's own store."""
    folder = chromium(tmp_path).card("Ann", b"v10", LATE).write()
    write_account_web_data(folder, ["9871", "9872"])
    outcomes = ask(CHECK, tmp_path)
    assert found(outcomes, "chromium").counts["cards"] == 3
    assert "987" not in everything_said(outcomes)


def test_deleted_firefox_addresses_do_not_count(tmp_path: Path) -> None:
    """A record that only waits for sync to spread its end is no address."""
    folder = firefox(tmp_path).write()
    document = {"addresses": [{"guid": "a"}, {"guid": "b", "deleted": True}]}
    (folder / "autofill-profiles.json").write_text(json.dumps(document))
    assert found(ask(CHECK, tmp_path), "firefox").counts["addresses"] == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [("[1, 2]", Why.UNKNOWN_FORMAT), ("{not json", Why.DAMAGED)],
)
def test_wrong_json_could_not_be_checked(
    tmp_path: Path, content: str, why: Why
) -> None:
    """A list of addresses that is no such document says so."""
    folder = firefox(tmp_path).write()
    (folder / "autofill-profiles.json").write_text(content)
    source = f"{FIREFOX[Platform.LINUX]}/autofill-profiles.json"
    assert missed(ask(CHECK, tmp_path)) == {source: why}


def test_hostile_field_names_stay_apart(tmp_path: Path) -> None:
    """Names with escapes, direction marks, huge length or no sense at all are kept
    apart and shown clean.
    """
    profile = chromium(tmp_path)
    names = ["\x1b[2Jfield", "\u202efield", "", "[b]field[/b]", "x" * 100_000]
    for name in names:
        profile.form_word(name, "word", LATE)
    web_data = profile.write() / "Web Data"
    store(
        web_data,
        "INSERT INTO autofill(name,value) VALUES"
        " (CAST(X'ff41' AS TEXT), CAST(X'fe' AS TEXT)), (NULL, 7), (X'00', X'00')",
    )
    fields = traces(found(ask(CHECK, tmp_path), "chromium"))
    assert sum(each.count for each in fields.values()) == 8
    for each in fields.values():
        assert str(each.label).isprintable()
        assert len(each.label.raw) <= 1000
        assert inside(each)
    assert [str(each.label) for each in inside(fields["\udcffA"])] == ["\ufffd"]


def test_times_without_sense_are_left_out(tmp_path: Path) -> None:
    """Times before 1970, after 2100, or no numbers at all are not invented."""
    web_data = chromium(tmp_path).write() / "Web Data"
    store(
        web_data,
        "INSERT INTO autofill(name,value,date_created,date_last_used) VALUES"
        " ('a','1',-5,99999999999999999), ('a','2','soon','later')",
    )
    finding = found(ask(CHECK, tmp_path), "chromium")
    assert finding.counts["entries"] == 2
    assert (finding.first, finding.last) == (None, None)


def test_defaults_are_told_where_nothing_is_stored(tmp_path: Path) -> None:
    """An absent key is the default of that browser; where that is not known, unknown."""
    chromium(tmp_path).write()
    ChromiumProfile(tmp_path / ".config/vivaldi/Default").write()
    firefox(tmp_path).write()
    FirefoxProfile(tmp_path / ".librewolf/a.default").write()
    outcomes = ask(CHECK, tmp_path)
    on = {"fill-addresses": "on", "fill-cards": "on", "suggest-searches": "on"}
    assert settings(outcomes, "chromium") == on
    assert settings(outcomes, "vivaldi") == on | {"suggest-searches": "unknown"}
    assert settings(outcomes, "firefox") == on | {"remember-forms": "on"}
    assert set(settings(outcomes, "librewolf").values()) == {"unknown"}


def test_stored_settings_win(tmp_path: Path) -> None:
    """What is stored is told; `user.js` wins over `prefs.js`, old names are known."""
    profile = chromium(tmp_path).setting("autofill.credit_card_enabled", value=False)
    profile.setting("autofill.enabled", value=False).write()
    firefox(tmp_path).setting("browser.formfill.enable", value=True).setting(
        "browser.formfill.enable", value=False, by_user_js=True
    ).write()
    outcomes = ask(CHECK, tmp_path)
    assert settings(outcomes, "chromium") == {
        "fill-addresses": "off",
        "fill-cards": "off",
        "suggest-searches": "on",
    }
    assert settings(outcomes, "firefox")["remember-forms"] == "off"


@pytest.mark.parametrize(
    ("content", "why"),
    [("not json", Why.DAMAGED), ("[]", Why.UNKNOWN_FORMAT)],
)
def test_wrong_preferences_could_not_be_checked(
    tmp_path: Path, content: str, why: Why
) -> None:
    """Preferences that are no JSON object are named; the words still count."""
    profile = chromium(tmp_path)
    words(profile)
    (profile.write() / "Preferences").write_text(content)
    outcomes = ask(CHECK, tmp_path)
    assert missed(outcomes) == {f"{CHROMIUM[Platform.LINUX]}/Preferences": why}
    assert found(outcomes, "chromium").counts["entries"] == 3
    assert settings(outcomes, "chromium") == {}


_IE = r"Software\Microsoft\Internet Explorer"
_EXPLORER = r"Software\Microsoft\Windows\CurrentVersion\Explorer"


def test_windows_registry_is_counted(tmp_path: Path) -> None:
    """Form words and typed addresses by number, and three switches."""
    write_hive(
        tmp_path / "NTUSER.DAT",
        {
            _IE + r"\TypedURLs": {
                "url1": "https://a.example/ZQ",
                "URL2": "https://b.example/ZQ",
                "note": "ZQ",
            },
            _IE + r"\IntelliForms\Storage1": {"ZQ1": b"ZQ", "ZQ2": b"ZQ"},
            _IE + r"\Main": {"use formsuggest": "no"},
            _EXPLORER + r"\TypedPaths": {"url1": r"C:\ZQ"},
            _EXPLORER + r"\AutoComplete": {"Append Completion": "Yes"},
        },
    )
    outcomes = ask(CHECK, tmp_path, Platform.WINDOWS)
    finding = found(outcomes, "windows")
    assert finding.counts == {"entries": 2, "suggestions": 3}
    assert finding.sources == ("NTUSER.DAT",)
    assert settings(outcomes, "windows") == {
        "inline-autocomplete": "on",
        "list-autocomplete": "unknown",
        "remember-forms": "off",
    }
    assert "ZQ" not in everything_said(outcomes)


def test_empty_windows_registry_holds_nothing(tmp_path: Path) -> None:
    """A registry without any of the keys is looked at, and its switches are unknown."""
    write_hive(tmp_path / "NTUSER.DAT", {"Software": {}})
    outcomes = ask(CHECK, tmp_path, Platform.WINDOWS)
    assert nothing(outcomes) == [("NTUSER.DAT",)]
    assert set(settings(outcomes, "windows").values()) == {"unknown"}


def test_damaged_windows_registry_could_not_be_checked(tmp_path: Path) -> None:
    """A file that is no registry is said to be of an unknown format."""
    (tmp_path / "NTUSER.DAT").write_bytes(b"nothing of the kind")
    outcomes = ask(CHECK, tmp_path, Platform.WINDOWS)
    assert missed(outcomes) == {"NTUSER.DAT": Why.UNKNOWN_FORMAT}
    assert nothing(outcomes) == []


def test_internet_explorer_is_not_supported(tmp_path: Path) -> None:
    """Its database is named as not supported."""
    cache = tmp_path / "AppData/Local/Microsoft/Windows/WebCache/WebCacheV01.dat"
    cache.parent.mkdir(parents=True)
    cache.write_bytes(bytes(100))
    (why,) = missed(ask(CHECK, tmp_path, Platform.WINDOWS)).values()
    assert why is Why.NOT_SUPPORTED


def test_safari_words_are_not_supported_and_its_settings_told(tmp_path: Path) -> None:
    """Safari's own words are encrypted: said, not counted. Its switches are told."""
    folder = tmp_path / "Library/Safari"
    SafariProfile(folder).setting("AutoFillMiscellaneousForms", value=False).write()
    (folder / "Form Values").write_bytes(b"encrypted")
    outcomes = ask(CHECK, tmp_path, Platform.MACOS)
    assert missed(outcomes) == {"Library/Safari/Form Values": Why.NOT_SUPPORTED}
    assert nothing(outcomes) == []
    assert settings(outcomes, "safari") == {
        "remember-forms": "off",
        "fill-addresses": "unknown",
        "fill-cards": "unknown",
    }


def test_falkon_keeps_no_words(tmp_path: Path) -> None:
    """Falkon's `autofill` table holds sign-ins: no business of this check."""
    FalkonProfile(tmp_path / ".config/falkon/profiles/default").login(
        "a.example", "ann", "ZQ"
    ).write()
    assert ask(CHECK, tmp_path) == [NothingFound()]


def test_every_sentence_is_there(tmp_path: Path) -> None:
    """Each topic that a finding names has its sentences."""
    chromium(tmp_path).form_word("a", "b", LATE).write()
    firefox(tmp_path).write()
    write_hive(tmp_path / "NTUSER.DAT", {_IE + r"\TypedURLs": {"url1": "a"}})
    say = Phrases(CHECK.info.words)
    keys = {f"{CHECK.info.id}.{each}" for each in ("title", "reads", "empty")}
    for platform in Platform:
        for each in ask(CHECK, tmp_path, platform):
            if isinstance(each, Finding):
                answers = ("title", "what", "who", "choices", "noticed")
                states = ("on", "off", "unknown") if each.setting else ()
                keys |= {f"{each.topic}.{end}" for end in (*answers, *states)}
    assert [key for key in sorted(keys) if not say.has(key)] == []
