"""What macOS says of a disk: asked of its own DiskArbitration, without a program."""

from __future__ import annotations

import ctypes
import sys

__all__ = ["protocol"]

_UTF_8 = 0x08000100
"""kCFStringEncodingUTF8 (CFString.h)."""
_LONGEST = 256


def protocol(device: str) -> str:
    """How the disk of `/dev/disk2s1` is reached: `USB`, `Secure Digital`, `Apple
    Fabric`, `Virtual Interface` for an image that lies in a file (DADisk.h,
    kDADiskDescriptionDeviceProtocolKey). "" where that is not told.
    """
    if sys.platform != "darwin":
        return ""
    try:
        return _protocol(device.removeprefix("/dev/").encode())
    except (OSError, AttributeError, TypeError):
        return ""


def _protocol(name: bytes) -> str:
    core, disks = _library("CoreFoundation"), _library("DiskArbitration")
    for library, call, *arguments in (
        (disks, "DASessionCreate", ctypes.c_void_p),
        (
            *(disks, "DADiskCreateFromBSDName"),
            *(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p),
        ),
        (disks, "DADiskCopyDescription", ctypes.c_void_p),
        (core, "CFDictionaryGetValue", ctypes.c_void_p, ctypes.c_void_p),
    ):
        function = getattr(library, call)
        function.restype, function.argtypes = ctypes.c_void_p, arguments
    core.CFRelease.argtypes = (ctypes.c_void_p,)
    owned: list[int] = []

    def own(made: int | None) -> int:
        if not made:
            raise OSError
        owned.append(made)
        return made

    try:
        session = own(disks.DASessionCreate(None))
        disk = own(disks.DADiskCreateFromBSDName(None, session, name))
        told = own(disks.DADiskCopyDescription(disk))
        key = ctypes.c_void_p.in_dll(disks, "kDADiskDescriptionDeviceProtocolKey")
        return _text(core, core.CFDictionaryGetValue(told, key))
    finally:
        for each in reversed(owned):
            core.CFRelease(each)


def _library(name: str) -> ctypes.CDLL:
    return ctypes.CDLL(f"/System/Library/Frameworks/{name}.framework/{name}")


def _text(core: ctypes.CDLL, string: int | None) -> str:
    if not string:
        return ""
    copied = ctypes.create_string_buffer(_LONGEST)
    core.CFStringGetCString.restype = ctypes.c_bool
    core.CFStringGetCString.argtypes = (
        *(ctypes.c_void_p, ctypes.c_char_p),
        *(ctypes.c_long, ctypes.c_uint32),
    )
    done = core.CFStringGetCString(string, copied, _LONGEST, _UTF_8)
    return copied.value.decode("utf-8", "replace") if done else ""
