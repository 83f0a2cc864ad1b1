"""The fifteen sheets of a monitor workbook, as declarations.

A sheet names its columns, the form that holds its rules, and (see building) what its rows become.
A sheet about something that `cases` doesn't know is registered by the app that does.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ImproperlyConfigured

from cases.forms import EMPTY, DayField, FactForm

from .cells import Day, Kind, Text

SHEET_NAMES = (
    "Procesbegeleiders",
    "Gezinnen",
    "Personen",
    "Gezag",
    "Betrokken instellingen",
    "Uithuisplaatsingen",
    "Aanmeldingen",
    "Statussen",
    "Toewijzingen",
    "Ondersteuningsvragen",
    "Ondersteuning",
    "Resultaten",
    "Verklarende analyses",
    "Klachten",
    "Activiteiten",
)
NUMBER_LENGTH = 20


@dataclass(frozen=True, eq=False)
class Column:
    """`field`: its name in the form, or `check` holds the rule when the form doesn't have it (a
    number, or whose row it is: on a screen that is given). `refers` names the sheet that must
    hold the number. A column that `may_miss` may be absent altogether."""

    heading: str
    field: str
    kind: Kind
    check: forms.Field | None = None
    refers: str = ""
    may_miss: bool = False


@dataclass(frozen=True, eq=False)
class Sheet:
    """`numbered`: each number stands once; rows are compared by it. `facts` makes the facts of a
    row, `kinds` says how they are compared. `rules` look at all rows together. A sheet that is
    not `about_families` is the whole truth about itself, unless it has no rows."""

    name: str
    form: type[FactForm]
    columns: tuple[Column, ...]
    kinds: tuple[Any, ...]
    facts: Callable[..., Iterable[Any]]
    numbered: bool = False
    about_families: bool = True
    rules: tuple[Callable[..., None], ...] = ()
    narrow: Callable[..., None] | None = None

    @property
    def dated_by(self) -> str:
        return self.form.dated_by


def number(heading: str, of: str) -> Column:
    """The sheet's own number."""
    kind = Text(f"{of}, hooguit {NUMBER_LENGTH} tekens")
    return Column(heading, "number", kind, check=_number_field())


def refers_to(sheet: str, heading: str, field: str, *, required: bool = True) -> Column:
    """A number of another sheet, that says whose row it is."""
    kind = Text(f"een nummer van het blad '{sheet}'")
    return Column(heading, field, kind, check=_number_field(required=required), refers=sheet)


def _number_field(*, required: bool = True) -> forms.Field:
    return forms.CharField(
        max_length=NUMBER_LENGTH, required=required, error_messages={"required": EMPTY}
    )


RECORDED_ON = Column(
    "verwerkt op", "recorded_on", Day(), check=DayField(required=False), may_miss=True
)

_registered: dict[str, Sheet] = {}


def register(sheet: Sheet) -> Sheet:
    """Make a sheet known. Refuses a declaration that can't work, so the server doesn't start."""
    if sheet.name not in SHEET_NAMES:
        raise ImproperlyConfigured(f"A monitor workbook has no sheet '{sheet.name}'.")
    names = set(sheet.form.base_fields) | {c.field for c in sheet.columns if c.check}
    fields = [column.field for column in sheet.columns]
    if set(fields) != names or len(set(fields)) < len(fields):
        raise ImproperlyConfigured(f"Columns and form of sheet '{sheet.name}' differ.")
    if bool(sheet.dated_by) != any(column is RECORDED_ON for column in sheet.columns):
        raise ImproperlyConfigured(f"Only a dated sheet says 'verwerkt op'; see '{sheet.name}'.")
    _registered[sheet.name] = sheet
    return sheet


def all_sheets() -> tuple[Sheet, ...]:
    """The fifteen, in the order of a book. Refuses to import with one of them unknown."""
    from . import declared  # noqa: F401  registers the sheets of cases

    missing = [name for name in SHEET_NAMES if name not in _registered]
    if missing:
        raise ImproperlyConfigured(f"Sheets that no app has registered: {', '.join(missing)}.")
    return tuple(_registered[name] for name in SHEET_NAMES)
