"""Rows on their way to the tables: gathered per table, then copied a batch at a time."""

from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model

from accounts.models import Employment, Team, User
from cases import models
from facts.dates import start_of_day

from .chance import Chance
from .mistakes import MAY_STAND_TWICE, mistaken
from .shares import CORRECTED, DELAY, TYPED_TWICE

# What others refer to comes first, so that every batch can be checked as soon as it is copied.
TABLES: tuple[type[Model], ...] = (
    Team,
    User,
    Employment,
    models.Family,
    models.Person,
    models.Registration,
    models.FamilyMember,
    models.Custody,
    models.FamilyComposition,
    models.DesiredSituation,
    models.PlacementReason,
    models.Placement,
    models.InstitutionInvolvement,
    models.Intake,
    models.Applicant,
    models.StatusChange,
    models.Assignment,
    models.SupportRequest,
    models.Support,
    models.Result,
    models.ExplanatoryAnalysis,
    models.Complaint,
    models.SearchKey,
)


class Rows:
    """Gathers rows; `copy` sends them off and forgets them, so memory stays that of a batch."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self.waiting: dict[type[Model], list[tuple]] = {table: [] for table in TABLES}

    def add(self, table: type[Model], **values: Any) -> str:
        """A row of `table`, with the model's defaults for what is not given. Returns its id."""
        values.setdefault("id", self.chance.uuid())
        row = _defaults(table) | values
        self.waiting[table].append(tuple(row.values()))
        return values["id"]

    def fact(self, table: type[Model], known: date, **values: Any) -> None:
        """A fact, written down some days after `known`; a few are corrected or withdrawn."""
        recorded = known + timedelta(self.chance.one_of(DELAY))
        if self.chance.happens(CORRECTED):
            recorded = self._withdrawn(
                table, recorded, "Verbeterd", mistaken(table, values, self.chance)
            )
        elif table in MAY_STAND_TWICE and self.chance.happens(TYPED_TWICE):
            self._withdrawn(table, recorded, "Dubbel ingevoerd", values)
        self.add(table, recorded_at=instant(recorded), **values)

    def find_by(self, person: str, pieces: list[str]) -> None:
        """What cases.searching would write of the person: as text, which is copied fastest."""
        self.waiting[models.SearchKey].append((person, f"{{{','.join(pieces)}}}"))

    def _withdrawn(self, table: type[Model], recorded: date, reason: str, values: dict) -> date:
        """A fact that was taken back; the day on which that was done."""
        withdrawn = recorded + timedelta(self.chance.randint(1, 60))
        self.add(
            table,
            recorded_at=instant(recorded),
            withdrawn_at=instant(withdrawn),
            withdrawal_reason=reason,
            **values,
        )
        return withdrawn

    def copy(self) -> None:
        with connection.cursor() as cursor:
            for table, rows in self.waiting.items():
                if rows:
                    columns = ", ".join(f'"{column}"' for column in _defaults(table))
                    sql = f'COPY "{table._meta.db_table}" ({columns}) FROM STDIN'
                    with cursor.copy(sql) as copy:
                        for row in rows:
                            copy.write_row(row)
                    rows.clear()


@cache
def _defaults(table: type[Model]) -> dict[str, Any]:
    """Every column of `table`, with what stands in it when nothing is said."""
    return {
        field.column: None if field.is_relation or field.primary_key else field.get_default()
        for field in table._meta.concrete_fields
    }


@cache
def instant(day: date) -> str:
    """What an import writes for something that was recorded on `day`."""
    return start_of_day(day).isoformat()
