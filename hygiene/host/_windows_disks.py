"""What Windows says of a drive: its bus and its label."""

from __future__ import annotations

import sys

__all__ = ["by_usb_or_card", "label"]

_LONGEST = 261

if sys.platform == "win32":
    import _winapi
    import ctypes
    from ctypes import wintypes

    # Windows SDK, winioctl.h and ntddstor.h: StorageDeviceProperty is query 0.
    _IOCTL_STORAGE_QUERY_PROPERTY = 0x002D1400
    _SHARE_READ_WRITE = 0x1 | 0x2
    _OPEN_EXISTING = 3
    _BUS_USB, _BUS_SD = 7, 12
    _BUS_TYPE_AT = 28
    """Where BusType stands in STORAGE_DEVICE_DESCRIPTOR."""

    def by_usb_or_card(mount: str) -> bool:
        r"""Whether the drive of `E:\` hangs on USB or is a card. False where that is
        not told. Needs no rights: nothing is read or written.
        """
        try:
            handle = _winapi.CreateFile(
                *(f"\\\\.\\{mount.rstrip(chr(92))}", 0, _SHARE_READ_WRITE, 0),
                *(_OPEN_EXISTING, 0, 0),
            )
        except OSError:
            return False
        try:
            return _bus(handle) in {_BUS_USB, _BUS_SD}
        finally:
            _winapi.CloseHandle(handle)

    def _bus(handle: int) -> int:
        query = (ctypes.c_uint32 * 3)(0, 0, 0)
        told = ctypes.create_string_buffer(1024)
        size = wintypes.DWORD()
        done = ctypes.windll.kernel32.DeviceIoControl(
            *(wintypes.HANDLE(handle), _IOCTL_STORAGE_QUERY_PROPERTY),
            *(ctypes.byref(query), ctypes.sizeof(query)),
            *(told, len(told), ctypes.byref(size), None),
        )
        if not done or size.value < _BUS_TYPE_AT + 4:
            return -1
        return int.from_bytes(told.raw[_BUS_TYPE_AT : _BUS_TYPE_AT + 4], "little")

    def label(mount: str) -> str:
        """The name that a person gave the drive; "" where it has none."""
        name = ctypes.create_unicode_buffer(_LONGEST)
        done = ctypes.windll.kernel32.GetVolumeInformationW(
            *(mount, name, _LONGEST, None, None, None, None, 0)
        )
        return name.value if done else ""

else:

    def by_usb_or_card(mount: str) -> bool:
        """Not told here."""
        del mount
        return False

    def label(mount: str) -> str:
        """Not told here."""
        del mount
        return ""
