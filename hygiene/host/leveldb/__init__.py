"""LevelDB folders, as Chromium keeps them: read whole, and built anew."""

from hygiene.host.leveldb._building import fresh
from hygiene.host.leveldb._reading import entries

__all__ = ["entries", "fresh"]
