"""How much work there is for whom, and who waits how long: what the organisation accounts for
beside the figures of the report. The words are those of the board of a team."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.conf import settings
from django.db.models import Avg, Count, Q, Sum

from accounts.models import Employment
from cases import standing
from facts.dates import Dates
from facts.working_days import A_DAY
from reporting.presenting import words

TELL_NO_STATUS = frozenset({"workload.fte", "waiting.to_start.days"})
HELD_OR_NOT = frozenset({"workload.per_fte", "waiting.unheld"})


@dataclass(frozen=True)
class Line:
    """`of`: how many trajectories it tells of; None where it tells of no person. A mean tells of
    as many as it is over, and a number of as many as it is."""

    key: str
    label: str
    unit: str
    meaning: str
    number: Decimal | None
    of: int | None


def workload(dates: Dates) -> list[Line]:
    """In two queries. `number` is None where there is nothing to take a mean of."""
    found = standing.trajectories(dates).aggregate(
        **{f"how_many_{name}": Count("pk", filter=Q(**{name: True})) for name in COUNTED},
        **{f"how_long_{name}": Avg(days, filter=Q(**{name: True})) for name, days in MEANS.items()},
    )
    employed = Employment.objects.counted(dates).open_on(dates.reference_date)
    fte = employed.aggregate(fte=Sum("fte"))["fte"] or Decimal(0)
    return list(_lines(found, fte))


def hidden_in(lines: list[Line], statuses_are_hidden: bool) -> frozenset[str]:
    """The keys that the public doesn't see: what tells of one to four, and what would let a reader
    work such a number out. Where the report hides one of the statuses, all that tells of one: also
    whether there is a mean says something of how many there are."""
    by_key = {line.key: line for line in lines}
    if statuses_are_hidden:
        return frozenset(by_key) - TELL_NO_STATUS
    hidden = {line.key for line in lines if 0 < (line.of or 0) < settings.SUPPRESS_BELOW}
    waiting, too_long = by_key["waiting.at_the_start.days"], by_key["waiting.at_the_start.too_long"]
    if 0 < (waiting.of or 0) - (too_long.of or 0) < settings.SUPPRESS_BELOW:
        hidden.add(too_long.key)
    if hidden & HELD_OR_NOT:  # the report tells how many they are together
        hidden |= HELD_OR_NOT
    return frozenset(hidden)


def said(line: Line) -> str:
    """The number as a reader sees it."""
    return words.number(line.number, 2 if line.unit == "fte" else 0)


TRAJECTORIES, DAYS = "trajecten", "kalenderdagen"
COUNTED = ("held", "unheld", "at_the_start", "too_long", "started")
MEANS = {
    "unheld": "days_unheld",
    "at_the_start": "days_at_the_start",
    "started": "days_to_start",
}


def _lines(found: Mapping[str, Any], fte: Decimal) -> Iterator[Line]:
    held, unheld, starting, too_long, started = (found[f"how_many_{name}"] for name in COUNTED)
    yield Line(
        "workload.fte",
        "Formatie procesbegeleiders",
        "fte",
        "De som van alle aanstellingen op de peildatum.",
        fte,
        None,
    )
    yield Line(
        "workload.per_fte",
        "Trajecten per fte",
        "trajecten per fte",
        "Trajecten die nog moeten starten, lopen of zijn heropend, en een procesbegeleider hebben, "
        "gedeeld door de formatie.",
        _whole(Decimal(held) / fte) if fte else None,
        held,
    )
    yield Line(
        "waiting.at_the_start.days",
        "Gemiddeld wachten op de start",
        DAYS,
        "Van de aanmeldingen die op de peildatum nog niet zijn gestart: de dagen sinds de "
        "aanmelding.",
        _mean(found["how_long_at_the_start"]),
        starting,
    )
    yield Line(
        "waiting.at_the_start.too_long",
        "Wacht langer dan vijf werkdagen op de start",
        TRAJECTORIES,
        "Aanmeldingen die op de peildatum nog niet zijn gestart, meer dan vijf werkdagen na het "
        "aanmelden.",
        Decimal(too_long),
        too_long,
    )
    yield Line(
        "waiting.unheld",
        "Zonder procesbegeleider",
        TRAJECTORIES,
        "Trajecten die op de peildatum nog moeten starten, lopen of zijn heropend, en geen "
        "procesbegeleider hebben.",
        Decimal(unheld),
        unheld,
    )
    yield Line(
        "waiting.unheld.days",
        "Gemiddeld wachten op een procesbegeleider",
        DAYS,
        "Van die trajecten: de dagen sinds de aanmelding, of sinds de vorige procesbegeleider.",
        _mean(found["how_long_unheld"]),
        unheld,
    )
    yield Line(
        "waiting.to_start.days",
        "Gemiddeld van aanmelding tot start",
        DAYS,
        "Van de trajecten die in de periode voor het eerst zijn gestart.",
        _mean(found["how_long_started"]),
        started,
    )


def _mean(time: timedelta | None) -> Decimal | None:
    return None if time is None else _whole(Decimal(time / A_DAY))


def _whole(number: Decimal) -> Decimal:
    """Half up, as all that is rounded in a report."""
    return number.quantize(Decimal(1), ROUND_HALF_UP)
