"""Writes what was found to docs/endurance.md. A line of a series that didn't run now stays."""

import os
import platform
from datetime import date
from pathlib import Path

from tests.endure.outcome import Outcome, Series

HEAD = """# Uithoudingsvermogen

De lange reeksen, elk met de dag waarop zij het laatst liep: {cores} kernen, {system},
Python {python}. Zelf doen: `make endure`, of enkele: `make endure SERIES="werelden geknoei"`.
`make test` draait van elke reeks een deel.

| reeks | belofte | op | keer | fout | gemeten | duur | deel in |
| --- | --- | --- | ---: | ---: | --- | ---: | --- |
"""


def write(outcomes: list[tuple[Series, Outcome, float]], path: Path, order: list[str]) -> None:
    """One line a series, in `order` of their titles, and what went wrong now below."""
    lines = _standing(path) | {one.title: _line(one, *found) for one, *found in outcomes}
    head = HEAD.format(
        cores=os.cpu_count(), system=platform.system(), python=platform.python_version()
    )
    text = head + "".join(lines[title] for title in order if title in lines)
    for series, outcome, _ in outcomes:
        if outcome.wrong:
            faults = "".join(f"- {fault}\n" for fault in outcome.wrong[:20])
            text += f"\n## Fout bij: {series.title}\n\n{faults}"
    path.write_text(text, "utf-8")


def _standing(path: Path) -> dict[str, str]:
    """The lines of the file by the title that each begins with."""
    lines = path.read_text("utf-8").splitlines(keepends=True) if path.exists() else []
    return {line.split("|")[1].strip(): line for line in lines if line.startswith("| ")}


def _line(series: Series, outcome: Outcome, seconds: float) -> str:
    measured = "; ".join(f"{name} {value}" for name, value in outcome.figures.items())
    return (
        f"| {series.title} | {series.promise} | {date.today().isoformat()} | {outcome.tried} "
        f"| {len(outcome.wrong)} | {measured} | {seconds:.0f} s | `{series.test}` |\n"
    )
