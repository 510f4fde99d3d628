"""What chat programs keep."""
