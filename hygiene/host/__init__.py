"""Touches the machine; the only floor that knows an operating system."""
