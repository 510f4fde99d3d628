"""What counts as a drive that can be taken away."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import psutil
import pytest

from hygiene.host import _linux_disks, _mac_disks, _windows_disks, drives
from tests.host.mount_tables import Computer

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.rule("SR-33")


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    """A Linux computer that runs from a disk of its own."""
    return (
        Computer(tmp_path / "sys")
        .disk("sda", "pci0/ata1")
        .part("sda", "sda1")
        .part("sda", "sda2")
        .mount("/dev/sda1", "/", "ext4")
    )


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where drives are mounted."""
    folder = tmp_path / "media"
    folder.mkdir()
    return folder


def found(computer: Computer, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The labels of the drives there."""
    computer.set_up(monkeypatch.setattr)
    return [str(each.label) for each in drives.drives()]


@pytest.mark.parametrize(
    ("disk", "bus", "removable", "kind"),
    [
        pytest.param("sdb", "pci0/usb2/2-1/host1", True, "", id="stick"),
        pytest.param("sdb", "pci0/usb2/2-1/host1", False, "", id="disk-on-usb"),
        pytest.param("sdb", "pci0/ata2", True, "", id="by-its-word"),
        pytest.param("mmcblk0", "pci0/mmc0/mmc0:1", False, "SD", id="card"),
    ],
)
def test_on_linux_the_word_of_the_system_or_the_bus_decides(
    computer: Computer,
    monkeypatch: pytest.MonkeyPatch,
    *,
    disk: str,
    bus: str,
    removable: bool,
    kind: str,
) -> None:
    """USB and cards count."""
    computer.disk(disk, bus, removable=removable, kind=kind).part(disk, f"{disk}p1")
    computer.mount(f"/dev/{disk}p1", "/media/STICK")
    assert found(computer, monkeypatch) == ["STICK"]


@pytest.mark.parametrize(
    ("disk", "bus", "kind"),
    [
        pytest.param("sdb", "pci0/ata2", "", id="inner-disk"),
        pytest.param("nvme0n1", "pci0/nvme/nvme0", "", id="nvme"),
        pytest.param("mmcblk0", "pci0/mmc0/mmc0:1", "MMC", id="soldered"),
        pytest.param("mmcblk0", "pci0/mmc0/mmc0:1", "", id="untold-card"),
        pytest.param("loop0", "virtual", "", id="image"),
        pytest.param("vdb", "pci0/virtio1", "", id="virtual"),
        pytest.param("sdb", "pci0/usbips/port", "", id="name-like-usb"),
    ],
)
def test_on_linux_everything_else_is_part_of_the_computer(
    computer: Computer,
    monkeypatch: pytest.MonkeyPatch,
    *,
    disk: str,
    bus: str,
    kind: str,
) -> None:
    """Memory that is soldered in hangs on the bus of cards; unsure counts as inside."""
    computer.disk(disk, bus, kind=kind).part(disk, f"{disk}p1")
    computer.mount(f"/dev/{disk}p1", "/media/STICK")
    assert found(computer, monkeypatch) == []


def test_a_drive_without_parts_counts(
    computer: Computer, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As sticks from a camera are."""
    computer.disk("sdb", "pci0/usb1/1-1", removable=True)
    computer.mount("/dev/sdb", place / "CAMERA")
    assert found(computer, monkeypatch) == ["CAMERA"]


@pytest.mark.parametrize(
    ("below", "counts"),
    [
        (("sdb1",), True),
        (("dm-1",), True),
        (("sda2",), False),
        (("sdb1", "sda2"), False),
        (("sdb1", "gone"), False),
    ],
    ids=["stick", "two-layers", "inner", "both", "untold"],
)
def test_an_encrypted_drive_is_what_lies_below_it(
    computer: Computer,
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    below: tuple[str, ...],
    counts: bool,
) -> None:
    """All of the disks below, through any number of layers."""
    computer.disk("sdb", "pci0/usb1/1-1", removable=True).part("sdb", "sdb1")
    computer.layer("dm-1", "sdb1").layer("dm-0", *below)
    computer.mount("/dev/dm-0", place / "LOCKED", "ext4")
    assert found(computer, monkeypatch) == ["LOCKED"] * counts


def test_layers_that_lead_in_a_circle_end(
    computer: Computer, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And count as this computer."""
    computer.layer("dm-0")
    (computer.sys / "devices/virtual/block/dm-0/slaves/dm-0").symlink_to(
        computer.sys / "devices/virtual/block/dm-0"
    )
    computer.mount("/dev/dm-0", place / "LOOP")
    assert found(computer, monkeypatch) == []


@pytest.mark.parametrize(
    ("device", "kind"),
    [
        ("server:/files", "nfs4"),
        ("//server/files", "cifs"),
        ("tmpfs", "tmpfs"),
        ("me@server:", "fuse.sshfs"),
        ("/dev/sdz1", "vfat"),
    ],
)
def test_what_is_no_disk_here_does_not_count_and_is_not_asked(
    computer: Computer,
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    device: str,
    kind: str,
) -> None:
    """A share can take minutes to answer; a disk the system does not tell is unsure."""
    computer.mount(device, place / "FAR", kind)
    computer.set_up(monkeypatch.setattr)
    asked: list[str] = []
    known = drives._device

    def ask(path: str) -> int | None:
        asked.append(path)
        return known(path)

    monkeypatch.setattr(drives, "_device", ask)
    assert drives.drives() == ()
    assert str(place / "FAR") not in asked or device.startswith("/dev/")


def test_the_stick_that_the_system_runs_from_is_no_place_to_save(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is another part of it; a second stick is."""
    live = (
        Computer(tmp_path / "sys")
        .disk("sda", "pci0/usb1/1-1", removable=True)
        .part("sda", "sda1")
        .part("sda", "sda2")
        .disk("sdb", "pci0/usb1/1-2", removable=True)
        .part("sdb", "sdb1")
        .mount("/dev/sda1", "/", "ext4")
        .mount("/dev/sda2", place / "DATA")
        .mount("/dev/sdb1", place / "STICK")
    )
    assert found(live, monkeypatch) == ["STICK"]


def test_the_drive_that_holds_the_home_is_no_place_to_save(
    computer: Computer, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copies in the open never stand beside what they are copies of."""
    computer.disk("sdb", "pci0/usb1/1-1", removable=True).part("sdb", "sdb1")
    computer.mount("/dev/sdb1", place / "STICK").set_up(monkeypatch.setattr)
    assert drives.drives(besides=[str(place / "STICK/home")]) == ()
    assert len(drives.drives(besides=[str(place / "elsewhere")])) == 1


def test_a_drive_is_told_with_its_room_and_whether_it_can_be_written(
    computer: Computer, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A drive with its little switch on read-only is told, and cannot be picked."""
    for name, options in (("sdb", "rw,nosuid"), ("sdc", "ro,nosuid")):
        (place / name).mkdir()
        computer.disk(name, f"pci0/usb1/{name}", removable=True)
        computer.mount(f"/dev/{name}", place / name, options=options)
    computer.set_up(monkeypatch.setattr)
    monkeypatch.setattr(psutil, "disk_usage", lambda _: SimpleNamespace(free=77))
    told = drives.drives()
    assert [each.mount for each in told] == [str(place / "sdb"), str(place / "sdc")]
    assert [each.writable for each in told] == [True, False]
    assert {each.free for each in told} == {77}


def test_a_drive_that_is_mounted_twice_is_told_once(
    computer: Computer, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its number, whatever the table says."""
    computer.disk("sdb", "pci0/usb1/1-1", removable=True)
    computer.mount("/dev/sdb", place / "A").mount("/dev/sdb", place / "B")
    computer.set_up(monkeypatch.setattr)
    monkeypatch.setattr(
        drives, "_device", lambda path: 7 if path.startswith(str(place)) else 1
    )
    assert [str(each.label) for each in drives.drives()] == ["A"]


def test_a_system_that_tells_no_mounts_has_no_drives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And raises nothing."""

    def refuse(**_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(psutil, "disk_partitions", refuse)
    assert drives.drives() == ()


def test_a_label_tells_nothing_of_the_account(
    computer: Computer, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mount points often hold the name of the person; control characters never show."""
    computer.disk("sdb", "pci0/usb1/1-1", removable=True)
    computer.mount("/dev/sdb", place / "maria" / "ST\x1b[2JICK")
    (label,) = found(computer, monkeypatch)
    assert "maria" not in label
    assert "\x1b" not in label


def other_system(
    monkeypatch: pytest.MonkeyPatch, platform: str, *rows: tuple[str, str, str]
) -> None:
    """A computer with another system; each mount (device, place, options) is a device."""
    made = [
        SimpleNamespace(device=device, mountpoint=place, fstype="?", opts=options)
        for device, place, options in rows
    ]
    numbers = {place: number for number, (_, place, _) in enumerate(rows, 2)}
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: made)
    monkeypatch.setattr(drives, "sys", SimpleNamespace(platform=platform))
    monkeypatch.setattr(drives, "_device", lambda path: numbers.get(path, 1))
    monkeypatch.setattr(_linux_disks, "_BLOCK", "/nowhere")


@pytest.mark.parametrize(
    ("bus", "counts"),
    [
        *(("USB", True), ("Secure Digital", True), ("Virtual Interface", False)),
        *(
            ("Apple Fabric", False),
            ("PCI-Express", False),
            ("SATA", False),
            ("", False),
        ),
    ],
)
def test_on_a_mac_the_way_to_the_disk_decides(
    place: Path, monkeypatch: pytest.MonkeyPatch, bus: str, counts: bool
) -> None:
    """An image that lies in a file on this computer is no drive; untold is unsure."""
    other_system(
        monkeypatch,
        "darwin",
        ("/dev/disk3s1", "/System/Volumes/Data", "rw,local"),
        ("/dev/disk4s1", str(place), "rw,local"),
        ("//me@server/files", "/Volumes/files", "rw"),
    )
    ways = {"/dev/disk4s1": bus, "/dev/disk3s1": "Apple Fabric"}
    monkeypatch.setattr(_mac_disks, "protocol", lambda device: ways.get(device, "USB"))
    assert [each.mount for each in drives.drives()] == [str(place)] * counts


@pytest.mark.parametrize(
    ("options", "by_usb", "counts"),
    [
        ("rw,removable", False, True),
        ("rw,fixed", True, True),
        ("rw,fixed", False, False),
        ("ro,cdrom", False, False),
        ("rw,remote", True, False),
        ("rw,ramdisk", True, False),
        ("", True, False),
    ],
)
def test_on_windows_the_kind_of_drive_or_the_bus_decides(
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: str,
    by_usb: bool,
    counts: bool,
) -> None:
    """Large disks on USB call themselves fixed."""
    other_system(monkeypatch, "win32", (str(place), str(place), options))
    monkeypatch.setattr(_windows_disks, "by_usb_or_card", lambda _: by_usb)
    monkeypatch.setattr(_windows_disks, "label", lambda _: "STICK")
    told = drives.drives()
    assert [each.mount for each in told] == [str(place)] * counts
    assert [str(each.label) for each in told] == [f"STICK ({place})"] * counts


def test_only_windows_and_macs_are_asked_in_their_own_way() -> None:
    """Elsewhere those questions have no answer, and raise nothing."""
    assert _mac_disks.protocol("/dev/disk0") in {
        "",
        "Apple Fabric",
        "PCI-Express",
        "SATA",
    }
    assert not _windows_disks.by_usb_or_card("/")
    assert _windows_disks.label("/") == ""


@pytest.mark.parametrize(
    ("platform", "options"), [("darwin", "rw,local"), ("win32", "rw,removable")]
)
def test_elsewhere_too_the_drive_that_holds_the_home_is_none(
    place: Path, monkeypatch: pytest.MonkeyPatch, platform: str, options: str
) -> None:
    """A stick with the home that is looked at, or with the system."""
    other_system(monkeypatch, platform, ("/dev/disk4s1", str(place), options))
    monkeypatch.setattr(_mac_disks, "protocol", lambda _: "USB")
    assert len(drives.drives(besides=["elsewhere"])) == 1
    monkeypatch.setattr(drives, "_device", lambda _: 7)
    assert drives.drives(besides=[str(place / "home")]) == ()
