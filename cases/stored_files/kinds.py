"""What kind of file something is, told by what is in it and never by its name."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

HEAD = 1024
ODT = b"application/vnd.oasis.opendocument.text"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MACROS = "vbaproject.bin"
MOST_PARTS = 5_000  # of a file that is a bundle of files


@dataclass(frozen=True)
class Kind:
    media_type: str
    extension: str
    is_this: Callable[[bytes, BinaryIO], bool]


def _begins_with(*beginnings: bytes) -> Callable[[bytes, BinaryIO], bool]:
    return lambda head, file: head.startswith(beginnings)


def _is_docx(head: bytes, file: BinaryIO) -> bool:
    names = _names_in(file)
    return {"[Content_Types].xml", "word/document.xml"} <= names and not any(
        name.lower().endswith(MACROS) for name in names
    )


def _is_odt(head: bytes, file: BinaryIO) -> bool:
    """Its first part says so, uncompressed: that is how the format wants to be recognised."""
    return head[30:].startswith(b"mimetype" + ODT) and "content.xml" in _names_in(file)


def _names_in(file: BinaryIO) -> set[str]:
    """Of a zip; nothing is unpacked."""
    try:
        with zipfile.ZipFile(file) as bundle:
            names = bundle.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return set()
    return set(names) if len(names) <= MOST_PARTS else set()


def _is_text(head: bytes, file: BinaryIO) -> bool:
    """UTF-8, without characters that steer."""
    file.seek(0)
    try:
        text = file.read().decode("utf-8")
    except UnicodeDecodeError:
        return False
    return all(char.isprintable() or char in "\t\r\n\f\ufeff\xa0" for char in text)


KINDS = (
    Kind("application/pdf", "pdf", _begins_with(b"%PDF-")),
    Kind("image/png", "png", _begins_with(b"\x89PNG\r\n\x1a\n")),
    Kind("image/jpeg", "jpg", _begins_with(b"\xff\xd8\xff")),
    Kind(WORD, "docx", _is_docx),
    Kind(ODT.decode(), "odt", _is_odt),
    Kind("text/plain", "txt", _is_text),
)
EXTENSIONS = {kind.media_type: kind.extension for kind in KINDS}


def kind_of(file: BinaryIO) -> Kind | None:
    """None: none of the kinds that are kept."""
    file.seek(0)
    head = file.read(HEAD)
    found = next((kind for kind in KINDS if kind.is_this(head, file)), None)
    file.seek(0)
    return found
