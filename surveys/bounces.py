"""Reading what came back to the address that surveys are sent from (RFC 3464).

Only a report that a letter could not be delivered says something. An answer of somebody, or one
that says they are away, is left alone: nothing is ever sent because of it.
"""

import logging
import os
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, message_from_string
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple, NoReturn

from facts.dates import AMSTERDAM

log = logging.getLogger(__name__)
FAILED = "failed"


class Returned(NamedTuple):
    """The Message-ID of a letter, and when it was said that it came back (None: it doesn't say)."""

    number: str
    at: datetime | None


def came_back_in(folder: Path) -> Iterator[Returned]:
    """Of a folder with a file a mail, such as a Maildir. What can't be read is passed by, and the
    log says so. Raises OSError: the folder isn't there, or isn't ours to read."""
    for path in sorted(_files(folder)):
        try:
            report = message_from_bytes(path.read_bytes())
            found = [Returned(number, _written_at(report)) for number in came_back(report)]
        except Exception as error:  # anybody can mail us anything: the rest is read
            log.warning("Een teruggekomen mail is niet te lezen (%s)", type(error).__name__)
            continue
        yield from found


def _files(folder: Path) -> Iterator[Path]:
    def fail(error: OSError) -> NoReturn:
        raise error

    for where, _, names in os.walk(folder, onerror=fail):
        yield from (Path(where) / name for name in names)


def _written_at(report: Message) -> datetime | None:
    try:
        at = parsedate_to_datetime(str(report["Date"]))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=AMSTERDAM)


def came_back(report: Message) -> list[str]:
    """The Message-IDs of the letters that this mail says were not delivered."""
    if not _says_failed(report):
        return []
    found = []
    for part in report.walk():
        if part.get_content_type() == "message/rfc822":
            found += [inner["Message-ID"] for inner in _inside(part)]
        elif part.get_content_type() == "text/rfc822-headers":
            found.append(message_from_string(str(part.get_payload()))["Message-ID"])
    return [str(number).replace("\0", "").strip() for number in found if number]


def _says_failed(report: Message) -> bool:
    actions = [
        str(block.get("Action", "")).strip().lower()
        for part in report.walk()
        if part.get_content_type() == "message/delivery-status"
        for block in _inside(part)
    ]
    return FAILED in actions


def _inside(part: Message) -> Iterator[Message]:
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from payload
