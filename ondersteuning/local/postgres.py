"""PostgreSQL under OT_DATA: made once, started when it isn't up, reached by a socket only."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from ondersteuning.local import process
from ondersteuning.local.binaries import PostgresBinaries, find_postgres, within_reach
from ondersteuning.local.errors import LocalError
from ondersteuning.local.folder import Folder

NAME = "ondersteuning"
ADMIN, OWNER, APP = "ot_admin", "ot_owner", "ot_app"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "max_wal_size": "2GB",
    "jit": "off",
    "timezone": "Europe/Amsterdam",
    "log_timezone": "Europe/Amsterdam",
    # Statements and details hold names of people: the log has neither.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "lc_messages": "C",
}
# For tests: data that may be lost with the machine.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres:
    """The PostgreSQL server of one OT_DATA."""

    def __init__(self, folder: Folder, environ: Mapping[str, str]) -> None:
        self.folder = folder
        self.environ = environ
        self.data = folder.path / "postgres"

    def url(self, role: str) -> str:
        """The address for a role; the socket's folder stands in the query."""
        password = quote(self.folder.secret(f"{role}_password"), safe="")
        return (
            f"postgresql://{role}:{password}@/{NAME}?host={quote(str(self.folder.socket_folder()))}"
        )

    def ensure(self) -> None:
        """Up, with its roles and its database. Call it while `alone`."""
        if not self.is_up():
            self._end_unreachable()
            self._start()
        if self.folder.notes().get("roles_made") != 1:
            self._make_roles()
            self.folder.note(roles_made=1)

    def is_up(self) -> bool:
        """Whether the server answers."""
        process.reap()
        try:
            self._connect("postgres").close()
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise LocalError(
                    f"De wachtwoorden in {self.folder.path / 'local.json'} horen niet bij de "
                    "database in dezelfde map. Zet een reservekopie van de hele map terug."
                ) from None
            return False
        return True

    def _connect(self, database: str) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.folder.socket_folder()),
            port=5432,
            dbname=database,
            user=ADMIN,
            password=self.folder.secret(f"{ADMIN}_password"),
            autocommit=True,
            connect_timeout=5,
        )

    # --- Making ------------------------------------------------------------------------------
    def _made_by(self) -> int | None:
        """The major version that made the data, by PostgreSQL's own note."""
        try:
            return int((self.data / "PG_VERSION").read_text().split(".")[0])
        except FileNotFoundError:
            return None

    def _binaries(self) -> PostgresBinaries:
        account = self.folder.account
        found = find_postgres(self.environ, self._made_by(), account)
        install = found.folder.parent
        root = within_reach(install, account, self.folder.path / "binaries-postgres")
        return found if root == install else PostgresBinaries(root / "bin", found.major)

    def _make(self, binaries: PostgresBinaries) -> None:
        """An empty cluster, made aside and then moved: half a cluster is never left behind."""
        half = self.folder.path / "postgres.new"
        shutil.rmtree(half, ignore_errors=True)
        self.folder.own(half.name)
        password_file = self.folder.own("run") / "password"
        password_file.touch(mode=0o600)
        password_file.write_text(self.folder.secret(f"{ADMIN}_password"))
        if self.folder.account:
            self.folder.account.take(password_file)
        command = [
            str(binaries.folder / "initdb"), "-D", str(half), "-U", ADMIN, "--encoding=UTF8",
            "--auth=scram-sha-256", f"--pwfile={password_file}", "--no-instructions",
        ]  # fmt: skip
        if self.environ.get("OT_FAST") == "1":
            command.append("--no-sync")
        try:
            self._run_initdb(command, binaries.major, half)
        finally:
            password_file.unlink()
        half.rename(self.data)

    def _run_initdb(self, command: list[str], major: int, half: Path) -> None:
        """C.UTF-8 of PostgreSQL itself, of the machine, or else plain C."""
        locales = [["--locale=C.UTF-8"], ["--locale=C"]]
        if major >= 17:
            builtin = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            locales.insert(0, builtin)
        for locale in locales:
            done = subprocess.run(
                command + locale,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                cwd=half,
                env=process.clean_environment(os.environ),
                **process.options_of(self.folder),
            )
            if done.returncode == 0:
                return
        tail = "".join(f"\n  | {line}" for line in done.stderr.splitlines()[-8:])
        raise LocalError(f"De database in {self.folder.path} kan niet worden gemaakt:{tail}")

    def _make_roles(self) -> None:
        """The two roles, the database and what the application may do in it."""
        privileges = (Path(__file__).parent / "privileges.sql").read_text(encoding="utf-8")
        with self._connect("postgres") as admin:
            for role, rights in ((OWNER, "CREATEDB"), (APP, "")):
                known = admin.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).rowcount
                statement = sql.SQL("{} ROLE {} LOGIN {} PASSWORD {}").format(
                    sql.SQL("ALTER" if known else "CREATE"),
                    sql.Identifier(role),
                    sql.SQL(rights),
                    sql.Literal(self.folder.secret(f"{role}_password")),
                )
                admin.execute(statement)
        with self._connect("template1") as template:
            template.execute(privileges)
        with self._connect("postgres") as admin:
            if not admin.execute("SELECT FROM pg_database WHERE datname = %s", [NAME]).rowcount:
                admin.execute(f"CREATE DATABASE {NAME} OWNER {OWNER}")
        with self._connect(NAME) as database:
            database.execute(f"ALTER SCHEMA public OWNER TO {OWNER}")
            database.execute(privileges)

    # --- Starting and stopping ---------------------------------------------------------------
    def _start(self) -> None:
        binaries = self._binaries()
        if self._made_by() is None:
            self._make(binaries)
        settings = SETTINGS | (FAST if self.environ.get("OT_FAST") == "1" else {})
        settings["dynamic_shared_memory_type"] = "posix" if _roomy_shared_memory() else "mmap"
        sockets = self.folder.socket_folder()
        command = [str(binaries.folder / "postgres"), "-D", str(self.data), "-k", str(sockets)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        for _ in range(20):
            server = process.launch(self.folder, "postgres", command)
            if process.wait_until(self.is_up, server, seconds=120):
                return
            failed = process.did_not_start(self.folder, "postgres", "PostgreSQL")
            # Its predecessor was killed and left children, which are on their way out.
            if "still in use" not in str(failed):
                break
            time.sleep(0.5)
        raise failed

    def pid(self) -> int | None:
        """The running server of this folder; a number that a crash left behind doesn't count."""
        process.reap()
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None
        shown = process.command_line(pid)
        return pid if "postgres" in shown and str(self.data) in shown else None

    def _end_unreachable(self) -> None:
        """Wait for a server that is starting, end one that can't be reached, forget a dead one."""
        if self.pid():
            if process.wait_until(lambda: self.is_up() or not self.pid(), None, seconds=30):
                if self.pid():
                    return
            else:
                self.stop()
        self._forget_dead_server()

    def _forget_dead_server(self) -> None:
        """A crash leaves the server's number behind, which another process may have by now.

        Our own number there tells PostgreSQL that it is stale: we are its parent. The file
        itself stays, because it also leads PostgreSQL to children of the dead server.
        """
        for name in (".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
            (self.folder.socket_folder() / name).unlink(missing_ok=True)
        note = self.data / "postmaster.pid"
        if note.exists():
            _, *rest = note.read_text().split("\n")
            note.write_text("\n".join([str(os.getpid()), *rest]))

    def stop(self) -> None:
        """End the server, with everything on disk; open connections are cut."""
        for demand, seconds in ((signal.SIGINT, 60), (signal.SIGQUIT, 10)):
            pid = self.pid()
            if pid is None:
                return
            os.kill(pid, demand)
            if process.wait_until(lambda: self.pid() is None, None, seconds):
                return


def _roomy_shared_memory() -> bool:
    """A container often has 64 MB of it; a large join would fail there."""
    try:
        found = os.statvfs("/dev/shm")  # noqa: S108
    except OSError:
        return False
    return found.f_frsize * found.f_blocks >= 1 << 30
