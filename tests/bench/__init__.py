"""Speed and memory, by hand: `python -P -m tests.bench.look --help`."""
