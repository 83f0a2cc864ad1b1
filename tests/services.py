"""PostgreSQL and Redis for the tests: started once, in a folder that goes away afterwards.

As a program it runs a command with these services: python -m tests.services COMMAND ...
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path

from ondersteuning import local
from ondersteuning.local.process import command_line

PREFIX = "ondersteuning-test-"
ADDRESSES = (*local.ADDRESSES, "OT_DATA", "OT_LOCAL", "OT_DATABASE_ROLE", "OT_FAST", "OT_SERVICES")


def start(environ: MutableMapping[str, str]) -> Path | None:
    """Fill in the addresses; the folder to give to `stop`, or None when they were given."""
    environ["OT_DATABASE_ROLE"] = "owner"  # makes the test databases
    if environ.get("DATABASE_URL"):
        local.prepare(environ, command="test")
        return None
    clear_what_a_kill_left()
    data = new_folder()
    environ["OT_DATA"] = str(data)
    environ["OT_FAST"] = "1"
    local.prepare(environ, command="test")
    return data


def stop(data: Path | None) -> None:
    """Stop the services and remove their folder."""
    if data and local.stop({"OT_DATA": str(data)}):
        shutil.rmtree(data, ignore_errors=True)


@contextmanager
def of_its_own() -> Iterator[None]:
    """Servers for this program alone, which keep their data safe on disk: for what is measured."""
    for name in ADDRESSES:
        os.environ.pop(name, None)
    data = new_folder()
    os.environ["OT_DATA"] = str(data)
    local.prepare(os.environ, command="migrate")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ondersteuning.settings")
    try:
        yield
    finally:
        local.stop(os.environ)
        shutil.rmtree(data, ignore_errors=True)


def new_folder() -> Path:
    """A folder for OT_DATA where the account of the servers can come, also when we are root."""
    bases = (tempfile.gettempdir(), "/tmp", "/var/tmp")
    shared = [base for base in bases if _open_to_all(Path(base))]
    prefix = f"{PREFIX}{os.getpid()}-"  # whose it is: a killed run is cleared by the next one
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=shared[0] if shared else None))
    folder.chmod(0o711)
    return folder.resolve()


def _open_to_all(base: Path) -> bool:
    base = base.resolve()
    return base.is_dir() and all(path.stat().st_mode & 0o001 for path in [base, *base.parents])


def clear_what_a_kill_left() -> None:
    """A test run that was killed leaves its servers running: end those nobody uses."""
    for base in {tempfile.gettempdir(), "/tmp", "/var/tmp"}:
        for folder in Path(base).glob(f"{PREFIX}*"):
            maker = folder.name.removeprefix(PREFIX).split("-")[0]
            if not maker.isdigit() or folder.stat().st_uid != os.geteuid():
                continue
            if not command_line(int(maker)):
                stop(folder)


def environ_without_services(**values: str) -> dict[str, str]:
    """The environment of a user who set nothing, with `values` on top; for tests of commands."""
    kept = {name: value for name, value in os.environ.items() if name not in ADDRESSES}
    return kept | values


def main() -> int:
    """Run a command with the services up."""
    environ = dict(os.environ)
    data = start(environ)
    try:
        return subprocess.run(sys.argv[1:], env=environ).returncode
    finally:
        stop(data)


if __name__ == "__main__":
    sys.exit(main())
