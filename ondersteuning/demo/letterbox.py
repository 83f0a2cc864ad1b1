"""What the demo mailed: on a laptop letters become files, sent to nobody."""

from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.parser import BytesParser
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from facts.words import moment

MOST = 50
BETWEEN = b"\n" + b"-" * 79  # what Django writes after a letter


@dataclass(frozen=True)
class Sent:
    to: str
    subject: str
    at: str
    text: str


def letters() -> list[Sent]:
    """The newest first."""
    folder = Path(settings.MAIL_FOLDER)
    files = sorted(folder.glob("*.eml"), key=lambda one: -one.stat().st_mtime)[:MOST]
    return [_read(path) for path in files]


def _read(path: Path) -> Sent:
    written = path.read_bytes().split(BETWEEN)[0]
    letter = BytesParser(policy=policy.default).parsebytes(written)
    body = letter.get_body(preferencelist=("plain",))
    at = datetime.fromtimestamp(path.stat().st_mtime, timezone.get_current_timezone())
    text = body.get_content() if body else ""
    return Sent(str(letter["To"]), str(letter["Subject"]), moment(at), text)
