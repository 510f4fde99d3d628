"""Turns outcomes into something to read."""
