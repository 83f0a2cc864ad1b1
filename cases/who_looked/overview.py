"""What somebody may know of who looked at their data: when, in which role, why. Without names of
staff, and in words that most people read with ease (B1)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models.functions import TruncDate

from accounts.models import AccessLine
from cases.merging.tracks import what_went_into
from cases.models import Person
from facts.dates import AMSTERDAM
from facts.words import day, many

Action, Ground = AccessLine.Action, AccessLine.Ground

WHO_IT_WAS = {
    Ground.OWN_CASE: "begeleidt je gezin",
    Ground.COVER: "neemt het werk over van een collega die er niet is",
    Ground.TEAM: "leidt het team dat je gezin begeleidt",
    Ground.AFTERCARE: "begeleidde je gezin tot kort daarvoor",
    Ground.GRANT: "mocht een tijd meekijken",
    Ground.EMERGENCY: "opende het dossier met spoed; een ander controleert dat altijd",
    Ground.HANDOVER: "kreeg of gaf je gezin over aan een collega",
    Ground.COUNTS: "maakt cijfers en ziet daarbij geen namen",
    Ground.DUTY: "controleert of wij zorgvuldig met gegevens omgaan",
    Ground.OWN_ACCOUNT: "gebruikte het eigen account",
    Ground.NONE: "",
}
DONE = {
    Action.READ: "bekeek het dossier",
    Action.CREATE: "schreef iets in het dossier",
    Action.CHANGE: "veranderde iets in het dossier",
    Action.DELETE: "haalde iets uit het dossier",
    Action.LIST: "zag je gezin in een lijst",
    Action.SEARCH: "zag je gezin bij het zoeken",
    Action.EXPORT: "maakte een document",
    Action.PRINT: "drukte iets af",
    Action.DRILL_DOWN: "zag je nummer bij een cijfer",
}
# What is not the file itself, but something about it.
ABOUT = {
    "leeslogboek": "keek wie het dossier had gezien",
    "noodtoegang": "las waarom het dossier met spoed is geopend",
}


@dataclass(frozen=True)
class Row:
    """One or more reads of one day that say the same."""

    day: str
    who: str
    what: str
    purpose: str


@dataclass(frozen=True)
class Overview:
    person: Person
    rows: list[Row]
    reads: int

    @property
    def title(self) -> str:
        name = f"{self.person.first_name} {self.person.last_name}".strip()
        return f"Wie zag de gegevens van {name or self.person.number}?"

    @property
    def heading(self) -> str:
        return f"Alles wat er is gezien: {many(self.reads, 'keer', 'keer')}"

    def as_data(self, made_on: date) -> dict[str, Any]:
        """For the document."""
        return {
            "title": self.title,
            "number": self.person.number,
            "made_on": day(made_on),
            "introduction": INTRODUCTION,
            "heading": self.heading,
            "nobody": NOBODY,
            "columns": COLUMNS,
            "rows": [[row.day, row.who, row.what, row.purpose] for row in self.rows],
            "questions": QUESTIONS,
            "contact": CONTACT,
        }


INTRODUCTION = (
    "Bij het Ondersteuningsteam schrijft het systeem op wie je gegevens ziet. Dat gebeurt elke "
    "keer. Niemand kan dat uitzetten of veranderen.",
    "In dit overzicht lees je op welke dag iemand je gegevens zag. Ook lees je wat voor werk die "
    "persoon deed, en waarom hij of zij keek. De namen van medewerkers staan er niet in.",
)
COLUMNS = ["Dag", "Wie", "Wat", "Waarom"]
NOBODY = "Niemand heeft je gegevens gezien sinds dit wordt bijgehouden."
QUESTIONS = "Heb je een vraag?"
CONTACT = (
    "Snap je iets niet, of denk je dat iemand niet had mogen kijken? Vertel het aan de "
    "functionaris gegevensbescherming van het Ondersteuningsteam. Die zoekt het voor je uit."
)


def overview_of(person: Person) -> Overview:
    """Every line that showed the person, newest first; what says the same on a day is one row."""
    lines = (
        AccessLine.objects.filter(
            subjects__overlap=[person.pk, *what_went_into([person.pk])],
            outcome=AccessLine.Outcome.SHOWN,
            number__isnull=False,
        )
        .annotate(on=TruncDate("at", tzinfo=AMSTERDAM))
        .order_by("-number")
        .values_list(
            "on", "actor_roles", "ground", "subjects", "detail", "action", "object_type", "purpose"
        )
    )
    counted = Counter(
        (on, roles, AccessLine.ground_for(person.pk, *ground), *said)
        for on, roles, *ground, action, object_type, purpose in lines.iterator()
        for said in [(action, object_type, purpose)]
    )
    rows = [_row(*said, times) for said, times in counted.items()]
    return Overview(person, rows, counted.total())


def _row(
    on: date, roles: str, ground: str, action: str, object_type: str, purpose: str, times: int
) -> Row:
    doing = ABOUT.get(object_type) or DONE.get(action, "zag gegevens")
    who = roles or "iemand zonder rol"
    return Row(
        day=day(on),
        who=", ".join(filter(None, [who, WHO_IT_WAS.get(Ground(ground), "")])),
        what=f"{doing} ({times} keer)" if times > 1 else doing,
        purpose=purpose,
    )
