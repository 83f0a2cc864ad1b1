"""A family's first import: what is stored, and from when it counts as known."""

import itertools
from datetime import date, datetime
from decimal import Decimal

import pytest

from accounts.models import Employment, Team, User
from cases.models import (
    Applicant,
    Complaint,
    Custody,
    DesiredSituation,
    Family,
    FamilyComposition,
    FamilyMember,
    Intake,
    Person,
    Placement,
    PlacementReason,
    Registration,
    StatusChange,
    SupportRequest,
)
from cases.models.numbers import take_number
from cases.monitor.importing import import_monitor
from cases.status import Status
from facts.dates import start_of_day
from reporting.models import Activity
from tests.cases.monitor.book import row_of, save, small_book
from tests.cases.monitor.conftest import kinds_of_fact, stored
from tests.oracle.book import COLUMNS

pytestmark = pytest.mark.django_db


def at(year: int, month: int, day: int) -> datetime:
    return start_of_day(date(year, month, day))


def test_every_row_is_stored_and_counted(bring_in):
    book = small_book()
    outcome = bring_in(book)
    assert outcome.faults == outcome.warnings == []
    for sheet in COLUMNS:
        counts = outcome.counts[sheet]
        assert (counts.rows, counts.new) == (len(book[sheet]), len(book[sheet]))
        assert counts.changed == counts.withdrawn == counts.unchanged == counts.double == 0
    assert Family.objects.count() == 2
    assert Person.objects.count() == 6
    assert Registration.objects.count() == 2


def test_every_fact_has_its_history_and_says_who_brought_it(bring_in):
    bring_in()
    for model in kinds_of_fact():
        facts = model.objects.all()
        histories = model.history.filter(history_type="+")
        assert facts.count() == histories.count() > 0
        assert set(histories.values_list("history_change_reason", flat=True)) <= {
            "Import van boek-0.xlsx"
        }


def test_a_row_is_known_from_verwerkt_op_or_else_from_the_day_it_happened(bring_in):
    bring_in()
    first, second = Intake.objects.order_by("happened_on")
    assert first.recorded_at == at(2023, 1, 12)
    assert second.recorded_at == at(2024, 2, 1)
    running, closed, *_ = StatusChange.objects.order_by("happened_on")
    assert (running.status, running.recorded_at) == (Status.RUNNING, at(2023, 1, 21))
    assert (closed.status, closed.recorded_at) == (Status.CLOSED, at(2023, 9, 1))
    assert Placement.objects.earliest("happened_on").recorded_at == at(2017, 1, 1)
    assert Employment.objects.first().recorded_at == at(2022, 4, 4)
    assert Activity.objects.earliest("happened_on").recorded_at == at(2024, 2, 1)


def test_what_has_no_day_is_known_from_the_first_registration_of_the_family(bring_in):
    book = small_book()
    book["Aanmeldingen"].append(
        {**book["Aanmeldingen"][1], "aanmeldnummer": "A3", "verwerkt op": date(2024, 1, 15)}
    )
    bring_in(book)
    for model in (FamilyComposition, DesiredSituation, PlacementReason):
        assert {fact.recorded_at for fact in model.objects.all()} == {at(2023, 1, 12)}
    mother = FamilyMember.objects.get(person__number="P3")
    assert mother.recorded_at == at(2024, 1, 15)
    assert Custody.objects.get(child__number="K3").recorded_at == at(2024, 1, 15)
    applicants = Applicant.objects.filter(registration__number="A2")
    assert {fact.recorded_at for fact in applicants} == {at(2024, 2, 1)}


def test_a_family_without_a_registration_is_known_from_the_import_on(bring_in):
    book = small_book()
    book["Gezinnen"].append({"gezinsnummer": "G3", "gezinssamenstelling": "Intact gezin"})
    book["Personen"].append({"persoonsnummer": "P9", "gezinsnummer": "G3"})
    outcome = bring_in(book)
    assert FamilyComposition.objects.get(family__number="G3").recorded_at == outcome.at
    assert FamilyMember.objects.get(person__number="P9").recorded_at == outcome.at


def test_the_column_verwerkt_op_may_be_missing_or_stand_on_any_dated_sheet(bring_in):
    def edit(workbook):
        for sheet in ("Aanmeldingen", "Statussen", "Resultaten"):
            headings = [cell.value for cell in workbook[sheet][1]]
            workbook[sheet].delete_cols(headings.index("verwerkt op") + 1)
        workbook["Klachten"]["G1"] = "Verwerkt op "
        workbook["Klachten"]["G2"] = date(2024, 5, 3)

    outcome = bring_in(edit=edit)
    assert outcome.faults == outcome.warnings == []
    assert Intake.objects.earliest("happened_on").recorded_at == at(2023, 1, 10)
    assert Complaint.objects.get().recorded_at == at(2024, 5, 3)


def test_supervisors_become_accounts_that_cannot_sign_in(bring_in):
    book = small_book()
    book["Procesbegeleiders"][0]["e-mail"] = " Amira@OT.example.org "
    bring_in(book)
    amira = User.objects.get(name="Amira Aalders")
    assert amira.email == "amira@ot.example.org"
    assert amira.invited_at is None
    assert not amira.has_usable_password()
    assert not amira.is_staff
    assert not amira.groups.exists()
    assert set(Team.objects.values_list("name", flat=True)) == {"Team Noord", "Team Oost"}
    assert amira.history.get().history_change_reason == "Import van boek-0.xlsx"


def test_a_supervisor_with_two_spells_of_work_is_one_account(bring_in):
    book = small_book()
    first = book["Procesbegeleiders"][0]
    first["tot"] = date(2023, 1, 1)
    book["Procesbegeleiders"].append(
        {**first, "team": "Team Zuid", "fte": 0.4444445, "vanaf": date(2023, 1, 1), "tot": None}
    )
    assert bring_in(book).faults == []
    amira = User.objects.get(email="amira@ot.example.org")
    assert amira.team.name == "Team Zuid"
    fte = amira.employments.order_by("happened_on").values_list("fte", flat=True)
    assert list(fte) == [Decimal("0.9"), Decimal("0.444445")]


def test_an_assignment_may_name_an_account_that_stood_already(bring_in):
    User.objects.create_user("Carla@example.org", name="Carla")
    book = small_book()
    book["Toewijzingen"][0]["procesbegeleider"] = "CARLA@example.org"
    assert bring_in(book).faults == []


def test_identical_rows_count_as_they_stand_or_once_where_only_one_can_be(bring_in):
    book = small_book()
    for sheet in ("Toewijzingen", "Gezag", "Statussen"):
        book[sheet].append(dict(book[sheet][0]))
    outcome = bring_in(book)
    assert outcome.faults == []
    assert [(w.sheet, w.row) for w in outcome.warnings] == [("Gezag", 5), ("Toewijzingen", 4)]
    assert SupportRequest.objects.count() == 2
    assert StatusChange.objects.count() == 5
    assert Custody.objects.count() == 3
    counts = outcome.counts["Toewijzingen"]
    assert (counts.rows, counts.new, counts.double) == (3, 2, 1)
    assert not bring_in(book).changed_anything


def test_what_is_no_fault(bring_in):
    """No registration, no status, no assignment; overlapping spells; custody across families;
    a placement of someone who is no child; a contact before the registration; no rows."""
    book = small_book()
    book["Gezinnen"].append({"gezinsnummer": "G3"})
    book["Aanmeldingen"].append({**book["Aanmeldingen"][1], "aanmeldnummer": "A3"})
    book["Aanmeldingen"][0]["telefonisch contact op"] = date(2022, 12, 1)
    book["Uithuisplaatsingen"].append({"kindnummer": "P1", "begin": date(2019, 1, 1)})
    book["Uithuisplaatsingen"].append({"kindnummer": "K1", "begin": date(2019, 1, 1)})
    book["Gezag"].append({"oudernummer": "P1", "kindnummer": "K3", "gezag": "nee"})
    for sheet in ("Toewijzingen", "Klachten", "Verklarende analyses", "Activiteiten"):
        book[sheet] = []
    assert bring_in(book).faults == []


def test_numbers_given_out_later_keep_clear_of_the_book(bring_in):
    book = small_book()
    for row in itertools.chain.from_iterable(book.values()):
        row |= {heading: "G00041" for heading, value in row.items() if value == "G1"}
    bring_in(book)
    assert take_number("G") == "G00042"
    assert take_number("KL") == "KL002"


def test_an_import_by_someone_says_so(tmp_path):
    someone = User.objects.create_user("beheer@example.org", name="Beheer")
    import_monitor(save(tmp_path / "boek.xlsx"), dry_run=False, by=someone)
    assert set(Intake.objects.values_list("recorded_by", flat=True)) == {someone.pk}
    assert set(Family.history.values_list("history_user", flat=True)) == {someone.pk}


def test_a_dry_run_does_everything_and_stores_nothing(bring_in):
    before = stored()
    outcome = bring_in(dry_run=True)
    assert outcome.counts["Personen"].new == 6
    assert outcome.at is None
    assert stored() == before


def test_recorded_in_the_future_is_a_warning(bring_in):
    book = small_book()
    row_of(book, "Aanmeldingen", aanmeldnummer="A1")["verwerkt op"] = date(2099, 1, 1)
    outcome = bring_in(book)
    assert outcome.faults == []
    assert [str(warning) for warning in outcome.warnings] == [
        "blad 'Aanmeldingen', rij 2, kolom 'verwerkt op' (cel E2), waarde '01-01-2099': Dit ligt "
        "in de toekomst."
    ]
