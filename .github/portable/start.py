"""Starts the program out of its folder."""

import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(sys._MEIPASS, "program.zip"))  # type: ignore[attr-defined]

from hygiene.cli import main  # noqa: E402 - found in the file above

sys.exit(main())
