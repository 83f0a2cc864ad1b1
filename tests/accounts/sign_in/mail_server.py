"""A real mail server that answers as a test wants."""

import asyncio
import socket
import threading
import time
from typing import Any

from aiosmtpd.controller import Controller


class Server:
    """Keeps what it took. `answers`: what to say instead of 250 after a step (RCPT, DATA).
    `waits`: how many seconds before it answers that step."""

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.waits: dict[str, float] = {}
        self.taken: list[Any] = []
        self.hang_after_data = False
        self.drop_after_taking = False
        self.let_go = threading.Event()

    async def handle_MAIL(self, server, session, envelope, address, options):
        if said := self.answers.get("MAIL"):
            return said
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        await asyncio.sleep(self.waits.get("RCPT", 0))
        answer = self.answers.get("RCPT")
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(self.waits.get("DATA", 0))
        if "DATA" in self.answers:
            return self.answers["DATA"]
        self.taken.append(envelope)
        if self.hang_after_data:
            while not self.let_go.is_set():
                time.sleep(0.02)
        if self.drop_after_taking:
            server.transport.abort()
        return "250 OK"


def start(server: Server) -> Controller:
    controller = Controller(server, hostname="127.0.0.1", port=_free_port())
    controller.start()
    return controller


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]
