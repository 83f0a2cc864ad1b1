"""make bench: measures everything and writes docs/performance.md. Never fails on a time."""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.databases import database, servers
from tests.bench.writing import document

ROOT = Path(__file__).parents[2]
SIZES, SEED, IMPORTS = (10_000, 100_000), 1, 3
EMPTY = "ondersteuning_bench_empty"


def main() -> None:
    arguments = _arguments()
    with servers(os.environ), database(EMPTY) as environ:
        _manage(environ, "migrate", "--verbosity", "0")
        measured = {size: _measure(size) for size in sorted(arguments.sizes)}
        imports = _import()
    text = document(measured, imports)
    print(text)
    if arguments.output:
        arguments.output.write_text(text, "utf-8")
        _say(f"Geschreven: {arguments.output.name}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs=2, default=SIZES, help="aantallen aanmeldingen")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "performance.md")
    return parser.parse_args()


def _measure(size: int) -> dict[str, Any]:
    _say(f"{size} aanmeldingen: schrijven")
    with database(f"ondersteuning_bench_{size}", template=EMPTY) as environ:
        began = time.perf_counter()
        _manage(environ, "generate_families", f"--registrations={size}", f"--seed={SEED}")
        seconds = time.perf_counter() - began
        _say(f"{size} aanmeldingen: tellen, op drie manieren om en om")
        reports = _stage("reports", environ)
        memory = _stage("memory", environ)
        _say(f"{size} aanmeldingen: de pagina's tegenover een kale")
        pages = _stage("pages", environ)
    return {"generating": seconds, "memory": memory, "pages": pages, **reports}


def _import() -> dict[str, Any]:
    """Medians of a few imports, each into an empty database."""
    _say("Inlezen, tegenover kale COPY")
    runs = []
    for _ in range(IMPORTS):
        with database("ondersteuning_bench_import", template=EMPTY) as environ:
            runs.append(_stage("importing", environ))
    return {name: median(run[name] for run in runs) for name in runs[0]}


def _stage(name: str, environ: Mapping[str, str]) -> dict[str, Any]:
    """A part of the bench that needs Django on a database of its own."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.bench.{name}"],
        env=environ, cwd=ROOT, stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def _manage(environ: Mapping[str, str], *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "django", *arguments],
        env=environ, cwd=ROOT, stdout=subprocess.DEVNULL, check=True,
    )  # fmt: skip


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
