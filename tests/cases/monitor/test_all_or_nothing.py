"""Two at once, and an import that is broken off: all of it or nothing (T42)."""

import threading
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from cases.models import Custody, Family, Intake, StatusChange, Support
from cases.monitor import sheets, storing
from cases.monitor.checking import Checking
from cases.monitor.importing import import_monitor
from cases.monitor.reading import Book
from cases.monitor.unreadable import Refused
from facts import verbs
from facts.recording import recording
from tests.cases.monitor.book import save, small_book
from tests.cases.monitor.conftest import kinds_of_fact, stored


@pytest.mark.django_db
@pytest.mark.parametrize("model", kinds_of_fact(), ids=lambda model: model.__name__)
def test_an_import_that_breaks_off_at_any_kind_leaves_nothing(bring_in, monkeypatch, model):
    add_all = storing.add_all

    def add_until(facts, *, at):
        if facts and type(facts[0]) is model:
            raise KeyboardInterrupt
        return add_all(facts, at=at)

    monkeypatch.setattr(storing, "add_all", add_until)
    before = stored()
    with pytest.raises(KeyboardInterrupt):
        bring_in()
    assert stored() == before


@pytest.mark.django_db
def test_a_refusal_of_the_database_is_told_and_leaves_nothing(bring_in, monkeypatch):
    """If a check of ours were missing, the database would still refuse."""
    monkeypatch.setattr("cases.monitor.rules.can_follow", lambda before, after: True)
    book = small_book()
    book["Statussen"][0]["status"] = "Heropend"
    before = stored()
    with pytest.raises(Refused, match="'status_follows_the_table'"), transaction.atomic():
        bring_in(book)
    assert stored() == before


@pytest.mark.django_db
def test_what_someone_withdraws_meanwhile_is_not_withdrawn_twice(bring_in, monkeypatch):
    bring_in()
    lock = storing._lock

    def someone_is_first(facts):
        if facts:
            with recording(by=None, reason="intussen") as now:
                verbs.withdraw(Custody.objects.standing().get(pk=facts[0].pk), at=now)
        lock(facts)

    monkeypatch.setattr(storing, "_lock", someone_is_first)
    book = small_book()
    del book["Gezag"][0]
    with pytest.raises(Refused, match="start de import opnieuw"):
        bring_in(book)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_imports_at_once_wait_for_each_other(tmp_path: Path):
    """The second finds all of the first, so nothing stands twice."""
    path = save(tmp_path / "boek.xlsx")
    ready, outcomes = threading.Barrier(3), []

    def bring_in() -> None:
        ready.wait()
        try:
            outcomes.append(import_monitor(path, dry_run=False))
        finally:
            connection.close()

    threads = [threading.Thread(target=bring_in) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome.changed_anything for outcome in outcomes) == [False, False, True]
    assert Family.objects.count() == 2
    assert Intake.objects.count() == 2
    assert StatusChange.objects.count() == 4
    assert Support.objects.count() == 1


@pytest.mark.django_db
def test_a_newer_import_never_writes_earlier_than_the_one_it_waited_for(bring_in):
    first = bring_in()
    book = small_book()
    book["Gezag"] = []
    assert bring_in(book).at > first.at


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_the_rows(tmp_path, django_assert_max_num_queries):
    book = small_book()
    for number in range(100):
        book["Ondersteuning"].append(dict(book["Ondersteuning"][0]))
        book["Personen"].append(
            {"persoonsnummer": f"K9{number}", "gezinsnummer": "G1", "rol": "Kind"}
        )
    with django_assert_max_num_queries(200):
        import_monitor(save(tmp_path / "boek.xlsx", book), dry_run=False)


def test_an_import_without_all_sheets_known_does_not_start(monkeypatch):
    monkeypatch.delitem(sheets._registered, "Activiteiten")
    with pytest.raises(ImproperlyConfigured, match="Activiteiten"):
        Checking(Book("boek.xlsx", []), today=None)
