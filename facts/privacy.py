"""What each field of each model is, declared beside the model. Silence is refused by a test.

- personal: says something of someone who can be found again. Masked where names are masked.
- free text: whatever someone typed, so possibly personal. Masked, and never logged.
- neutral: keys, times and choices that say nothing of anyone by themselves.

The retention class says how long a row is kept; the terms themselves are settings, to be confirmed
by the controller (docs/privacy.md).
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Model


class Retention(StrEnum):
    CASE_FILE = "dossier"  # twenty years after closing, unless the archivist says longer
    STAFF = "medewerker"  # as long as the account, then as long as the read log names it
    READ_LOG = "leeslogboek"  # five years from the line
    MAIL = "uitgaande mail"  # a year
    DRAFT = "concept"  # thirty days
    PUBLICATION = "publicatie"  # kept: counts, no people
    SETTING = "instelling"  # as long as it is in use
    SESSION = "sessie"  # a day
    SURVEY_MAIL = "enquête: wie is gevraagd"  # links thirty days after the round, the rest years
    SURVEY_ANSWERS = "enquête: antwoorden"  # half filled in a week after; free text a year


@dataclass(frozen=True)
class Privacy:
    personal: frozenset[str]
    free_text: frozenset[str]
    neutral: frozenset[str]
    retention: Retention

    @property
    def masked(self) -> frozenset[str]:
        """What someone without a ground never sees: not in a list, a log line, an export."""
        return self.personal | self.free_text


# Every fact has these; `withdrawal_reason` is typed by a person.
OF_EVERY_FACT = "id recorded_at recorded_by withdrawn_at withdrawn_by"


def declare(
    retention: Retention, *, personal: str = "", free_text: str = "", neutral: str = ""
) -> Privacy:
    """Names of fields, separated by spaces: `privacy = declare(Retention.STAFF, personal="…")`."""
    return Privacy(
        frozenset(personal.split()),
        frozenset(free_text.split()),
        frozenset(neutral.split()),
        retention,
    )


def declare_fact(
    retention: Retention = Retention.CASE_FILE,
    *,
    personal: str = "",
    free_text: str = "",
    neutral: str = "",
) -> Privacy:
    """As `declare`, with what every fact has."""
    return declare(
        retention,
        personal=personal,
        free_text=f"{free_text} withdrawal_reason",
        neutral=f"{neutral} {OF_EVERY_FACT}",
    )


def masked(row: Model) -> dict[str, object]:
    """What may be shown of `row` to whoever may not see whom it is about."""
    privacy: Privacy = type(row).privacy  # type: ignore[attr-defined]
    return {
        field.name: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name in privacy.neutral
    }
