"""docs/performance.md: the figures of a run in the text of performance.template.md."""

import os
import platform
from datetime import date
from importlib.metadata import version
from math import log
from pathlib import Path
from string import Template
from typing import Any

TEMPLATE = Path(__file__).with_name("performance.template.md")
MIB = 1024 * 1024
WAYS = {
    "ours": "zo telt het systeem",
    "naive": "naïef: een vraag per cijfer",
    "duckdb_1": "DuckDB, één thread",
    "duckdb_2": "DuckDB, twee threads",
}

Measured = dict[int, dict[str, Any]]


def document(measured: Measured, imports: dict[str, Any]) -> str:
    small, large = sorted(measured)
    return Template(TEMPLATE.read_text("utf-8")).substitute(
        small=_whole(small),
        large=_whole(large),
        machine=_machine(measured[large]["server"]),
        generating=_whole(measured[large]["generating"]),
        **_report(measured, small, large),
        **_memory(measured[large]),
        pages=pages_table(*(measured[size]["pages"]["pages"] for size in (small, large))),
        **_import(imports),
    )


def _report(measured: Measured, small: int, large: int) -> dict[str, Any]:
    most = measured[large]
    limit = min(("duckdb_1", "duckdb_2"), key=lambda name: most["seconds"][name])
    ours = most["seconds"]["ours"]
    return {
        "table": "\n".join(_row(name, measured, small, large, limit) for name in WAYS),
        "than_naive": _decimal(most["seconds"]["naive"] / ours),
        "than_limit": _decimal(ours / most["seconds"][limit]),
        "limit": WAYS[limit],
        "exponent": _exponent("ours", measured, small, large),
        "queries": most["queries"]["ours"],
        "naive_queries": most["queries"]["naive"],
        "figures": most["figures"],
    }


def _memory(most: dict[str, Any]) -> dict[str, str]:
    return {
        "memory": _whole((most["memory"]["after"] - most["memory"]["before"]) / MIB),
        "memory_whole": _whole(most["memory"]["after"] / MIB),
        "spilled": _whole(most["spilled"] / MIB),
    }


def pages_table(small: list[dict[str, Any]], large: list[dict[str, Any]]) -> str:
    """A line a page, with few and with many registrations."""
    return "\n".join(_page(*both) for both in zip(small, large, strict=True))


def _page(small: dict[str, Any], large: dict[str, Any]) -> str:
    cells = (
        large["name"], _decimal(small["ratio"]), _decimal(large["ratio"]),
        f"{_decimal(large['page_ms'])} ({_decimal(large['bare_ms'])})",
        f"{small['queries']}, {large['queries']} ({large['bare_queries']})",
        f"{_whole(small['blocks'])}, {_whole(large['blocks'])}",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _import(imports: dict[str, Any]) -> dict[str, str]:
    return {
        "import_rows": _whole(imports["rows"]),
        "import_history": _whole(imports["history"]),
        "import_seconds": _decimal(imports["seconds"]),
        "import_rate": _whole(imports["rows"] / imports["seconds"]),
        "copy_rate": _whole(imports["rows"] / imports["copy_seconds"]),
        "import_ratio": _whole(imports["seconds"] / imports["copy_seconds"]),
    }


def _row(name: str, measured: Measured, small: int, large: int, limit: str) -> str:
    """Seconds at both sizes with their spread, times the limit, and how it grows."""
    cells = [WAYS[name]]
    for size in (small, large):
        least, most = measured[size]["spread"][name]
        middle = measured[size]["seconds"][name]
        cells.append(f"{_seconds(middle)} ({_seconds(least)} - {_seconds(most)})")
    seconds = measured[large]["seconds"]
    cells.append(_decimal(seconds[name] / seconds[limit]))
    cells.append(_exponent(name, measured, small, large))
    return f"| {' | '.join(cells)} |"


def _exponent(name: str, measured: Measured, small: int, large: int) -> str:
    times = measured[large]["seconds"][name] / measured[small]["seconds"][name]
    return f"{log(times) / log(large / small):.2f}".replace(".", ",")


def _machine(server: str) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    parts = ", ".join(f"{name} {version(name)}" for name in ("django", "psycopg", "duckdb"))
    return (
        f"{date.today():%d-%m-%Y}, {len(os.sched_getaffinity(0))} kernen, "
        f"{memory:.0f} GiB geheugen, {server}, Python {platform.python_version()}, {parts}"
    )


def _seconds(number: float) -> str:
    return f"{number:.3g}".replace(".", ",")


def _decimal(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")


def _whole(number: float) -> str:
    return f"{number:,.0f}".replace(",", ".")
