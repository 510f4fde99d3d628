"""The check of saved passwords: how many, for which sites, and how they are guarded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from hygiene.contract import (
    CannotLook,
    CheckInfo,
    Finding,
    Group,
    Home,
    Level,
    NotChecked,
    Outcome,
    Progress,
    Switch,
    or_nothing_found,
)
from hygiene_checks.browser import _registry as registry
from hygiene_checks.browser._chat_passwords import chat_passwords
from hygiene_checks.browser._choices import site_choice
from hygiene_checks.browser._chromium_logins import (
    CHROMIUM_STORES,
    list_chromium_accounts,
    read_chromium_logins,
)
from hygiene_checks.browser._exports import password_exports
from hygiene_checks.browser._falkon_logins import read_falkon_logins
from hygiene_checks.browser._firefox_logins import BACKUP, look_at_firefox
from hygiene_checks.browser._layouts import Profile
from hygiene_checks.browser._logins import (
    Login,
    ReadLogins,
    list_sites,
    stock_of,
)
from hygiene_checks.browser._mail_profiles import mail_profiles
from hygiene_checks.browser._places import Family
from hygiene_checks.browser._primary_password import primary_password
from hygiene_checks.browser._profiles import profiles
from hygiene_checks.browser._settings import Choice, profile_settings, setting_finding
from hygiene_checks.browser._stock import Tally
from hygiene_checks.browser._system_passwords import GUIDE, system_passwords

__all__ = ["PasswordsCheck"]

_Stores: TypeAlias = Mapping[tuple[str, ReadLogins], Sequence[Login]]
"""What each store that counts holds, by its path and reader."""

_SAVE = Choice(
    "save-passwords",
    chromium=("credentials_enable_service", "profile.password_manager_enabled"),
    firefox="signon.rememberSignons",
    safari="AutoFillPasswords",
    falkon="SavePasswordsOnSites",
    other_default=("yandex",),
)
"""The second Chromium name is the one of releases before 2018."""

_IE = r"Software\Microsoft\Internet Explorer\Main"


class PasswordsCheck:
    """Saved sign-ins, sites where saving is off, and lists written as plain text."""

    info = CheckInfo(
        id="saved-passwords",
        group=Group.PASSWORDS,
        words="hygiene_checks.browser",
        headline=("logins",),
    )

    def run(self, home: Home) -> Iterator[Outcome | Progress]:
        """One answer for each profile and each other store, with their settings."""
        return or_nothing_found(_answers(home))


def _answers(home: Home) -> Iterator[Outcome]:
    for places in (profiles, mail_profiles):
        for profile in places(home):
            if isinstance(profile, NotChecked):
                yield profile
            else:
                yield from _in_profile(home, profile)
                yield from profile_settings(home, profile, (_SAVE,), GUIDE)
    yield from system_passwords(home)
    yield from _windows_setting(home)
    yield from chat_passwords(home)
    yield from password_exports(home)


def _in_profile(home: Home, profile: Profile) -> Iterator[Outcome]:
    """The sign-ins of one profile, those that stand in an older copy only, and whether
    a primary password is set.
    """
    family = profile.browser.family
    if family not in (Family.CHROMIUM, Family.FIREFOX, Family.FALKON):
        return
    tally = Tally(home, profile.browser.name)
    older: Sequence[Login] = ()
    guarded = None
    if family is Family.FIREFOX:
        in_firefox = look_at_firefox(tally, profile.folder)
        stores, older = in_firefox.stores, in_firefox.older
    else:
        stores = _look(tally, profile, *_STORES[family])
    for logins in stores.values():
        tally.total += stock_of(logins)
    if family is Family.FIREFOX:
        guarded = _guarded(home, profile, tally)
    yield from tally.outcomes(
        profile.folder, partial(_found, home, profile, [*stores], guarded)
    )
    if older:
        yield _in_older_copy(profile, older)
    if guarded is not None:
        yield guarded


_STORES: Mapping[Family, tuple[Sequence[str], ReadLogins]] = {
    Family.CHROMIUM: (CHROMIUM_STORES, read_chromium_logins),
    Family.FALKON: (("browsedata.db",), read_falkon_logins),
}


def _look(
    tally: Tally, profile: Profile, names: Sequence[str], read: ReadLogins
) -> _Stores:
    found = {}
    for name in names:
        logins = tally.attempt(profile.file(name), read)
        if logins:
            found[profile.file(name), read] = logins
    return found


def _guarded(home: Home, profile: Profile, tally: Tally) -> Finding | None:
    """The state of the primary password, where there is something for it to guard."""
    keys = Tally(home, profile.browser.name)
    state = keys.attempt(profile.file("key4.db"), primary_password)
    tally.missed += keys.missed
    if state is None and not tally.total.counts.get("logins"):
        return None
    return setting_finding(
        "primary-password",
        state or Switch.UNKNOWN,
        profile.browser.name,
        profile.browser.id,
        profile=profile.name,
        sources=keys.sources,
        guide=GUIDE,
    )


def _found(
    home: Home,
    profile: Profile,
    stores: Sequence[tuple[str, ReadLogins]],
    guarded: Finding | None,
    tally: Tally,
) -> Finding:
    accounts = None
    if profile.browser.family is Family.CHROMIUM:
        accounts = partial(list_chromium_accounts, home, [path for path, _ in stores])
    finding = tally.finding(profile, "saved-passwords", _level(tally, guarded), GUIDE)
    return replace(
        finding,
        traces=partial(list_sites, home, stores, accounts),
        choices=site_choice(profile),
    )


def _level(tally: Tally, guarded: Finding | None) -> Level:
    """Who sits at this computer can use a saved sign-in, unless a primary password is
    asked first.
    """
    if not tally.total.counts["logins"]:
        return Level.NOTE
    setting = None if guarded is None else guarded.setting
    if setting is not None and setting.value is Switch.ON:
        return Level.WORTH_A_LOOK
    return Level.IMPORTANT


def _in_older_copy(profile: Profile, older: Sequence[Login]) -> Finding:
    """Sign-ins that the browser no longer lists are counted, never named."""
    stock = stock_of(older)
    return Finding(
        topic="older-sign-ins",
        level=Level.WORTH_A_LOOK,
        program=profile.browser.name,
        program_id=profile.browser.id,
        profile=profile.name,
        part="older-copy",
        sources=(profile.file(BACKUP),),
        counts={"logins": stock.counts["logins"]},
        first=stock.first,
        last=stock.last,
        guide=GUIDE,
    )


def _windows_setting(home: Home) -> Iterator[Outcome]:
    try:
        if not registry.has_registry(home):
            return
        state = registry.registry_switch(home, _IE, "FormSuggest Passwords")
    except CannotLook:
        return  # `system_passwords` has said so.
    yield setting_finding(
        "save-passwords",
        state,
        registry.PROGRAM,
        registry.PROGRAM_ID,
        sources=(registry.HIVE,),
        guide=GUIDE,
    )
