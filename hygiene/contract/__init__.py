"""All that a check may know of hygiene. Standard library only.

Names are imported when they are first used, because the command line needs the
catalogues below this package and nothing else of it.
"""

from importlib import import_module
from typing import TYPE_CHECKING

# ruff: noqa: F403 - each of them has an `__all__`
if TYPE_CHECKING:
    from hygiene.contract.check import *
    from hygiene.contract.clearing import *
    from hygiene.contract.home import *
    from hygiene.contract.outcome import *
    from hygiene.contract.site import *
    from hygiene.contract.untrusted import *
else:
    # Each module knows only those before it.
    _MODULES = ("untrusted", "outcome", "home", "site", "check", "clearing")

    def __getattr__(name: str) -> object:
        """Import the module that holds `name`."""
        for module in _MODULES:
            found = import_module(f"{__name__}.{module}")
            if name in found.__all__:
                return globals().setdefault(name, getattr(found, name))
        raise AttributeError(name)
