"""A mail server that can be killed: python -m tests.surveys.sink PORT FILE SEED.

What it takes stands in FILE, a line a letter, before it says so: as a real one that queues to
disk. Some it refuses for now, and of some it breaks the line after taking them.
"""

import os
import random
import sys
import time
from email import message_from_bytes

from aiosmtpd.controller import Controller

NOT_NOW, BREAKS = 0.03, 0.01


class Sink:
    def __init__(self, path: str, seed: int) -> None:
        self.file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self.chance = random.Random(seed)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.chance.random() < NOT_NOW:
            return "451 Later graag"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        number = message_from_bytes(envelope.content)["Message-ID"]
        os.write(self.file, f"{number} {envelope.rcpt_tos[0]}\n".encode())
        if self.chance.random() < BREAKS:
            server.transport.abort()
        return "250 OK"


if __name__ == "__main__":
    port, path, seed = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    Controller(Sink(path, seed), hostname="127.0.0.1", port=port).start()
    while True:
        time.sleep(60)
