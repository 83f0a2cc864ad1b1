"""OT_DATA: where the local data, the passwords and the locks stand."""

import fcntl
import json
import os
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ondersteuning.local.account import Account
from ondersteuning.local.errors import LocalError

PROJECT = Path(__file__).resolve().parents[2]
# The kernel allows 104 bytes (macOS) or 108 (Linux) for a socket with its name.
LONGEST_SOCKET_FOLDER = 104 - len("/.s.PGSQL.5432.lock") - 1


def data_path(environ: Mapping[str, str]) -> Path:
    """The folder of this installation: OT_DATA, or `var` in the project."""
    return Path(environ.get("OT_DATA") or PROJECT / "var").expanduser().resolve()


class Folder:
    """OT_DATA with its notes (`local.json`), its locks and the account that serves it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._make(path)
        self.account = Account.for_data(path / "postgres")
        if self.account:
            # The account only passes through: the files in it stay closed.
            path.chmod(0o711)
            self.account.must_reach(path)
        self._users: IO | None = None

    @staticmethod
    def _make(path: Path) -> None:
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise LocalError(
                f"De gegevensmap {path} kan niet worden gemaakt ({error.strerror}). "
                "Kies met OT_DATA een map waarin u mag schrijven."
            ) from None

    def own(self, name: str, mode: int = 0o700) -> Path:
        """A folder in OT_DATA that belongs to the account of the servers."""
        path = self.path / name
        path.mkdir(mode=mode, exist_ok=True)
        if self.account:
            self.account.take(path)
        return path

    def socket_folder(self) -> Path:
        """Where the socket of PostgreSQL stands: in OT_DATA when its path is short enough."""
        if len(os.fsencode(self.path / "run")) <= LONGEST_SOCKET_FOLDER:
            return self.own("run")
        noted = self.notes().get("socket_folder")
        if noted and Path(noted).is_dir():
            return Path(noted)
        made = Path(tempfile.mkdtemp(prefix="ot-", dir=None if not self.account else "/tmp"))  # noqa: S108
        if self.account:
            self.account.take(made)
        self.note(socket_folder=str(made))
        return made

    # --- Notes: passwords and ports ----------------------------------------------------------
    def notes(self) -> dict:
        """What was written down earlier; empty when nothing was."""
        try:
            return json.loads((self.path / "local.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise LocalError(
                f"{self.path / 'local.json'} is niet leesbaar ({error}). Zet een reservekopie "
                "terug, of begin met OT_DATA in een andere map opnieuw."
            ) from None

    def note(self, **values: object) -> None:
        """Write down `values` beside the earlier ones; whole or not at all."""
        fresh = self.path / "local.json.new"
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(self.notes() | values, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path / "local.json")

    def secret(self, name: str) -> str:
        """A random secret, made once and kept."""
        kept = self.notes().get(name)
        if not kept:
            kept = secrets.token_urlsafe(40)
            self.note(**{name: kept})
        return kept

    # --- Locks: who uses the services --------------------------------------------------------
    def _open_lock(self, name: str) -> IO:
        return open(os.open(self.path / name, os.O_RDWR | os.O_CREAT, 0o600), "w")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else starts or stops a service meanwhile."""
        with self._open_lock("start.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def join(self) -> None:
        """From here on this process is a user of the services; the kernel ends it with us."""
        if self._users is None:
            self._users = self._open_lock("users.lock")
        fcntl.flock(self._users, fcntl.LOCK_SH)

    @property
    def in_use_by_us(self) -> bool:
        """Whether this process is among the users."""
        return self._users is not None

    def leave(self) -> bool:
        """This process is no user any more. True when it was the last one; call it `alone`."""
        lock = self._users or self._open_lock("users.lock")
        self._users = None
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True
