"""A site that a person named, and which hosts belong to it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Site"]


@dataclass(frozen=True, slots=True)
class Site:
    """One host, or a domain with every host below it.

    `host` is in lower case, in the form that goes over the wire (`xn--` for names with
    other letters), without port, final dot or brackets; an IP address has nothing
    below it.
    """

    host: str
    below: bool = False

    def names(self, host: str | None) -> bool:
        """Whether a parsed host, without its port, belongs to this site."""
        if not host:
            return False
        host = host.lower().rstrip(".")
        return host == self.host or (self.below and host.endswith(f".{self.host}"))

    def __str__(self) -> str:
        return self.host
