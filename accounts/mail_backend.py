"""The line to the mail server, which says in which of three ways it went wrong.

The server surely didn't take the letter and might later (TryLater), it refuses it (Refused), or
nobody knows (any other exception): the text was under way when the line broke.
"""

import os
import smtplib
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend as FileBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.core.mail.message import sanitize_address


class TryLater(Exception):
    """Nothing was sent; trying again does no harm."""


class ServerAway(TryLater):
    """Not this letter: the server can't be reached, breaks off, or takes nothing from us."""


class Refused(Exception):
    """The server will never take this letter."""


class StepwiseSmtp(SmtpBackend):
    """One letter to one address, each step of the conversation judged by itself."""

    def open(self) -> bool | None:
        try:
            return super().open()
        except (OSError, smtplib.SMTPException) as error:
            # Also a wrong password: that is ours to mend, and the letter can wait for it.
            raise ServerAway(f"geen verbinding met de mailserver ({_said(error)})") from error

    def close(self) -> None:
        """What goes wrong after the answer changes nothing about the letter."""
        try:
            super().close()
        except (OSError, smtplib.SMTPException):
            self.connection = None

    def _send(self, email_message: EmailMessage) -> bool:
        connection = self.connection
        assert connection is not None  # noqa: S101  `open` came first
        encoding = email_message.encoding or settings.DEFAULT_CHARSET
        sender = parseaddr(sanitize_address(email_message.from_email, encoding))[1]
        text = email_message.message().as_bytes(linesep="\r\n")
        try:
            connection.ehlo_or_helo_if_needed()
            self._as_sender(connection.mail(sender))
            for address in email_message.recipients():
                self._step(connection.rcpt(sanitize_address(address, encoding)))
        except (OSError, smtplib.SMTPException) as error:
            raise ServerAway(f"de mailserver brak af ({_said(error)})") from error
        try:
            self._step(connection.data(text))
        except smtplib.SMTPDataError as error:  # it wouldn't even hear the text
            self._step((error.smtp_code, error.smtp_error))
        return True

    @classmethod
    def _as_sender(cls, answer: tuple[int, bytes | str]) -> None:
        """Who refuses us as sender says nothing of the one we write to: that is ours to mend."""
        try:
            cls._step(answer)
        except (Refused, TryLater) as error:
            raise ServerAway(str(error)) from error

    @staticmethod
    def _step(answer: tuple[int, bytes | str]) -> None:
        code, words = answer
        said = words.decode(errors="replace") if isinstance(words, bytes) else words
        if code >= 500:
            raise Refused(f"{code} {said}"[:500])
        if code >= 400 or code < 200:
            raise TryLater(f"{code} {said}"[:500])


class Letterbox(FileBackend):
    """Without a mail server, on a laptop: each letter is a file in OT_DATA/mail, sent to nobody."""

    def __init__(self, **options: Any) -> None:
        folder = Path(settings.MAIL_FOLDER)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        super().__init__(file_path=str(folder), **options)

    def _get_filename(self) -> str:
        path = super()._get_filename()
        return str(Path(path).with_suffix(".eml"))

    def open(self) -> bool:
        old = os.umask(0o077)  # it may hold a key to an account
        try:
            return super().open()
        finally:
            os.umask(old)


def _said(error: Exception) -> str:
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()
