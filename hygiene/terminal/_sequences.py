"""What is written to the terminal, in the order that hides first and tidies later.

Mode numbers are those of xterm's ctlseqs and of the terminal-wg documents for 2026
(synchronised output) and 2048 (in-band resize). All is ASCII.
"""

ENTER_ALTERNATE = "\x1b[?1049h\x1b[?7l\x1b[?25l\x1b[2J\x1b[H"

# CAN ends a control sequence that was cut in the middle, ST a string that was.
_ABORT = "\x18\x1b\\"
_CLEAR = "\x1b[0m\x1b[2J"
_FORGET_SCROLLBACK = "\x1b[3J"
_HOME = "\x1b[H\x1b[?25h"

# Synchronised output ends first: a terminal shows nothing while it is on. Then all
# that makes a terminal send bytes by itself: mouse, focus, paste marks, resize.
_MODES_OFF = "".join(
    f"\x1b[?{mode}l"
    for mode in (2026, 1000, 1002, 1003, 1015, 1006, 1016, 1004, 2004, 2048)
)
_LEAVE_ALTERNATE = "\x1b[?7h\x1b[?1049l"

BLANK_SCREENS = (
    _ABORT
    + _CLEAR
    + _MODES_OFF
    + _LEAVE_ALTERNATE
    + _CLEAR
    + _FORGET_SCROLLBACK
    + _HOME
).encode("ascii")
"""Quick exit from the screens: alternate screen first, then the one below it."""

BLANK_LINES = (_CLEAR + _FORGET_SCROLLBACK + _HOME).encode("ascii")
"""The end of plain mode, which has written no sequence before."""

END_SCREENS = (
    _ABORT + _CLEAR + _MODES_OFF + _LEAVE_ALTERNATE + "\x1b[0m\x1b[?25h"
).encode("ascii")
"""An ordinary end: what stood on the normal screen stands there again."""
