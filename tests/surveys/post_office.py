"""Real processes that bring the letters of a survey: a worker, a clock, and a mail server that
keeps what it took."""

import email
import os
import re
import signal
import subprocess
import sys
from email.message import EmailMessage
from email.policy import default
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.accounts.sign_in import mail_server
from tests.reporting.processes import environ_of_tests

PROCESS = [sys.executable, "-m", "tests.surveys.hurried"]


class Mail:
    """What somebody finds in their mailbox."""

    def __init__(self, envelope: Any) -> None:
        self.to: str = envelope.rcpt_tos[0]
        self.message: EmailMessage = email.message_from_bytes(envelope.content, policy=default)

    @cached_property
    def text(self) -> str:
        return self.message.get_body(("plain",)).get_content()

    @cached_property
    def html(self) -> str:
        return self.message.get_body(("html",)).get_content()

    @cached_property
    def link(self) -> str:
        return re.search(r"\S+/enquete/[\w-]{43}/", self.text)[0]

    @cached_property
    def unsubscribe(self) -> str:
        return re.search(r"\S+/enquete/afmelden/[\w-]{43}/", self.text)[0]


class Taker(mail_server.Server):
    """Knows one address not."""

    def __init__(self, unknown: str) -> None:
        super().__init__()
        self.unknown = unknown

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address == self.unknown:
            return f"550 No mailbox {address}"
        return await super().handle_RCPT(server, session, envelope, address, options)


class PostOffice:
    """`site`: where the links in the letters lead."""

    def __init__(self, site: str, folder: Path, unknown: str) -> None:
        self.server = Taker(unknown)
        self.site, self.schedule = site, str(folder / "clock")
        self.processes: list[subprocess.Popen] = []

    def __enter__(self) -> "PostOffice":
        self.controller = mail_server.start(self.server)
        environ = environ_of_tests() | {
            "OT_SITE_URL": self.site,
            "OT_SMTP_URL": f"smtp://127.0.0.1:{self.controller.port}",
            "PYTHONWARNINGS": "ignore",  # of Celery, about who runs it
        }
        for options in (
            ["worker", "--concurrency", "1", "--without-gossip", "--without-mingle"],
            ["beat", "--schedule", self.schedule, "--pidfile="],
        ):
            self.processes.append(
                subprocess.Popen([*PROCESS, *options], env=environ, start_new_session=True)
            )
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.processes:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)
        self.controller.stop()

    def mails(self) -> list[Mail]:
        return [Mail(one) for one in list(self.server.taken)]
