"""The technical log says where something went wrong and what kind of error it was, and never what
the error says: a database, a mail server or a form puts the data itself in those words (T59)."""

import logging
import re
import traceback
from collections.abc import Iterator
from typing import Any

# What opens something for whoever has it stands in these addresses. They are cut in the line
# itself, up to its end: Django, the server and whoever comes later all write addresses, also those
# that lead nowhere because a mail program broke the link.
SECRET = re.compile(
    r"(/enquete/(?:afmelden/)?|/uitnodiging/|/wachtwoord-vergeten/|/aanmelden/ontvangen/)"
    r"(?!(?:vraag|insturen|bedankt|verstuurd|klaar)/).+"
)


class WithoutWords(logging.Formatter):
    """Errors by their classes and the lines of code that they came through; no address with a
    secret in it."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        fields = {**record.__dict__, "exc_text": None}  # another handler may have filled it in
        if isinstance(record.args, dict) and "exc" in record.args:  # of a task of Celery
            kind = str(record.args["exc"]).partition("(")[0]
            fields["args"] = record.args | {"exc": kind, "traceback": "", "args": "", "kwargs": ""}
        return SECRET.sub(r"\1…", super().format(logging.makeLogRecord(fields)))

    def formatException(self, ei: Any) -> str:
        return "\n".join(part for error in _chain(ei[1]) for part in _told(error))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what it came from, the first one first."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.insert(0, error)
        error = error.__cause__ or error.__context__
    return iter(found)


def _told(error: BaseException) -> Iterator[str]:
    yield "Traceback (most recent call last):"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
    yield f"{type(error).__module__}.{type(error).__qualname__}"
