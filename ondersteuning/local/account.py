"""Under which account the servers run. PostgreSQL refuses to run as root."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from ondersteuning.local.errors import LocalError


@dataclass(frozen=True)
class Account:
    """An existing account without rights, used when root starts the servers."""

    uid: int
    gid: int

    @classmethod
    def for_data(cls, data: Path) -> "Account | None":
        """None for an ordinary user; for root the owner of `data`, or nobody."""
        if os.geteuid() != 0:
            if data.exists() and data.stat().st_uid != os.geteuid():
                raise LocalError(
                    f"De gegevens in {data.parent} zijn door een andere gebruiker gemaakt. Start "
                    "als die gebruiker (of als root), of kies met OT_DATA een andere map."
                )
            return None
        if data.exists() and data.stat().st_uid != 0:
            found = data.stat()
            return cls(found.st_uid, found.st_gid)
        return cls._without_rights()

    @classmethod
    def _without_rights(cls) -> "Account":
        """nobody, or else the first account that isn't root: initdb wants one that exists."""
        accounts = [entry for entry in pwd.getpwall() if entry.pw_uid != 0]
        accounts.sort(key=lambda entry: entry.pw_name != "nobody")
        if not accounts:
            raise LocalError(
                "PostgreSQL draait niet als root en deze machine heeft geen ander account. "
                "Start als gewone gebruiker, of zet DATABASE_URL en REDIS_URL."
            )
        return cls(accounts[0].pw_uid, accounts[0].pw_gid)

    def take(self, path: Path) -> None:
        """Give `path` to this account."""
        os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def blocked_at(self, path: Path) -> Path | None:
        """The first folder on the way to `path`, itself included, that the account can't enter."""
        for folder in [*reversed(path.parents), path]:
            found = folder.stat()
            if found.st_uid == self.uid:
                needed = 0o100
            elif found.st_gid == self.gid:
                needed = 0o010
            else:
                needed = 0o001
            if not found.st_mode & needed:
                return folder
        return None

    def must_reach(self, path: Path) -> None:
        """Say it in words when PostgreSQL would not get to its data."""
        blocked = self.blocked_at(path)
        if blocked:
            raise LocalError(
                f"Als root draait PostgreSQL onder een account zonder rechten, en dat account kan "
                f"niet in de map {blocked}. Kies met OT_DATA een map waar iedereen bij kan, "
                "bijvoorbeeld OT_DATA=/var/lib/ondersteuning, of start als gewone gebruiker."
            )

    def popen_options(self) -> dict:
        """What subprocess needs to become this account in the child."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}
