"""The terminal of this process: taken over before anything heavy loads, left in one way.

Nothing here imports more than a few modules of the standard library, so that the first
text and the leave keys are up before the screens are.
"""

from hygiene.terminal.environment import forget_environment
from hygiene.terminal.failures import fail, prepare
from hygiene.terminal.leave_key import LEAVE_KEY, leave_key_name
from hygiene.terminal.terminal import (
    Terminal,
    at_the_end,
    at_work,
    begin,
    current,
    end_quietly,
    leave_now,
    listen,
)

__all__ = [
    "LEAVE_KEY",
    "Terminal",
    "at_the_end",
    "at_work",
    "begin",
    "current",
    "end_quietly",
    "fail",
    "forget_environment",
    "leave_key_name",
    "leave_now",
    "listen",
    "prepare",
]
