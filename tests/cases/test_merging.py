"""Two families become one, and two again: what moves, what clashes, what it takes."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from cases.access import Need, visible_to
from cases.merging.pairing import Pairing
from cases.models import (
    Contact,
    Custody,
    FamilyComposition,
    FamilyMember,
    Intake,
    Merge,
    Placement,
    StatusChange,
    SupportRequest,
    Task,
)
from cases.searching import stale_people
from cases.services import close, correct, note, status_of
from cases.services.exceptions import declare_conflict, share_file
from cases.services.handing_over import offer
from cases.services.merging import merge, preview, undo_merge
from cases.status import Status
from facts.recording import instant_of_a_draw
from tests.cases.merging import Twice, registered_twice, rows_besides, standing_facts
from tests.cases.office import LAST_MONTH, TODAY, YESTERDAY, colleague
from tests.cast import a_child, a_registration, code, family_of

pytestmark = pytest.mark.django_db
WHY = "Twee keer aangemeld: telefonisch en via de site"


@pytest.fixture
def twice() -> Twice:
    return registered_twice()


def merged(twice: Twice, pairing: Pairing | None = None) -> Merge:
    return merge(pairing=pairing or twice.pairing, reason=WHY, by=twice.tess)


def refused(code: str, **how) -> str:
    with pytest.raises(ValidationError) as refusal:
        merge(**how)
    assert {error.code for error in refusal.value.error_list} == {code}
    return " ".join(refusal.value.messages)


def test_everything_of_one_is_with_the_other(twice):
    family, gone = twice.family, twice.family_gone
    merged(twice)
    assert not FamilyMember.objects.standing().filter(family=gone).exists()
    assert not Intake.objects.standing().filter(registration=twice.gone).exists()
    members = FamilyMember.objects.standing().filter(family=family)
    assert sorted(members.values_list("person__first_name", flat=True)) == ["Lot", "Ruben", "Sanne"]
    contacts = Contact.objects.standing().filter(registration=twice.kept)
    assert {(one.note, one.recorded_by) for one in contacts} == {
        ("Verslag van Fatima", twice.fatima),
        ("Verslag van Bob", twice.bob),
    }
    assert Task.objects.filter(registration=twice.kept).count() == 2
    assert stale_people() == []


def test_what_is_the_same_stands_once_and_what_clashes_is_as_it_was_at_what_stays(twice):
    plan, stops = preview(pairing=twice.pairing, by=twice.tess)
    assert stops == []
    clashes = {
        type(gone): (gone.content(), stands) for step in plan.steps for gone, stands in step.clashed
    }
    assert {Custody, FamilyComposition} <= set(clashes)
    merged(twice)
    assert SupportRequest.objects.standing().count() == Placement.objects.standing().count() == 1
    (composition,) = FamilyComposition.objects.standing()
    assert composition.composition.code == "single_parent"
    sanne, ruben = twice.person("Sanne", twice.kept), twice.person("Ruben", twice.kept)
    answers = Custody.objects.standing().values_list("parent", "holds")
    assert set(answers) == {(sanne.pk, True), (ruben.pk, False)}


def test_what_was_empty_is_filled_in(twice):
    merged(twice)
    sanne = twice.person("Sanne", twice.kept)
    assert f"{sanne.memberships.standing().get().birth_date}" == "1985-03-04"
    assert sanne.phone == "06 1"


def test_the_second_applicant_comes_beside_the_first(twice):
    merged(twice)
    names = twice.kept.applicants.standing().order_by("position").values_list("person__first_name")
    assert [name for (name,) in names] == ["Sanne", "Ruben"]


def test_the_course_of_what_stays_stands_and_the_other_is_gone(twice):
    close(
        registration=twice.gone,
        on=YESTERDAY,
        reason=code("closing_reason", "completed"),
        by=twice.bob,
    )
    merged(twice)
    assert status_of(twice.kept) == Status.RUNNING
    assert twice.kept.assignments.standing().get().supervisor == twice.fatima
    assert not StatusChange.objects.standing().filter(registration=twice.gone).exists()


def test_nobody_sees_more_than_by_what_stays(twice):
    merged(twice)
    for need in Need:
        assert not visible_to(twice.bob, need).exists()
    assert visible_to(twice.fatima, Need.WRITE).get().registration == twice.kept


def test_registrations_that_are_not_one_keep_their_own_supervisor_and_story(twice):
    people = twice.pairing.people
    merged(twice, Pairing(twice.family, twice.family_gone, people))
    intakes = Intake.objects.standing().filter(family=twice.family)
    assert {one.registration for one in intakes} == {twice.kept, twice.gone}
    assert visible_to(twice.bob).get().registration == twice.gone
    assert Contact.objects.standing().get(registration=twice.gone).note == "Verslag van Bob"


def test_a_conflict_of_interest_goes_with_the_person_and_back(twice):
    lot, fatima = twice.person("Lot", twice.gone), twice.fatima
    declare_conflict(user=fatima, person=lot, since=LAST_MONTH, reason="Neef", by=fatima)
    assert visible_to(fatima).exists()
    act = merged(twice)
    assert not visible_to(fatima).exists()
    undo_merge(merge=act, by=twice.tess)
    assert visible_to(fatima).exists()


def test_undone_all_stands_as_before(twice):
    facts, rows = standing_facts(), rows_besides()
    act = merged(twice)
    assert standing_facts() != facts
    undo_merge(merge=act, by=twice.tess)
    assert standing_facts() == facts
    assert rows_besides() == rows
    assert stale_people() == []


def test_merged_undone_and_merged_again(twice):
    act = merged(twice)
    once = standing_facts()
    undo_merge(merge=act, by=twice.tess)
    merged(twice)
    assert standing_facts() == once


def test_undone_in_the_order_back(twice):
    third = family_of(a_registration(on=LAST_MONTH))
    before = standing_facts()
    first = merged(twice)
    between = standing_facts()
    second = merge(pairing=Pairing(twice.family, third), reason=WHY, by=twice.tess)
    with pytest.raises(ValidationError, match="Draai eerst de latere samenvoeging terug"):
        undo_merge(merge=first, by=twice.tess)
    undo_merge(merge=second, by=twice.tess)
    assert standing_facts() == between
    undo_merge(merge=first, by=twice.tess)
    assert standing_facts() == before


def test_into_what_itself_went_into_another(twice):
    third = family_of(a_registration(on=LAST_MONTH))
    before = standing_facts()
    acts = [
        merged(twice),
        merge(pairing=Pairing(third, twice.family), reason=WHY, by=twice.tess),
    ]
    with pytest.raises(ValidationError, match="Draai eerst de latere"):
        undo_merge(merge=acts[0], by=twice.tess)
    for act in reversed(acts):
        undo_merge(merge=act, by=twice.tess)
    assert standing_facts() == before


def test_what_came_later_and_stands_by_itself_stays(twice):
    act = merged(twice)
    family = twice.family
    later = note(
        SupportRequest(family=family, request=_another_request(), happened_on=TODAY),
        by=twice.fatima,
    )
    undo_merge(merge=act, by=twice.tess)
    later.refresh_from_db()
    assert later.withdrawn_at is None


def _another_request():
    from cases.models import Code

    return Code.objects.in_list("support_request").last()


def test_not_undone_once_something_that_moved_was_changed(twice):
    act = merged(twice)
    contact = Contact.objects.standing().get(note="Verslag van Bob")
    correct(contact, by=twice.fatima, reason="Aangevuld", note="Verslag, aangevuld")
    with pytest.raises(ValidationError, match="aangepast of ingetrokken .*: contact"):
        undo_merge(merge=act, by=twice.tess)


def test_not_undone_once_something_ties_the_two(twice):
    act = merged(twice)
    ruben = twice.person("Ruben", twice.kept)
    said = {"kind": Contact.objects.first().kind, "happened_on": TODAY, "note": "Gebeld"}
    note(Contact(registration=twice.kept, person=ruben, **said), by=twice.fatima)
    with pytest.raises(ValidationError, match="aan elkaar verbindt: contact"):
        undo_merge(merge=act, by=twice.tess)


def test_not_undone_to_a_supervisor_who_left(twice):
    act = merged(twice)
    twice.bob.is_active = False
    twice.bob.save()
    with pytest.raises(ValidationError, match="Bob begeleidde wat terugkomt"):
        undo_merge(merge=act, by=twice.tess)


def test_not_undone_twice(twice):
    act = merged(twice)
    undo_merge(merge=act, by=twice.tess)
    with pytest.raises(ValidationError, match="Tess heeft .* al teruggedraaid"):
        undo_merge(merge=act, by=twice.tess)


def test_only_who_leads_both(twice):
    west = colleague("wes", "teammanager", team="Team West")
    for by in (west, twice.fatima):
        assert "teammanager die beide" in refused("giver", pairing=twice.pairing, reason=WHY, by=by)
    act = merged(twice)
    for by in (west, twice.fatima):
        with pytest.raises(ValidationError, match="teammanager van dit gezin"):
            undo_merge(merge=act, by=by)


def test_never_without_a_reason(twice):
    refused("reason", pairing=twice.pairing, reason=" ", by=twice.tess)


def test_what_was_merged_is_not_merged_again(twice):
    pairing = twice.pairing
    merged(twice)
    assert "Tess heeft intussen" in refused("stale", pairing=pairing, reason=WHY, by=twice.tess)


def test_what_runs_is_settled_first(twice):
    offer(registrations=[twice.gone], receiver=twice.fatima, takes_over_on=TODAY, by=twice.tess)
    share_file(
        registration=twice.gone,
        to=twice.fatima,
        until=instant_of_a_draw() + timedelta(days=1),
        reason="Meelezen",
        by=twice.tess,
    )
    said = refused("settle", pairing=twice.pairing, reason=WHY, by=twice.tess)
    assert "is aangeboden aan Fatima" in said
    assert "is gedeeld met Fatima" in said
    merged(twice, Pairing(twice.family, twice.family_gone, twice.pairing.people))


def test_a_mother_and_a_father_are_not_one(twice):
    sanne, ruben = twice.person("Sanne", twice.kept), twice.person("Ruben", twice.gone)
    pairing = Pairing(twice.family, twice.family_gone, {ruben.pk: sanne.pk})
    said = refused("settle", pairing=pairing, reason=WHY, by=twice.tess)
    assert "zijn vader en moeder" in said


def test_who_is_of_neither_family_is_not_one_of_them(twice):
    stranger = a_registration(on=LAST_MONTH).applicants.get().person
    pairing = Pairing(
        twice.family, twice.family_gone, {stranger.pk: twice.person("Sanne", twice.kept).pk}
    )
    refused("settle", pairing=pairing, reason=WHY, by=twice.tess)


def test_a_child_twice_in_one_family(twice):
    from cases.services import add_person

    family = twice.family
    lot = twice.person("Lot", twice.kept)
    again = add_person(family=family, person=a_child(), by=twice.fatima)
    note(Placement(child=again, happened_on=YESTERDAY), by=twice.fatima)
    before = standing_facts()
    act = merge(pairing=Pairing(family, family, {again.pk: lot.pk}), reason=WHY, by=twice.tess)
    assert act.kind == Merge.Kind.PERSON
    assert Placement.objects.standing().filter(child=lot).count() == 2
    undo_merge(merge=act, by=twice.tess)
    assert standing_facts() == before


def test_as_many_queries_for_much_as_for_little(twice, django_assert_max_num_queries):
    def many(number: int) -> int:
        for n in range(number):
            said = {"kind": Contact.objects.first().kind, "happened_on": TODAY}
            note(
                Contact(registration=twice.gone, with_whom="Oma", note=f"{n}", **said),
                by=twice.bob,
            )
        with django_assert_max_num_queries(500) as captured:
            act = merged(twice)
            undo_merge(merge=act, by=twice.tess)
        return len(captured.captured_queries)

    many(1)  # what is looked up once a process
    assert many(1) == many(60)
    connection.check_constraints()
