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
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Fact) and model.__name__[:10] != "Historical"
    ]


def stored() -> dict[str, int]:
    """How many rows every table of the project holds, with their histories."""
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.app_label in ("accounts", "cases", "reporting")
    }


def known_at(instant: datetime) -> dict[str, Counter[Any]]:
    """What every kind of fact says, as it was known at an instant."""
    return {
        model._meta.label: Counter(
            tuple(sorted(fact.content().items(), key=str)) for fact in model.objects.known_at(instant)
        )
        for model in kinds_of_fact()
    }
