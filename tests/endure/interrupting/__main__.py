"""Runs the interruptions and prints what was found, as JSON. Breaks only what it started."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from ondersteuning import local
from tests import services

TYPISTS, CASES = 4, 3


def main() -> None:
    arguments = _arguments()
    environ = services.environ_without_services()
    folder = services.new_folder()
    environ["OT_DATA"] = str(folder)
    local.prepare(environ, command="test")
    os.environ.clear()
    os.environ.update(environ, DJANGO_SETTINGS_MODULE="tests.endure.interrupting.settings")
    try:
        _fill(arguments.copy)
        import django

        django.setup()
        json.dump(_interrupted(arguments, folder), sys.stdout)
    finally:
        services.stop(folder)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interruptions", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--copy", help="adres van een database met de tabellen, om over te nemen")
    return parser.parse_args()


def _fill(template: str | None) -> None:
    """The tables: copied, or made when there is nothing to copy (or nothing to copy with)."""
    dump, restore = shutil.which("pg_dump"), shutil.which("psql")
    if not (template and dump and restore):
        owner = os.environ | {"OT_DATABASE_ROLE": "owner"}
        command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
        subprocess.run(command, env=owner, check=True, stdout=sys.stderr)
        return
    into = os.environ["DATABASE_OWNER_URL"]
    with subprocess.Popen([dump, "--no-privileges", template], stdout=subprocess.PIPE) as tables:
        quiet = [restore, "--quiet", "--no-psqlrc", "-v", "ON_ERROR_STOP=1", into]
        subprocess.run(quiet, stdin=tables.stdout, stdout=subprocess.DEVNULL, check=True)


def _interrupted(arguments: argparse.Namespace, folder: Path) -> dict:
    from django.db import connection

    from ondersteuning.local.folder import Folder
    from tests.endure.interrupting.checking import broken
    from tests.endure.interrupting.interrupter import Interrupter
    from tests.endure.interrupting.machine import Machine
    from tests.endure.interrupting.office import people_who_type

    def say(words: str) -> None:
        print(words, file=sys.stderr, flush=True)

    began = time.monotonic()
    with Machine(Folder(folder), os.environ, say) as machine:
        typists, colleague = people_who_type(TYPISTS, CASES, machine.port, arguments.seed, say)
        interrupter = Interrupter(machine, typists, colleague, arguments.seed, say)
        for typist in typists:
            typist.start()
        try:
            interrupter.go_on(arguments.interruptions)
        finally:
            for typist in typists:
                typist.enough.set()
            machine.wait_until_it_answers()
            for typist in typists:
                typist.join(120)
        wrong = interrupter.wrong + [fault for one in typists for fault in one.wrong]
        saved = [done for one in typists for done in one.saved]
        pages = sum(one.pages for one in typists)
        connection.close()  # the last interruption may have broken it
        wrong += broken(saved, [one.user for one in typists], pages)
    counts = {name: sum(one.counts[name] for one in typists) for name in typists[0].counts}
    return {
        "tried": interrupter.done.total(),
        "wrong": wrong,
        "kinds": dict(interrupter.done),
        "saved": len(saved),
        "seconds": round(time.monotonic() - began),
        **counts,
    }


if __name__ == "__main__":
    main()
