"""Forgetting, proven on profiles that real browsers filled while someone typed."""
