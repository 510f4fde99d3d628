"""Pictures and films of other people's programs, and what is said about each."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from hygiene.contract import Why
from hygiene_checks.photos._formats import place_in_file
from hygiene_checks.photos._place import NO, YES, Answer, Place
from tests.checks.photos.memory import InMemory
from tests.checks.photos.studio import Studio, insist_on_programs, with_index

NORTH, EAST = "52.51861", "13.37611"
EXIF = (
    f"-GPSLatitude={NORTH}",
    "-GPSLatitudeRef=N",
    f"-GPSLongitude={EAST}",
    "-GPSLongitudeRef=E",
)
XMP = (f"-XMP-exif:GPSLatitude={NORTH}", f"-XMP-exif:GPSLongitude={EAST}")
ISO = "+52.5186+013.3761/"
DAMAGED = Answer(Place.CANNOT_TELL, Why.DAMAGED)
NOT_SUPPORTED = Answer(Place.CANNOT_TELL, Why.NOT_SUPPORTED)


class Case(NamedTuple):
    """One file. `says_exiftool`: whether exiftool finds a position in it, where that
    differs from ours, and why it does.
    """

    name: str
    make: Callable[[Studio], bytes]
    answer: Answer
    says_exiftool: bool | None = None
    because: str = ""


FILM_PLACE = f"-Keys:GPSCoordinates={NORTH}, {EAST}"
INSIDE = "exiftool does not look into what is appended"


def _long(studio: Studio) -> str:
    return studio.text("x" * 70_000)


def _removed(studio: Studio, *tags: str, more: tuple[str, ...] = ()) -> bytes:
    located = studio.tagged("jpg", *EXIF, *more)
    return studio.tagged("jpg", *tags, base=located)


def _blanked(picture: bytes) -> bytes:
    """The values of an XMP position overwritten by spaces of the same length."""
    blanked = re.sub(
        rb"(<exif:GPSL\w+>)([^<]+)", lambda m: m[1] + b" " * len(m[2]), picture
    )
    assert blanked != picture
    assert len(blanked) == len(picture)
    return blanked


def _with_thumbnail(studio: Studio) -> bytes:
    located = studio.folder / "thumbnail.jpg"
    located.write_bytes(studio.tagged("jpg", *EXIF))
    return studio.tagged("jpg", f"-ThumbnailImage<={located}")


def _in_two_segments(studio: Studio) -> bytes:
    picture = studio.tagged("jpg", f"-ImageDescription<={_long(studio)}", *EXIF)
    assert picture.count(b"Exif\0\0") == 2
    return picture


def _filmed(studio: Studio, end: str, *flags: str) -> bytes:
    options = ("-movflags", *flags) if flags else ()
    return studio.refilmed(
        studio.base("mp4"), end, "-metadata", f"location={ISO}", *options
    )


def _inserted(picture: bytes, segments: bytes) -> bytes:
    return picture[:2] + segments + picture[2:]


def _comments(count: int) -> bytes:
    return (b"\xff\xfe\xff\xff" + b" " * 65_533) * count


def _motion_photo(studio: Studio, *film_tags: str) -> bytes:
    film = studio.tagged("mp4", *film_tags) if film_tags else studio.base("mp4")
    tag = f"-XMP-GCamera:MicroVideoOffset={len(film)}"
    return studio.tagged("jpg", tag) + film


def _samsung_trailer(film: bytes) -> bytes:
    """Samsung's: a block with a name before the film, a directory behind it."""
    block = b"\0\0\x30\x0a\x10\0\0\0MotionPhoto_Data" + film
    entry = b"\0\0\x30\x0a" + len(block).to_bytes(4, "little") * 2
    directory = b"SEFH\x6a\0\0\0\1\0\0\0" + entry
    return block + directory + len(directory).to_bytes(4, "little") + b"SEFT"


def _timed_track(studio: Studio, kind: bytes) -> bytes:
    """A film with a track of text, its samples called positions."""
    lines = studio.text("1\n00:00:00,000 --> 00:00:00,300\nhere\n")
    subtitles = Path(lines).rename(Path(lines).with_suffix(".srt"))
    film = studio.ffmpeg(
        "mp4",
        *("-f", "lavfi", "-i", "testsrc=s=64x48:d=0.4:r=5", "-i", str(subtitles)),
        *("-c:v", "mpeg4", "-c:s", "mov_text"),
    )
    assert film.count(b"tx3g") == 1
    return film.replace(b"tx3g", kind)


SOUTH_WEST = (
    "-GPSLatitude=33.86",
    "-GPSLatitudeRef=S",
    "-GPSLongitude=151.2",
    "-GPSLongitudeRef=W",
)


def _by_exiv2(north: str, east: str) -> tuple[str, str]:
    return (
        f"set Exif.GPSInfo.GPSLatitude {north}",
        f"set Exif.GPSInfo.GPSLongitude {east}",
    )


HERE_BY_EXIV2 = _by_exiv2("52/1 31/1 7/1", "13/1 22/1 34/1")

JPEG = [
    Case("plain.jpg", lambda s: s.base("jpg"), NO),
    Case("exif.jpg", lambda s: s.tagged("jpg", *EXIF), YES),
    Case(
        "little-endian.jpg", lambda s: s.tagged("jpg", "-ExifByteOrder=II", *EXIF), YES
    ),
    Case("south-west.jpg", lambda s: s.tagged("jpg", *SOUTH_WEST), YES),
    Case("no-sides.jpg", lambda s: s.tagged("jpg", EXIF[0], EXIF[2]), YES),
    Case("by-exiv2.jpg", lambda s: s.exiv2("jpg", *HERE_BY_EXIV2), YES),
    Case("equator.jpg", lambda s: s.tagged("jpg", "-GPSLatitude=0", EXIF[2]), YES),
    Case("only-height.jpg", lambda s: s.tagged("jpg", "-GPSAltitude=35"), NO),
    Case("only-north.jpg", lambda s: s.tagged("jpg", *EXIF[:2]), NO),
    Case(
        "both-zero.jpg",
        lambda s: s.tagged("jpg", "-GPSLatitude=0", "-GPSLongitude=0"),
        NO,
        says_exiftool=True,
        because="exiftool shows the numbers, a place they are not",
    ),
    Case(
        "no-values.jpg",
        lambda s: s.exiv2("jpg", *_by_exiv2("0/0 0/0 0/0", "0/0 0/0 0/0")),
        NO,
    ),
    Case(
        "zero-below.jpg",
        lambda s: s.exiv2("jpg", *_by_exiv2("52/0 31/0 7/0", "13/0 22/0 34/0")),
        NO,
    ),
    Case(
        "no-seconds.jpg",
        lambda s: s.exiv2("jpg", *_by_exiv2("52/1 31/1 0/0", "13/1 22/1 0/0")),
        YES,
        says_exiftool=False,
        because="degrees and minutes still name a place within two kilometres",
    ),
    Case(
        "out-of-range.jpg",
        lambda s: s.exiv2("jpg", *_by_exiv2("95/1 0/1 0/1", "13/1 0/1 0/1")),
        NO,
        says_exiftool=True,
        because="exiftool shows the numbers, a place they are not",
    ),
    Case("place-removed.jpg", lambda s: _removed(s, "-gps:all="), NO),
    Case("xmp-left-behind.jpg", lambda s: _removed(s, "-gps:all=", more=XMP), YES),
    Case("xmp-elements.jpg", lambda s: s.tagged("jpg", *XMP), YES),
    Case(
        "xmp-attributes.jpg",
        lambda s: s.tagged("jpg", "-api", "Compact=Shorthand", *XMP),
        YES,
    ),
    Case("xmp-city.jpg", lambda s: s.tagged("jpg", "-XMP-photoshop:City=Here"), NO),
    Case("iptc-city.jpg", lambda s: s.tagged("jpg", "-IPTC:City=Here"), NO),
    Case("xmp-blanked.jpg", lambda s: _blanked(s.tagged("jpg", *XMP)), NO),
    Case(
        "xmp-extended.jpg",
        lambda s: s.tagged("jpg", f"-XMP-exif:UserComment<={_long(s)}", *XMP),
        YES,
    ),
    Case("thumbnail.jpg", _with_thumbnail, NO),
    Case("exif-in-two.jpg", _in_two_segments, YES),
    Case(
        "past-64-kib.jpg",
        lambda s: _inserted(s.tagged("jpg", *EXIF), _comments(3)),
        YES,
    ),
    Case(
        "mpf-second-located.jpg",
        lambda s: with_index(s.base("jpg"), s.tagged("jpg", *EXIF)),
        YES,
    ),
    Case(
        "mpf-none-located.jpg", lambda s: with_index(s.base("jpg"), s.base("jpg")), NO
    ),
    Case(
        "mpf-astray.jpg",
        lambda s: with_index(s.base("jpg"), s.base("jpg"), offset=1 << 30),
        DAMAGED,
    ),
    Case(
        "motion-located.jpg", lambda s: _motion_photo(s, FILM_PLACE), YES, False, INSIDE
    ),
    Case("motion-plain.jpg", _motion_photo, NO),
    Case(
        "motion-by-samsung.jpg",
        lambda s: s.base("jpg") + _samsung_trailer(s.tagged("mp4", FILM_PLACE)),
        YES,
        False,
        INSIDE,
    ),
    Case(
        "motion-after-large.jpg",
        lambda s: s.base("large.jpg") + s.tagged("mp4", FILM_PLACE),
        YES,
        False,
        INSIDE,
    ),
    Case(
        "second-unannounced.jpg",
        lambda s: s.base("jpg") + s.tagged("jpg", *EXIF),
        YES,
        False,
        INSIDE,
    ),
    Case("large.jpg", lambda s: s.base("large.jpg"), NO),
    Case("cut-in-exif.jpg", lambda s: s.tagged("jpg", *EXIF)[:150], DAMAGED),
    Case("cut-in-image.jpg", lambda s: s.base("jpg")[:-300], DAMAGED),
    Case("cut-in-large-image.jpg", lambda s: s.base("large.jpg")[:-300], DAMAGED),
    Case("cut-but-located.jpg", lambda s: s.tagged("jpg", *EXIF)[:-300], YES),
]

OTHERS = [
    Case("plain.png", lambda s: s.base("png"), NO),
    Case("exif.png", lambda s: s.tagged("png", *EXIF), YES),
    Case("raw-profile.png", lambda s: s.exiv2("png", *HERE_BY_EXIV2), YES),
    Case("xmp.png", lambda s: s.tagged("png", *XMP), YES),
    Case("xmp-packed.png", lambda s: s.tagged("png", "-z", *XMP), YES),
    Case("xmp-at-the-end.png", lambda s: s.tagged("large.png", *XMP), YES),
    Case("large.png", lambda s: s.base("large.png"), NO),
    Case("cut.png", lambda s: s.base("large.png")[:-5000], DAMAGED),
    Case("plain.webp", lambda s: s.base("webp"), NO),
    Case("exif.webp", lambda s: s.tagged("webp", *EXIF), YES),
    Case("xmp.webp", lambda s: s.tagged("webp", *XMP), YES),
    Case("cut.webp", lambda s: s.base("webp")[:-100], DAMAGED),
    Case("plain.tif", lambda s: s.base("tif"), NO),
    Case("exif.tif", lambda s: s.tagged("tif", *EXIF), YES),
    Case("big-endian.tif", lambda s: s.tagged("tif", "-ExifByteOrder=MM", *EXIF), YES),
    Case("xmp.tif", lambda s: s.tagged("tif", *XMP), YES),
    Case(
        "past-64-kib.tif",
        lambda s: s.tagged("tif", f"-ImageDescription<={_long(s)}", *EXIF),
        YES,
    ),
    Case("cut.tif", lambda s: s.tagged("tif", *EXIF)[:100], DAMAGED),
    Case("cut-in-image.tif", lambda s: s.base("tif")[:-700], DAMAGED),
    Case(
        "cut-in-first-strip.tif",
        lambda s: s.tagged("tif", "-Model=Phone")[:-700],
        DAMAGED,
    ),
    Case(
        "negative.dng",
        lambda s: s.tagged("tif", "-DNGVersion=1 4 0 0", "-Model=Phone", *EXIF),
        YES,
    ),
    Case("plain.heic", lambda s: s.base("heic"), NO),
    Case("by-libheif.heic", lambda s: s.heif(s.tagged("jpg", *EXIF), "heic"), YES),
    Case("by-exiftool.heic", lambda s: s.tagged("heic", *EXIF), YES),
    Case("xmp.heic", lambda s: s.tagged("heic", *XMP), YES),
    Case("cut.heic", lambda s: s.tagged("heic", *EXIF)[:-900], DAMAGED),
    Case("plain.avif", lambda s: s.base("avif"), NO),
    Case("by-libheif.avif", lambda s: s.heif(s.tagged("jpg", *EXIF), "avif"), YES),
    Case("by-exiftool.avif", lambda s: s.tagged("avif", *EXIF), YES),
    Case("plain.gif", lambda s: s.base("gif"), NO),
    Case("xmp.gif", lambda s: s.tagged("gif", *XMP), YES),
    Case("plain.bmp", lambda s: s.base("bmp"), NO),
]

FILMS = [
    Case("plain.mp4", lambda s: s.base("mp4"), NO),
    Case("xyz.mp4", lambda s: _filmed(s, "mp4"), YES),
    Case("xyz-moov-first.mp4", lambda s: _filmed(s, "mp4", "+faststart"), YES),
    Case("xyz.mov", lambda s: _filmed(s, "mov"), YES),
    Case("loci.3gp", lambda s: _filmed(s, "3gp"), YES),
    Case("tags.mp4", lambda s: _filmed(s, "mp4", "use_metadata_tags"), YES),
    Case("in-pieces.mp4", lambda s: _filmed(s, "mp4", "frag_keyframe+empty_moov"), YES),
    Case("keys.mov", lambda s: s.tagged("mov", FILM_PLACE), YES),
    Case("keys.mp4", lambda s: s.tagged("mp4", FILM_PLACE), YES),
    Case(
        "item-list.mp4",
        lambda s: s.tagged("mp4", f"-ItemList:GPSCoordinates={NORTH}, {EAST}"),
        YES,
    ),
    Case(
        "user-data.mov",
        lambda s: s.tagged("mov", f"-UserData:GPSCoordinates={NORTH}, {EAST}"),
        YES,
    ),
    Case("xmp.mp4", lambda s: s.tagged("mp4", *XMP), YES),
    Case("xmp.mov", lambda s: s.tagged("mov", *XMP), YES),
    Case(
        "both-zero.mov",
        lambda s: s.tagged("mov", "-Keys:GPSCoordinates=0, 0"),
        NO,
        says_exiftool=True,
        because="exiftool shows the numbers, a place they are not",
    ),
    Case("moov-missing.mp4", lambda s: s.base("mp4")[:-600], DAMAGED),
    Case("cut-but-located.mp4", lambda s: _filmed(s, "mp4", "+faststart")[:-99], YES),
    Case("gopro.mp4", lambda s: _timed_track(s, b"gpmd"), NOT_SUPPORTED),
    Case("camera-motion.mp4", lambda s: _timed_track(s, b"camm"), NOT_SUPPORTED),
    Case("subtitles.mp4", lambda s: _timed_track(s, b"tx3g"), NO),
    Case("plain.webm", lambda s: s.base("webm"), NOT_SUPPORTED),
    Case("plain.mkv", lambda s: s.base("mkv"), NOT_SUPPORTED),
    Case("plain.avi", lambda s: s.base("avi"), NOT_SUPPORTED),
    Case("plain.mts", lambda s: s.base("mts"), NOT_SUPPORTED),
]
CASES = [*JPEG, *OTHERS, *FILMS]


Files = Callable[[Case], bytes]


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Makes the file of a case, once."""
    insist_on_programs()
    studio = Studio(tmp_path_factory.mktemp("studio"))
    made: dict[str, bytes] = {}

    def file(case: Case) -> bytes:
        if case.name not in made:
            made[case.name] = case.make(studio)
        return made[case.name]

    return file


@pytest.mark.rule("SR-18")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_said_of_a_file(case: Case, files: Files) -> None:
    """Yes, no, or cannot tell and why."""
    assert place_in_file(InMemory(files(case))) == case.answer


def test_exiftool_says_the_same(files: Files, tmp_path: Path) -> None:
    """ExifTool, reading all of each file, finds a position in the same ones but where
    the table says otherwise.
    """
    for case in CASES:
        (tmp_path / case.name).write_bytes(files(case))
    wanted = {
        case.name: case.answer is YES
        if case.says_exiftool is None
        else case.says_exiftool
        for case in CASES
    }
    assert _by_exiftool(tmp_path) == wanted


LOCATED = [case for case in CASES if case.answer is YES and case.because != INSIDE]


@pytest.mark.rule("SR-18")
@pytest.mark.parametrize("case", LOCATED, ids=lambda case: case.name)
def test_a_file_cut_anywhere_is_never_called_free_of_a_place(
    case: Case, files: Files
) -> None:
    """Where the whole file holds a place, a part of it holds one or cannot be told. Not
    so where the part is itself a whole file, as before an appended film.
    """
    data = files(case)
    step = max(1, len(data) // 40)
    said = {
        length: place_in_file(InMemory(data[:length]))
        for length in range(0, len(data) - 1, step)
    }
    assert [length for length, answer in said.items() if answer is NO] == []


def _by_exiftool(folder: Path) -> dict[str, bool]:
    done = subprocess.run(
        ("exiftool", "-json", "-n", "-ee", "-GPSPosition", folder),
        capture_output=True,
        check=False,
    )
    return {
        Path(each["SourceFile"]).name: "GPSPosition" in each
        for each in json.loads(done.stdout)
    }
