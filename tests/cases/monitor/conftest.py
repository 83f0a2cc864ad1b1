"""Books on disk, imported; and what the database holds, to compare before and after."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from cases.monitor.importing import import_monitor
from cases.monitor.outcome import Outcome
from cases.monitor.sheets import all_sheets
from facts.models import Fact
from tests.cases.monitor.book import Edit, save
from tests.oracle.book import Book


@pytest.fixture
def bring_in(tmp_path: Path) -> Callable[..., Outcome]:
    """Import the small book, or another, after an edit."""
    numbers: Iterator[int] = iter(range(1_000))

    def bring_in(
        book: Book | None = None, edit: Edit | None = None, *, dry_run: bool = False
    ) -> Outcome:
        path = save(tmp_path / f"boek-{next(numbers)}.xlsx", book, edit)
        return import_monitor(path, dry_run=dry_run)

    return bring_in


def kinds_of_fact() -> list[type[Fact]]:
    """Every kind of fact that a book holds."""
    return [kind.model for sheet in all_sheets() for kind in sheet.kinds]


def stored() -> dict[str, int]:
    """How many rows every table of the project holds, with their histories."""
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.app_label in ("accounts", "cases", "reporting")
    }


def known_at(instant: datetime) -> dict[str, Counter[Any]]:
    """What every kind of fact says, as it was known at an instant; by number and label, so that
    it can be compared between two databases."""
    return {
        model._meta.label: Counter(map(_said, model.objects.known_at(instant).select_related()))
        for model in kinds_of_fact()
    }


def _said(fact: Fact) -> tuple[str, ...]:
    names = [name.removesuffix("_id") for name in fact.content_fields()]
    return tuple(f"{name}: {getattr(fact, name)}" for name in names)
