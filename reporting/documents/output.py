"""Writing a file whole, or not at all."""

import errno
import os
import sys
from pathlib import Path
from typing import IO

from django.core.management.base import OutputWrapper

STANDARD_OUTPUT = "-"
REASONS = {
    errno.EACCES: "je mag daar niet schrijven",
    errno.EPERM: "je mag daar niet schrijven",
    errno.EROFS: "daar kan niet worden geschreven",
    errno.ENOSPC: "de schijf is vol",
    errno.ENAMETOOLONG: "de naam is te lang",
}


class OutputError(Exception):
    """Why the file can't be written, in a Dutch sentence."""


def write(content: bytes, output: str, standard_output: OutputWrapper | IO[str]) -> None:
    """`content` to the file `output`, or to the standard output for '-'."""
    try:
        if output == STANDARD_OUTPUT:
            _to_stream(content, standard_output)
        else:
            _to_file(content, Path(output))
    except OSError as error:
        why = REASONS.get(error.errno or 0) or error.strerror or str(error)
        raise OutputError(f"De cijfers konden niet naar '{output}': {why}.") from error


def _to_stream(content: bytes, stream: OutputWrapper | IO[str]) -> None:
    """The same bytes on every machine, whatever its language is set to."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is not None and getattr(stream, "_out", stream) is sys.stdout:
        buffer.write(content)
        buffer.flush()
    else:  # a caller that listens in; a PDF is no text
        stream.write(content.decode("utf-8", "surrogateescape"))


def _to_file(content: bytes, path: Path) -> None:
    path = path.resolve()  # what a link points at is written, and the link stays
    if path.is_dir():
        raise OutputError(f"'{path}' is een map; geef de naam van een bestand.")
    if not path.parent.is_dir():
        raise OutputError(f"De map '{path.parent}' bestaat niet.")
    if path.exists() and not path.is_file():
        path.write_bytes(content)  # a device can't be replaced by a file
        return
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with unfinished.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
