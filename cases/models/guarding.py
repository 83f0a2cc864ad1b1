"""The database refuses anything new on what went into another (cases.models.merging).

On every fact and row that points at a family, a registration or a person. Whoever was writing
while a colleague merged is led to what stays: see accounts.middleware.
"""

from collections.abc import Iterable

import pgtrigger
from django.db.models import ForeignKey, Model

from facts.models import Fact

from .family import Family, Person
from .registration import Registration

NAME = "not_on_what_went"
_RAISE = """
        RAISE EXCEPTION 'Dit dossier is intussen met een ander samengevoegd.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'merged_meanwhile';
    END IF;
    RETURN NULL;
"""


def guard(models: Iterable[type[Model]]) -> None:
    """Facts a statement at a time: an import writes thousands at once."""
    for model in models:
        columns = [
            field.column
            for field in model._meta.concrete_fields
            if isinstance(field, ForeignKey)
            and field.remote_field.model in (Family, Person, Registration)
        ]
        if columns:
            pgtrigger.register(
                _of_facts(columns) if issubclass(model, Fact) else _of_rows(columns)
            )(model)


def _of_facts(columns: list[str]) -> pgtrigger.Trigger:
    """Who writes a fact waits for a merge under way (facts.recording), so sees it here."""
    places = ", ".join(f"added.{column}" for column in columns)
    return pgtrigger.Trigger(
        name=NAME,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="added_rows"),
        func=f"""
    IF EXISTS (
        SELECT 1 FROM cases_merge AS merge JOIN added_rows AS added ON merge.gone IN ({places})
        WHERE merge.undone_at IS NULL AND added.withdrawn_at IS NULL
    ) THEN{_RAISE}""",
    )


def _of_rows(columns: list[str]) -> pgtrigger.Trigger:
    """A row takes no such lock: it waits here, for the registration that a merge has locked."""
    (column,) = columns
    return pgtrigger.Trigger(
        name=NAME,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
    PERFORM 1 FROM cases_registration WHERE id = NEW.{column} FOR KEY SHARE;
    IF EXISTS (
        SELECT 1 FROM cases_merge WHERE undone_at IS NULL AND gone = NEW.{column}
    ) THEN{_RAISE}""",
    )
