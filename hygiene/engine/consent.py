"""Consents: given for one plan, redeemed once, and gone when the screen is left."""

from __future__ import annotations

from threading import Lock

from hygiene.contract import Consent

__all__ = ["Consents"]


class Consents:
    """The only issuer. It alone knows which consents count: the very objects that it
    gave, each until it is redeemed or withdrawn (SR-26).
    """

    def __init__(self) -> None:
        self._live: list[Consent] = []
        self._lock = Lock()

    def give(self, digest: str) -> Consent:
        """Agreement to the steps with this digest. Any earlier one is withdrawn."""
        consent = Consent(digest)
        with self._lock:
            self._live = [consent]
        return consent

    def withdraw(self) -> None:
        """Forget what was agreed to: the screen was left."""
        with self._lock:
            self._live = []

    def redeem(self, consent: Consent, digest: str) -> bool:
        """Whether this very object was given for these very steps. It counts once, and
        not a second time whatever the answer was.
        """
        with self._lock:
            known = any(each is consent for each in self._live)
            self._live = []
        return known and consent.digest == digest
