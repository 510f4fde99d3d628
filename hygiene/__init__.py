"""A local look at what this computer keeps about you."""

import sys

# A run must not leave compiled files beside the program (SR-43).
sys.dont_write_bytecode = True

__version__ = "0.1.0"
