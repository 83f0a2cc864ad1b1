"""A mail server with bad days: python -m tests.surveys.sink PORT FILE.

What it takes stands in FILE, a line a letter, before it says so: as a real one that queues to
disk. When one of FAULTS strikes it does that instead.
"""

import asyncio
import os
import re
import sys
import time
from email import message_from_bytes
from email.policy import default

from aiosmtpd.controller import Controller

from tests.surveys.fate import Fate

FAULTS = (
    "later to the address", "later to the text", "never", "breaks before taking",
    "breaks after taking", "hangs before taking", "hangs after taking",
)  # fmt: skip
HANGS = 4  # seconds; the worker waits shorter
LINK = re.compile(r"/enquete/([\w-]{43})/")


class Sink:
    def __init__(self, path: str) -> None:
        self.file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self.fate = Fate()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.fate.strikes("later to the address"):
            return "451 Later graag"
        if self.fate.strikes("never"):
            return "550 Niemand"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.fate.strikes("later to the text"):
            return "451 Later graag"
        if self.fate.strikes("breaks before taking"):
            server.transport.abort()
            return "250 OK"  # that nobody hears
        if self.fate.strikes("hangs before taking"):
            await asyncio.sleep(HANGS)
            return "451 Later graag"  # nor this
        self._take(envelope)
        if self.fate.strikes("breaks after taking"):
            server.transport.abort()
        if self.fate.strikes("hangs after taking"):
            await asyncio.sleep(HANGS)
        return "250 OK"

    def _take(self, envelope) -> None:
        message = message_from_bytes(envelope.content, policy=default)
        link = LINK.search(message.get_body(("plain",)).get_content())[1]
        line = f"{message['Message-ID']} {envelope.rcpt_tos[0]} {link}\n"
        os.write(self.file, line.encode())


if __name__ == "__main__":
    Controller(Sink(sys.argv[2]), hostname="127.0.0.1", port=int(sys.argv[1])).start()
    while True:
        time.sleep(60)
