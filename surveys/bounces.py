"""Reading what came back to the address that surveys are sent from (RFC 3464).

Only a report that a letter could not be delivered says something. An answer of somebody, or one
that says they are away, is left alone: nothing is ever sent because of it.
"""

from collections.abc import Iterator
from email import message_from_bytes, message_from_string
from email.message import Message
from pathlib import Path

FAILED = "failed"


def came_back_in(folder: Path) -> Iterator[str]:
    """Of a folder with a file a mail, such as a Maildir. Raises OSError."""
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        yield from came_back(message_from_bytes(path.read_bytes()))


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
    return [number.strip() for number in found if number]


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
