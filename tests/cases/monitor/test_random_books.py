"""Random books, each followed by another about the same numbers: nothing refused, nothing moved."""

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings

from cases.models import Applicant, Complaint, Custody, FamilyComposition, FamilyMember, Intake
from cases.monitor.importing import import_monitor
from cases.monitor.outcome import Outcome
from facts.dates import start_of_day
from tests.cases.monitor.book import save
from tests.cases.monitor.conftest import kinds_of_fact, known_at
from tests.oracle.book import Book
from tests.oracle.worlds import worlds

World = tuple[Book, object]

ONE_AT_A_TIME = {
    Applicant: ("registration_id", "position"),
    Complaint: ("number",),
    Custody: ("parent_id", "child_id"),
    FamilyComposition: ("family_id",),
    FamilyMember: ("person_id",),
    Intake: ("registration_id",),
}


@pytest.mark.django_db
@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.generate],  # shrinking takes minutes; the books are small as they are
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(first=worlds(), second=worlds())
def test_a_book_after_another(tmp_path: Path, first: World, second: World):
    with transaction.atomic():
        before = _bring_in(tmp_path, first[0])
        stood, known = _ids_known_at(before.at), known_at(before.at)
        after = _bring_in(tmp_path, second[0])
        assert not _bring_in(tmp_path, second[0]).changed_anything
        assert stood <= _ids_known_at(before.at)
        for instant in (start_of_day(date(2023, 6, 1)), before.at, after.at):
            _assert_one_at_a_time(instant)
        _bring_in(tmp_path, first[0])
        back = _bring_in(tmp_path, first[0])
        assert not back.changed_anything
        _assert_one_at_a_time(before.at)
        assert _holds(known_at(datetime.now(UTC)), known)
        transaction.set_rollback(True)


def _bring_in(folder: Path, book: Book) -> Outcome:
    outcome = import_monitor(save(folder / "boek.xlsx", _without_faults(book)), dry_run=False)
    assert outcome.faults == []
    return outcome


def _without_faults(book: Book) -> Book:
    """The worlds are wider than the importer: teams and families of complaints may be empty
    there, and more than two people may register together."""
    named = {row["e-mail"]: row | {"team": row["team"] or "Team Noord"}
             for row in book["Procesbegeleiders"]}  # fmt: skip
    return book | {
        "Procesbegeleiders": list(named.values()),
        "Klachten": [row for row in book["Klachten"] if row["gezinsnummer"]],
        "Aanmeldingen": [
            row | {"aanmelders": ";".join(row["aanmelders"].split(";")[:2])}
            for row in book["Aanmeldingen"]
        ],
    }


def _ids_known_at(instant: datetime) -> set:
    return {
        pk
        for model in kinds_of_fact()
        for pk in model.objects.known_at(instant).values_list("pk", flat=True)
    }


def _assert_one_at_a_time(instant: datetime) -> None:
    for model, owner in ONE_AT_A_TIME.items():
        owners = Counter(model.objects.known_at(instant).values_list(*owner))
        assert not owners or max(owners.values()) == 1, f"{model.__name__} twice at {instant}"


def _holds(known: dict[str, Counter], asked: dict[str, Counter]) -> bool:
    """Everything of `asked` stands, whatever else does (families that it doesn't name)."""
    return all(asked[kind] <= known[kind] for kind in asked)
