"""Chats that live in an account: that a service's app, or its pages, are used here."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename

from hygiene.contract import Finding, Home, Level, NotChecked, Outcome, Untrusted
from hygiene_checks.chat._browsers import Storage, storages
from hygiene_checks.chat._places import Installation, installations
from hygiene_checks.chat._services import SERVICES, Service

__all__ = ["accounts"]


def accounts(home: Home) -> Iterator[Outcome]:
    """One finding for each app, then one for each service in each browser profile."""
    folders: list[str] = []
    for service in SERVICES:
        for found in installations(home, service.program, service.apps):
            if isinstance(found, NotChecked):
                yield found
            elif found.data is not None:
                folders.append(found.data)
                yield _app(service, found, found.data)
    yield from _in_browsers(home, folders)


def _app(service: Service, installation: Installation, folder: str) -> Finding:
    return Finding(
        topic=service.topic,
        level=Level.NOTE,
        program=service.program.name,
        program_id=service.program.id,
        profile=installation.profile,
        part="account",
        sources=(folder,),
        guide="account-sync",
    )


def _in_browsers(home: Home, apps: list[str]) -> Iterator[Outcome]:
    services = {host: each for each in SERVICES for host in each.hosts}
    used: dict[tuple[str, str], list[Storage]] = {}
    for found in storages(home):
        if isinstance(found, NotChecked):
            yield found
        elif found.host in services and not _inside(found.root, apps):
            service = services[found.host].program.id
            used.setdefault((service, found.profile), []).append(found)
    names: set[tuple[str, str]] = set()
    for (_, profile), each in used.items():
        service_used = services[each[0].host]
        name = _profile_name(each[0])
        if (service_used.program.id, name) in names:
            name = profile
        names.add((service_used.program.id, name))
        yield Finding(
            topic="chat-in-browser",
            level=Level.NOTE,
            program=service_used.program.name,
            program_id=service_used.program.id,
            profile=Untrusted(name),
            part="browser",
            sources=tuple(dict.fromkeys(storage.path for storage in each)),
            guide="account-sync",
        )


def _inside(root: str, apps: list[str]) -> bool:
    """Whether the folder belongs to a service's own app, which is laid out alike."""
    return any(f"{root}/".startswith(f"{app}/") for app in apps)


def _profile_name(storage: Storage) -> str:
    """The browser's folder and the profile's: `chromium/Default`."""
    root = storage.root.removesuffix("/User Data")
    browser = basename(root).lstrip(".")
    below = storage.profile.removeprefix(storage.root).strip("/")
    return f"{browser}/{basename(below)}" if below else browser
