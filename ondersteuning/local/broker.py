"""Redis under OT_DATA, for Celery: on 127.0.0.1, with a password, its queue kept on disk."""

import errno
import socket
import time
from collections.abc import Mapping
from pathlib import Path

from ondersteuning.local import process
from ondersteuning.local.binaries import find_redis, within_reach
from ondersteuning.local.folder import Folder

CONFIG = """\
bind 127.0.0.1
protected-mode yes
port {port}
requirepass {password}
dir "{folder}"
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
daemonize no
databases 1
"""


class Redis:
    """The Redis server of one OT_DATA."""

    def __init__(self, folder: Folder, environ: Mapping[str, str]) -> None:
        self.folder = folder
        self.environ = environ

    @property
    def port(self) -> int:
        """The port it was last started on; 0 when it never was."""
        return self.folder.notes().get("redis_port", 0)

    def url(self) -> str:
        """The address for Celery."""
        return f"redis://:{self.folder.secret('redis_password')}@127.0.0.1:{self.port}/0"

    def ensure(self) -> None:
        """Up. Call it while `alone`."""
        if self.is_up() or self._started():
            return
        # An unreadable queue may go: the work itself is on record in the database.
        data = self.folder.path / "redis"
        data.rename(data.with_name(f"redis-onleesbaar-{int(time.time())}"))
        if not self._started():
            raise process.did_not_start(self.folder, "redis", "Redis")

    def is_up(self) -> bool:
        """Whether a server answers that knows our password."""
        return self._ask("PING") == b"+PONG"

    def fell(self) -> bool:
        """Whether nothing listens any more where it was started. One that hangs still listens."""
        process.reap()
        with socket.socket() as trial:
            trial.settimeout(1)
            return trial.connect_ex(("127.0.0.1", self.port)) == errno.ECONNREFUSED

    def stop(self) -> None:
        """End the server, with its queue on disk."""
        if self.is_up():
            self._ask("SHUTDOWN")
            process.wait_until(lambda: not self.is_up(), None, seconds=20)
        process.reap()

    def _ask(self, question: str) -> bytes:
        """One answer after the password, or nothing. Plain text, as the protocol allows."""
        if not self.port:
            return b""
        words = f"AUTH {self.folder.secret('redis_password')}\r\n{question}\r\n".encode()
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                connection.sendall(words)
                answers = connection.makefile("rb")
                return answers.readline().strip() and answers.readline().strip()
        except OSError:
            return b""

    def _started(self) -> bool:
        account = self.folder.account
        found = find_redis(self.environ, account)
        copies = self.folder.path / "binaries-redis"
        binary = within_reach(found.parent, account, copies) / found.name
        for _ in range(3):  # another program may take the free port just before Redis does
            self.folder.note(redis_port=_free_port(self.port))
            server = process.launch(self.folder, "redis", [binary, self._write_config()])
            if process.wait_until(self.is_up, server, seconds=60):
                return True
        return False

    def _write_config(self) -> Path:
        data = self.folder.own("redis")
        config = data / "redis.conf"
        config.unlink(missing_ok=True)
        config.touch(mode=0o600)
        quoted = str(data).replace("\\", "\\\\").replace('"', '\\"')
        password = self.folder.secret("redis_password")
        config.write_text(CONFIG.format(port=self.port, password=password, folder=quoted))
        if self.folder.account:
            self.folder.account.take(config)
        return config


def _free_port(preferred: int) -> int:
    """`preferred` when it is free on 127.0.0.1, else any port that is."""
    for port in (preferred, 0):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
            return trial.getsockname()[1]
    raise OSError("geen vrije poort op 127.0.0.1")
