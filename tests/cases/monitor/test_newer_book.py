"""A newer book is the whole truth about the families it names, and moves no earlier quarter."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from accounts.models import Employment, User
from cases.models import (
    Custody,
    FamilyComposition,
    FamilyMember,
    Intake,
    Person,
    Result,
    Support,
    SupportRequest,
)
from cases.monitor.outcome import Outcome
from cases.monitor.unreadable import Refused
from facts.dates import start_of_day
from facts.verbs import correct
from reporting.models import Activity
from tests.cases.monitor import changes
from tests.cases.monitor.book import row_of, small_book
from tests.cases.monitor.conftest import known_at, stored
from tests.oracle.book import Book

pytestmark = pytest.mark.django_db

BringIn = Callable[..., Outcome]

# An instant at which the whole of the first book was known, before any import of a test.
BEFORE = start_of_day(date(2024, 8, 5))


def test_the_same_book_again_changes_nothing(bring_in):
    bring_in()
    before = stored()
    outcome = bring_in()
    assert not outcome.changed_anything
    assert all(counts.unchanged == counts.rows for counts in outcome.counts.values())
    assert stored() == before


def test_a_death_of_which_no_book_knows_stays_as_it_stands(bring_in):
    """The same book again changes nothing, and another role leaves it."""
    bring_in()
    member = FamilyMember.objects.standing().get(person__number="K1")
    died = date(2024, 7, 1)
    correct(member, by=None, reason="Gehoord", died_on=died)
    assert not bring_in().changed_anything
    book = small_book()
    row = row_of(book, "Personen", persoonsnummer="K1")
    row["rol"] = "Anders"
    assert bring_in(book).changed_anything
    stands = FamilyMember.objects.standing().get(person__number="K1")
    assert (stands.role, stands.died_on) == ("other", died)
    row["geboortedatum"] = date(2024, 7, 2)
    with pytest.raises(Refused, match="overleden voor de geboortedatum"):
        bring_in(book)


def test_when_it_was_recorded_is_not_content(bring_in):
    bring_in()
    book = small_book()
    for sheet in ("Aanmeldingen", "Statussen", "Ondersteuningsvragen", "Resultaten"):
        for row in book[sheet]:
            row["verwerkt op"] = date(2024, 7, 1)
    assert not bring_in(book).changed_anything


@pytest.mark.parametrize(
    ("change", "sheet", "new", "changed", "withdrawn"),
    [
        (changes.change_contact, "Aanmeldingen", 0, 1, 0),
        (changes.change_applicants, "Aanmeldingen", 0, 1, 0),
        (changes.add_applicant, "Aanmeldingen", 0, 1, 0),
        (changes.change_role, "Personen", 0, 1, 0),
        (changes.change_composition, "Gezinnen", 0, 1, 0),
        (changes.add_composition, "Gezinnen", 0, 1, 0),
        (changes.change_wishes, "Gezinnen", 0, 1, 0),
        (changes.end_a_spell, "Uithuisplaatsingen", 0, 1, 0),
        (changes.change_custody, "Gezag", 0, 1, 0),
        (changes.drop_custody, "Gezag", 0, 0, 1),
        (changes.drop_a_registration, "Statussen", 0, 0, 1),
        (changes.drop_a_registration, "Aanmeldingen", 0, 0, 1),
        (changes.drop_a_child, "Personen", 0, 0, 1),
        (changes.add_a_child, "Personen", 1, 0, 0),
        (changes.replace_a_status, "Statussen", 0, 1, 0),
        (changes.drop_one_of_two_identical_rows, "Ondersteuningsvragen", 0, 0, 1),
        (changes.add_a_request, "Ondersteuningsvragen", 1, 0, 0),
        (changes.move_a_complaint, "Klachten", 0, 1, 0),
        (changes.move_a_child, "Personen", 0, 1, 0),
        (changes.change_fte, "Procesbegeleiders", 0, 1, 0),
        (changes.add_a_supervisor, "Procesbegeleiders", 1, 0, 0),
        (changes.change_an_activity, "Activiteiten", 0, 1, 0),
    ],
)
def test_a_change_counts_from_its_import_on_and_not_before(
    bring_in: BringIn, change: changes.Change, sheet: str, new: int, changed: int, withdrawn: int
):
    book = small_book()
    change(book)
    as_a_first_import = what_it_says_by_itself(bring_in, book)
    first = bring_in()
    as_it_was = known_at(BEFORE), known_at(first.at)
    second = bring_in(book)
    assert second.faults == []
    counts = second.counts[sheet]
    assert (counts.new, counts.changed, counts.withdrawn) == (new, changed, withdrawn)
    assert (known_at(BEFORE), known_at(first.at)) == as_it_was
    assert known_at(second.at) == as_a_first_import
    assert not bring_in(book).changed_anything


def what_it_says_by_itself(bring_in: BringIn, book: Book) -> dict[str, Any]:
    """What would be known if nothing had been imported before."""
    with transaction.atomic():
        outcome = bring_in(book)
        known = known_at(outcome.at)
        transaction.set_rollback(True)
    return known


def test_there_and_back_again_shows_each_quarter_as_it_was_known(bring_in: BringIn):
    """What is withdrawn and comes back must not be known twice in between."""
    first = bring_in()
    without = small_book()
    changes.drop_a_registration(without)
    second = bring_in(without)
    third = bring_in()
    for instant in (BEFORE, first.at, third.at):
        assert Intake.objects.known_at(instant).filter(registration__number="A2").count() == 1
    assert not Intake.objects.known_at(second.at).filter(registration__number="A2").exists()
    assert known_at(first.at) == known_at(third.at) == known_at(BEFORE)


def test_a_pure_addition_keeps_when_it_was_written_or_else_is_known_from_now(bring_in: BringIn):
    bring_in()
    book = small_book()
    book["Resultaten"].append(
        {"gezinsnummer": "G2", "resultaat": "Bezoekregeling verbeterd", "datum": date(2024, 4, 1),
         "verwerkt op": date(2024, 4, 2)}
    )  # fmt: skip
    book["Ondersteuning"].append(
        {"gezinsnummer": "G2", "vorm": "Schuldhulp", "datum": date(2024, 4, 1)}
    )
    now = bring_in(book).at
    result = Result.objects.get(happened_on=date(2024, 4, 1))
    assert result.recorded_at == start_of_day(date(2024, 4, 2))
    assert Support.objects.get(family__number="G2").recorded_at == now


def test_a_family_that_is_new_in_a_newer_book_has_its_first_import_then(bring_in: BringIn):
    bring_in()
    book = small_book()
    book["Gezinnen"].append({"gezinsnummer": "G3", "gezinssamenstelling": "Intact gezin"})
    book["Personen"].append({"persoonsnummer": "P7", "gezinsnummer": "G3", "rol": "Moeder"})
    book["Aanmeldingen"].append(
        {"aanmeldnummer": "A7", "gezinsnummer": "G3", "aanmelders": "P7",
         "aangemeld op": date(2024, 6, 1)}
    )  # fmt: skip
    bring_in(book)
    known = start_of_day(date(2024, 6, 1))
    assert FamilyComposition.objects.get(family__number="G3").recorded_at == known
    assert Intake.objects.get(registration__number="A7").recorded_at == known


def test_of_identical_rows_the_one_that_the_book_still_dates_stays(bring_in: BringIn):
    book = small_book()
    book["Ondersteuningsvragen"][1]["verwerkt op"] = date(2023, 2, 9)
    bring_in(book)
    del book["Ondersteuningsvragen"][0]
    bring_in(book)
    request = SupportRequest.objects.standing().get()
    assert request.recorded_at == start_of_day(date(2023, 2, 9))


def test_families_that_a_book_does_not_name_stay_as_they_are(bring_in: BringIn):
    first = bring_in()
    book = small_book()
    for sheet, rows in book.items():
        book[sheet] = [row for row in rows if not _is_about_the_first_family(row)]
    book["Procesbegeleiders"] = book["Activiteiten"] = []
    second = bring_in(book)
    assert second.faults == []
    assert not second.changed_anything
    assert known_at(second.at) == known_at(first.at)


def _is_about_the_first_family(row: dict[str, Any]) -> bool:
    return bool({"G1", "A1", "P1", "K1", "K2", "P2"} & set(row.values()))


def test_a_sheet_about_itself_withdraws_what_it_lacks_unless_it_is_empty(bring_in: BringIn):
    bring_in()
    book = small_book()
    del book["Procesbegeleiders"][1]
    book["Activiteiten"] = []
    bring_in(book)
    employment = Employment.objects.standing().get()
    assert employment.supervisor.email == "amira@ot.example.org"
    assert User.objects.filter(email="bram@ot.example.org").exists()
    assert Activity.objects.standing().count() == 2


def test_names_are_brought_up_to_date_in_place_with_their_history(bring_in: BringIn):
    bring_in()
    book = small_book()
    row_of(book, "Personen", persoonsnummer="P1")["telefoon"] = "0611111111"
    row_of(book, "Procesbegeleiders", naam="Bram Haddad")["team"] = "Team Zuid"
    outcome = bring_in(book)
    assert outcome.changed_anything
    person = Person.objects.get(number="P1")
    assert person.phone == "0611111111"
    assert list(person.history.values_list("phone", "history_type")) == [
        ("0611111111", "~"),
        ("0600000001", "+"),
    ]
    bram = User.objects.get(email="bram@ot.example.org")
    assert bram.team.name == "Team Zuid"
    assert bram.history.count() == 2
    assert outcome.counts["Personen"].changed == outcome.counts["Procesbegeleiders"].changed == 1
    assert not bring_in(book).changed_anything


def test_who_was_withdrawn_and_why_is_on_record(bring_in: BringIn):
    bring_in()
    book = small_book()
    changes.drop_custody(book)
    outcome = bring_in(book)
    (gone,) = Custody.objects.exclude(withdrawn_at=None)
    assert (gone.withdrawn_at, gone.withdrawal_reason) == (outcome.at, "Import van boek-1.xlsx")
    assert gone.history.first().history_type == "~"
