"""Writes what was found to docs/endurance.md."""

import os
import platform
from datetime import date
from pathlib import Path

from tests.endure.outcome import Outcome, Series

HEAD = """# Uithoudingsvermogen

De lange reeksen, op {day}: {cores} kernen, {system}, Python {python}.
Zelf doen: `make endure` (schrijft dit bestand opnieuw). `make test` draait van elke reeks een deel.

| reeks | belofte | keer | fout | gemeten | duur | deel in |
| --- | --- | ---: | ---: | --- | ---: | --- |
"""


def write(outcomes: list[tuple[Series, Outcome, float]], path: Path) -> None:
    """One line a series, and what went wrong below."""
    text = HEAD.format(
        day=date.today().isoformat(),
        cores=os.cpu_count(),
        system=platform.system(),
        python=platform.python_version(),
    )
    for series, outcome, seconds in outcomes:
        measured = "; ".join(f"{name} {value}" for name, value in outcome.figures.items())
        text += (
            f"| {series.title} | {series.promise} | {outcome.tried} | {len(outcome.wrong)} "
            f"| {measured} | {seconds:.0f} s | `{series.test}` |\n"
        )
    for series, outcome, _ in outcomes:
        if outcome.wrong:
            faults = "".join(f"- {fault}\n" for fault in outcome.wrong[:20])
            text += f"\n## Fout bij: {series.title}\n\n{faults}"
    path.write_text(text, "utf-8")
