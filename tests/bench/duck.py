"""The limit: DuckDB, in this process, over its own copy of the same rows."""

import tempfile
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import duckdb
from django.db import connection
from django.db.models import Model

from accounts.models import Employment
from cases import models
from facts.dates import Dates
from reporting.figures import Number
from reporting.figures.engine import percentage
from reporting.models import Activity

TABLES: tuple[type[Model], ...] = (
    Activity,
    Employment,
    models.Applicant,
    models.Code,
    models.Complaint,
    models.Custody,
    models.DesiredSituation,
    models.ExplanatoryAnalysis,
    models.FamilyComposition,
    models.FamilyMember,
    models.InstitutionInvolvement,
    models.Intake,
    models.Placement,
    models.PlacementReason,
    models.Result,
    models.StatusChange,
    models.Support,
    models.SupportRequest,
)
SHARES = ("response.phone_within_two_days", "response.welcome_within_week")
STATEMENTS = Path(__file__).with_name("limit.sql").read_text("utf-8").strip("; \n").split(";\n")


def copy_of_the_rows() -> duckdb.DuckDBPyConnection:
    """A database in memory with every table that the report reads, column by column the same."""
    duck = duckdb.connect()
    with tempfile.TemporaryDirectory() as folder:
        for table in TABLES:
            file = Path(folder) / f"{table._meta.db_table}.csv"
            _write(table, file)
            columns = ", ".join(
                f'"{field.column}" {field.db_type(connection)}'
                for field in table._meta.concrete_fields
            )
            duck.execute(f'CREATE TABLE "{table._meta.db_table}" ({columns})')
            duck.execute(f"COPY \"{table._meta.db_table}\" FROM '{file}' (HEADER)")
    return duck


def _write(table: type[Model], file: Path) -> None:
    columns = ", ".join(f'"{field.column}"' for field in table._meta.concrete_fields)
    sql = f'COPY (SELECT {columns} FROM "{table._meta.db_table}") TO STDOUT (FORMAT csv, HEADER)'
    with connection.cursor() as cursor, cursor.copy(sql) as rows, file.open("wb") as target:
        for block in rows:
            target.write(block)


def count(duck: duckdb.DuckDBPyConnection, dates: Dates, threads: int = 1) -> dict[str, Number]:
    """Every figure that is above zero, and the percentages."""
    duck.execute(f"SET threads = {threads}")
    for name, kind, value in (
        ("period_start", "DATE", dates.period_start),
        ("reference_date", "DATE", dates.reference_date),
        ("known_on", "TIMESTAMPTZ", dates.known_on),
    ):
        duck.execute(f"SET VARIABLE {name} = {kind} '{value.isoformat()}'")
    counted: dict[str, Number] = {}
    for statement in STATEMENTS:
        answer = duck.execute(statement)
        if answer.description and len(answer.description) == 2:
            counted.update(answer.fetchall())
    return _finished(counted)


def _finished(counted: dict[str, Number]) -> dict[str, Number]:
    for key in SHARES:
        counted[f"{key}.percentage"] = percentage(counted[f"{key}.met"], counted[f"{key}.due"])
    fte = Decimal(counted["supervisors.fte"] or 0)
    counted["supervisors.fte"] = fte.quantize(Decimal("0.01"), ROUND_HALF_UP)
    regions = [key for key in counted if key.startswith("families.region.")]
    counted["families.regions_involved"] = len(regions)
    return counted
