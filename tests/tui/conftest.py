"""The screens without the person that runs the tests."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def ordinary_person(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not an administrator, whoever runs the tests; colours, whatever the terminal; and
    a window that nothing keeps.
    """
    monkeypatch.setattr("hygiene.host.account.running_as_admin", lambda: False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("hygiene.wiring.recording", lambda: None)
