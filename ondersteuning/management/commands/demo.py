"""`make demo`: the whole system on this machine, with the golden quarter and a login per role."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ondersteuning import local
from ondersteuning.children import Child, Children

HOST = "127.0.0.1"
WEB_WORKERS = 2
WEB_THREADS = 4
LOOK_EVERY = 3.0  # seconds, whether database and broker still run


class Command(BaseCommand):
    """Prepares what is missing, starts web, worker and beat, and stops them again."""

    help = "Start de demonstratie op deze machine: database, achtergrondwerk en website."
    requires_system_checks = []

    def handle(self, *args: object, **options: object) -> None:
        """Runs until Ctrl-C or SIGTERM."""
        if os.environ.get("OT_LOCAL") != "1":
            raise CommandError(
                "De demonstratie vult een database met voorbeelden en gebruikt daarom alleen haar "
                "eigen, lokale database. Haal DATABASE_URL uit de omgeving."
            )
        os.environ["OT_DEMO"] = "1"
        if os.geteuid() == 0:  # in a container; Celery would print a page about it
            os.environ.setdefault("PYTHONWARNINGS", "ignore:You're running the worker with super")
        self.data = local.data_path(os.environ)
        with open(os.open(self.data / "demo.lock", os.O_RDWR | os.O_CREAT, 0o600), "r+") as lock:
            self._only_one(lock)
            try:
                self._prepare()
            except KeyboardInterrupt:
                raise CommandError("Afgebroken.", returncode=130) from None
            address = f"http://{HOST}:{self._free_port()}"
            os.environ.setdefault("OT_SITE_URL", address)  # for the links in letters
            lock.truncate(0)
            lock.write(address)
            lock.flush()
            self._serve(address)

    def _only_one(self, lock: IO[str]) -> None:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            where = lock.read() or "een adres dat zo verschijnt"
            raise CommandError(f"De demonstratie draait al, op {where}.") from None

    # --- Preparing: only what is missing -----------------------------------------------------
    def _prepare(self) -> None:
        if self._static_files_changed():
            call_command("collectstatic", interactive=False, verbosity=0)
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        connection.close()
        if missing:
            self.stderr.write("De tabellen worden gemaakt.")
            self._manage("migrate", "--verbosity", "0")
        self._manage("prepare_demo")

    @staticmethod
    def _static_files_changed() -> bool:
        try:
            collected = (Path(settings.STATIC_ROOT) / "staticfiles.json").stat().st_mtime
        except FileNotFoundError:
            return True
        return any(
            os.path.getmtime(storage.path(name)) > collected
            for finder in get_finders()
            for name, storage in finder.list([])
        )

    def _manage(self, *arguments: str) -> None:
        """A command in a process of its own: it may need the owner's role."""
        done = subprocess.run([sys.executable, settings.BASE_DIR / "manage.py", *arguments])
        if done.returncode:
            raise CommandError(f"De demonstratie start niet: `{arguments[0]}` is mislukt.")

    def _free_port(self) -> int:
        """The wanted port, or the first free one after it."""
        try:
            wanted = int(os.environ.get("OT_PORT") or 8000)
        except ValueError:
            raise CommandError(f"OT_PORT is geen getal: {os.environ['OT_PORT']}.") from None
        for port in range(wanted, min(wanted + 100, 65536)):
            if _is_free(port):
                if port != wanted:
                    self.stderr.write(f"Poort {wanted} is bezet; de demonstratie neemt {port}.")
                return port
        raise CommandError(f"Vanaf poort {wanted} is geen poort vrij. Kies er een met OT_PORT.")

    # --- Serving -----------------------------------------------------------------------------
    def _serve(self, address: str) -> None:
        children = Children(
            self._children(address), note=self.data / "demo.pids", say=self.stderr.write
        )
        self.stopping, self.looked_at = False, time.monotonic()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        try:
            children.start()
            shown = False
            while not self.stopping:
                if not shown and _answers(address):
                    self._show(address)
                    shown = True
                children.look()
                self._keep_up()
                time.sleep(0.3)
        finally:
            self.stderr.write("De demonstratie stopt.")
            children.stop()

    def _keep_up(self) -> None:
        """Also the database and the broker, looked at every few seconds."""
        if time.monotonic() < self.looked_at + LOOK_EVERY:
            return
        self.looked_at = time.monotonic()
        for title in local.keep_up(os.environ):
            self.stderr.write(f"{title} was gestopt en draait weer.")

    def _ask_to_stop(self, number: int, frame: object) -> None:
        self.stopping = True

    def _children(self, address: str) -> list[Child]:
        python = [sys.executable, "-m"]
        web = [
            *python, "gunicorn", "ondersteuning.wsgi:application", "--bind", address.removeprefix("http://"),
            "--workers", str(WEB_WORKERS), "--threads", str(WEB_THREADS), "--timeout", "60",
            "--graceful-timeout", "5", "--no-control-socket", "--log-level", "warning",
            "--chdir", str(settings.BASE_DIR),
        ]  # fmt: skip
        celery = [*python, "celery", "--quiet", "--app", "ondersteuning"]
        celery += ["--workdir", str(settings.BASE_DIR)]
        worker = [*celery, "worker", "--concurrency", "1", "--loglevel", "warning"]
        beat = [
            *celery, "beat", "--loglevel", "warning", "--pidfile=",
            "--schedule", str(self.data / "beat-schedule"),
        ]  # fmt: skip
        return [Child("De website", web), Child("De werker", worker), Child("De klok", beat)]

    def _show(self, address: str) -> None:
        self.stdout.write(f"\nDe demonstratie draait op {address}\n")
        logins = self.data / "demo-logins.txt"
        if logins.exists():
            self.stdout.write(logins.read_text(encoding="utf-8").rstrip())
        self.stdout.write(f"Wat er wordt gemaild, staat op {address}/demo/mail/ (na inloggen).")
        self.stdout.write("Ctrl-C stopt alles; de gegevens blijven bewaard.\n")
        self.stdout.flush()


def _is_free(port: int) -> bool:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError:
            return False
        return True


def _answers(address: str) -> bool:
    """Whether the site answers at all; a page that asks to sign in is an answer too."""
    site = HTTPConnection(address.removeprefix("http://"), timeout=2)
    try:
        site.request("GET", "/")
        return bool(site.getresponse().status)
    except (HTTPException, OSError):
        return False
    finally:
        site.close()
