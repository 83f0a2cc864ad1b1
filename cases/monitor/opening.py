"""Is it a workbook, and a safe one? Looked at before any library opens it.

A stranger's .xlsx is a zip that may lie about its sizes, unpack to anything, or hold two parts of
one name, and the reader allocates whatever a cell reference asks for. So every part is unpacked
here, measured and looked through piece by piece, and what proved safe is packed again: the reader
only ever opens that copy.
"""

import io
import re
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from .surveying import Survey
from .unreadable import UnreadableBook

MB = 1024 * 1024
LARGEST_FILE = 100 * MB
LARGEST_UNPACKED = 250 * MB
MOST_PARTS = 2_000
HIGHEST_RATIO, RATIO_COUNTS_FROM = 200, 10 * MB
PIECE = 64 * 1024
KNOWN_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
WORKBOOK = "xl/workbook.xml"
# What the reader may need. The rest (pictures, properties, printer settings) is only measured.
NEEDED = re.compile(r"(xl/.*\.(xml|rels)|\[content_types\]\.xml|_rels/\.rels)", re.IGNORECASE)
HURT = (
    zipfile.BadZipFile, zlib.error, struct.error,
    EOFError, NotImplementedError, OverflowError, ValueError,
)  # fmt: skip

NOT_A_BOOK = (
    "{name} is geen werkboek. Verwacht: een Excel-werkboek (.xlsx); bewaar het bestand in Excel "
    "opnieuw als 'Excel-werkmap (.xlsx)'."
)
DAMAGED = (
    "{name} is beschadigd en kan niet worden gelezen. Open het in Excel, bewaar het opnieuw als "
    ".xlsx en probeer het nog eens."
)
TOO_LARGE = (
    "{name} is te groot: {what}. Zo groot is een monitorwerkboek nooit; controleer of het "
    "het goede bestand is."
)


@contextmanager
def opened(path: Path) -> Iterator[tuple[Path, Survey]]:
    """A safe copy of the workbook, and what the survey of its parts found.

    Raises UnreadableBook, in one Dutch sentence, when it is no workbook or not a safe one.
    """
    with _file(path) as file, tempfile.TemporaryDirectory(prefix="monitor-") as folder:
        copy = Path(folder) / "safe.xlsx"
        try:
            survey = _copy_what_is_safe(path.name, file, copy)
        except HURT as error:
            raise UnreadableBook(DAMAGED.format(name=path.name)) from error
        yield copy, survey


def _file(path: Path) -> BinaryIO:
    try:
        file = path.open("rb")
        size = file.seek(0, io.SEEK_END)
    except FileNotFoundError:
        raise UnreadableBook(f"Het bestand {path} bestaat niet.") from None
    except IsADirectoryError:
        raise UnreadableBook(f"{path} is een map. Verwacht: een werkboek (.xlsx).") from None
    except OSError as error:
        raise UnreadableBook(f"{path} kan niet worden geopend: {error.strerror}.") from None
    if size > LARGEST_FILE:
        file.close()
        what = f"meer dan {LARGEST_FILE // MB} MB"
        raise UnreadableBook(TOO_LARGE.format(name=path.name, what=what))
    file.seek(0)
    return file


def _copy_what_is_safe(name: str, file: BinaryIO, copy: Path) -> Survey:
    _refuse_what_is_no_zip(name, file)
    with zipfile.ZipFile(file) as book, zipfile.ZipFile(copy, "w") as safe:
        parts = book.infolist()
        _refuse_strange_parts(name, parts)
        survey, left = Survey(name), LARGEST_UNPACKED
        for part in parts:
            if not part.is_dir():
                left -= _copy_part(name, file, part, safe, survey, left)
    survey.finish()
    return survey


def _refuse_what_is_no_zip(name: str, file: BinaryIO) -> None:
    start = file.read(len(OLE))
    file.seek(0)
    if start == OLE:
        # A password turns a workbook into such a container too; its parts have UTF-16 names.
        if _holds(file, "EncryptedPackage".encode("utf-16-le")):
            raise UnreadableBook(
                f"{name} is versleuteld met een wachtwoord. Haal het wachtwoord eraf en probeer "
                "het opnieuw."
            )
        raise UnreadableBook(
            f"{name} is een werkboek van voor 2007 (.xls). Bewaar het in Excel als "
            "'Excel-werkmap (.xlsx)'."
        )
    if not start.startswith(b"PK") or not zipfile.is_zipfile(file):
        raise UnreadableBook(NOT_A_BOOK.format(name=name))
    file.seek(0)


def _holds(file: BinaryIO, words: bytes) -> bool:
    tail = b""
    while piece := file.read(PIECE):
        if words in tail + piece:
            return True
        tail = piece[-len(words) :]
    return False


def _refuse_strange_parts(name: str, parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename.lower() for part in parts]
    if WORKBOOK not in names:
        raise UnreadableBook(NOT_A_BOOK.format(name=name))
    if len(parts) > MOST_PARTS:
        what = f"er zitten {len(parts)} delen in"
        raise UnreadableBook(TOO_LARGE.format(name=name, what=what))
    if any(part.flag_bits & 0x1 for part in parts):
        raise UnreadableBook(
            f"{name} is versleuteld. Bewaar het zonder wachtwoord en probeer het opnieuw."
        )
    # The reader finds parts without regard to capitals, so neither may two differ only in those.
    if len(set(names)) < len(names) or any(_leaves_the_folder(part) for part in names):
        raise UnreadableBook(DAMAGED.format(name=name))
    if any("vbaproject" in part or part.startswith("xl/macrosheets/") for part in names):
        raise UnreadableBook(
            f"{name} bevat macro's. Bewaar het zonder macro's, als 'Excel-werkmap (.xlsx)'."
        )


def _leaves_the_folder(part: str) -> bool:
    steps = part.replace("\\", "/").split("/")
    return part.startswith(("/", "\\")) or ".." in steps or ":" in steps[0] or "\0" in part


def _copy_part(
    name: str,
    file: BinaryIO,
    part: zipfile.ZipInfo,
    safe: zipfile.ZipFile,
    survey: Survey,
    left: int,
) -> int:
    """Unpack one part: measured, looked through, and copied if the reader may need it."""
    needed = NEEDED.fullmatch(part.filename)
    size = 0
    with ExitStack() as stack:
        looked_through = stack.enter_context(survey.part(part.filename)) if needed else None
        target = stack.enter_context(safe.open(part.filename, "w")) if needed else None
        for piece in _unpacked(file, part):
            size += len(piece)
            _refuse_an_explosion(name, size, left, part)
            if looked_through and target:
                looked_through.feed(piece)
                target.write(piece)
    return size


def _refuse_an_explosion(name: str, size: int, left: int, part: zipfile.ZipInfo) -> None:
    if size > left:
        what = f"uitgepakt meer dan {LARGEST_UNPACKED // MB} MB"
        raise UnreadableBook(TOO_LARGE.format(name=name, what=what))
    if size > RATIO_COUNTS_FROM and size > HIGHEST_RATIO * part.compress_size:
        what = f"uitgepakt wordt het meer dan {HIGHEST_RATIO} keer zo groot"
        raise UnreadableBook(TOO_LARGE.format(name=name, what=what))


def _unpacked(file: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of one part, piece by piece, whatever size it claims to have.

    zipfile itself stops at the size that the part claims, and so would miss a part that lies.
    """
    header = struct.Struct("<4s5H3L2H")
    if part.header_offset < 0:
        raise zipfile.BadZipFile
    file.seek(part.header_offset)
    signature, *_, name_length, extra_length = header.unpack(file.read(header.size))
    if signature != b"PK\x03\x04" or part.compress_type not in KNOWN_PACKINGS:
        raise zipfile.BadZipFile
    file.seek(name_length + extra_length, io.SEEK_CUR)
    size, checksum = 0, 0
    for piece in _inflated(file, part):
        size, checksum = size + len(piece), zlib.crc32(piece, checksum)
        yield piece
    if size != part.file_size or checksum != part.CRC:
        raise zipfile.BadZipFile


def _inflated(file: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    stored = part.compress_type == zipfile.ZIP_STORED
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    left = part.compress_size
    while left > 0:
        packed = file.read(min(PIECE, left))
        if not packed:
            raise EOFError
        left -= len(packed)
        if stored:
            yield packed
            continue
        while packed:
            yield inflating.decompress(packed, PIECE)
            packed = inflating.unconsumed_tail
    yield inflating.flush()
