"""What can't be of a merge: every test goes round the verbs. And what each verb leaves alone."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.utils import timezone

from accounts.middleware import _after_an_error
from accounts.models import Draft
from cases.clock import PHONE
from cases.models import (
    ConflictOfInterest,
    Consent,
    Contact,
    EmergencyAccess,
    FamilyMember,
    Merge,
    SupportRequest,
    Task,
)
from cases.scope import Scope
from cases.searching.answering import search
from cases.services import correct, note, note_contact
from cases.services.merging import merge, undo_merge
from tests.cases.going_round import DAY, refuses, write
from tests.cases.merging import Twice, registered_twice
from tests.cases.office import LAST_MONTH, TODAY, browser_of
from tests.cast import code

pytestmark = pytest.mark.django_db
WHY = "Twee keer aangemeld"


@pytest.fixture
def a_merge(world) -> dict:
    return {
        "kind": "family",
        "kept": world["family"].pk,
        "gone": uuid.uuid4(),
        "family": world["family"],
        "reason": WHY,
        "merged_at": timezone.now(),
        "merged_by": world["supervisor"],
    }


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("merge_has_a_reason", {"reason": ""}),
        ("merge_kind_is_known", {"kind": "team"}),
        ("merge_undone_by_someone", {"undone_at": timezone.now() + timedelta(days=1)}),
    ],
)
def test_a_merge_that_can_not_be(a_merge, rule, wrong):
    refuses(rule, Merge, **a_merge | wrong)


def test_nothing_goes_into_itself(a_merge):
    refuses("merge_of_two", Merge, **a_merge | {"gone": a_merge["kept"]})


def test_nothing_is_undone_before_it_was_done(a_merge):
    undone = {"undone_at": a_merge["merged_at"], "undone_by": a_merge["merged_by"]}
    refuses("merge_undone_after_it_was_done", Merge, **a_merge | undone)


def test_nothing_goes_twice_or_into_what_went(a_merge):
    write(Merge, **a_merge)
    refuses("merge_once", Merge, **a_merge)
    into_what_went = {"kept": a_merge["gone"], "gone": uuid.uuid4()}
    refuses("al in een ander opgegaan", Merge, **a_merge | into_what_went)


def test_nothing_new_on_what_went(world, a_merge):
    person, registration = world["person"], world["registration"]
    for gone in (person.pk, registration.pk):
        write(Merge, **a_merge | {"gone": gone, "kept": uuid.uuid4()})
    said = {"kind_id": "contact_kind.phone", "note": "x", "with_whom": "x", "happened_on": DAY}
    late = "intussen met een ander samengevoegd"
    refuses(late, FamilyMember, person=person, family=world["family"])
    refuses(late, Contact, registration=registration, **said)
    refuses(
        late,
        ConflictOfInterest,
        person=person,
        user=world["supervisor"],
        reason="x",
        happened_on=DAY,
    )
    by = world["supervisor"]
    refuses(late, Task, registration=registration, title="x", due_on=DAY, created_by=by)


def test_what_was_withdrawn_there_may_still_be_brought_in(world, a_merge):
    write(Merge, **a_merge | {"gone": world["family"].pk, "kept": uuid.uuid4()})
    request = code("support_request", "recognition_felt")
    withdrawn = {"withdrawn_at": timezone.now(), "withdrawal_reason": "Oud"}
    write(SupportRequest, family=world["family"], request=request, happened_on=DAY, **withdrawn)


# --- what the verbs do with what is special -----------------------------------------------------
@pytest.fixture
def twice() -> Twice:
    return registered_twice()


def test_two_answers_about_one_consent_are_for_people_to_settle(twice):
    said = {"kind": code("consent_kind", "share"), "given_by": "self"}
    for registration, given in ((twice.kept, True), (twice.gone, False)):
        person = twice.person("Sanne", registration)
        consent = {"registration": registration, "person": person, "happened_on": LAST_MONTH}
        note(Consent(given=given, **consent, **said), by=twice.fatima)
    with pytest.raises(ValidationError, match="twee verschillende antwoorden"):
        merge(pairing=twice.pairing, reason=WHY, by=twice.tess)


def dies(twice, where, day, **more):
    member = twice.person("Sanne", where).memberships.standing().get()
    return correct(member, by=None, reason="Gehoord", died_on=day, **more)


def test_who_died_according_to_one_file_died(twice):
    dies(twice, twice.gone, LAST_MONTH)
    act = merge(pairing=twice.pairing, reason=WHY, by=twice.tess)
    sanne = twice.person("Sanne", twice.kept)
    assert sanne.memberships.standing().get().died_on == LAST_MONTH
    undo_merge(merge=act, by=twice.tess)
    assert sanne.memberships.standing().get().died_on is None


def test_who_died_before_the_other_was_born_is_somebody_else(twice):
    dies(twice, twice.gone, date(1986, 1, 1))
    dies(twice, twice.kept, None, birth_date=date(1987, 1, 1))
    with pytest.raises(ValidationError, match="voor de geboorte van de ander"):
        merge(pairing=twice.pairing, reason=WHY, by=twice.tess)


def test_what_the_database_refuses_at_the_end_is_told(twice):
    """Lot is five in one file and fifteen in the other, where a parent may not answer for her."""
    lot, older = twice.person("Lot", twice.gone), twice.person("Lot", twice.kept)
    consent = {"registration": twice.gone, "person": lot, "happened_on": LAST_MONTH}
    for person, born in ((lot, LAST_MONTH.year - 5), (older, LAST_MONTH.year - 15)):
        member = person.memberships.standing().get()
        correct(member, by=twice.bob, reason="Verbeterd", birth_date=date(born, 1, 1))
    kind = code("consent_kind", "share")
    note(Consent(given=True, given_by="parent", kind=kind, **consent), by=twice.bob)
    with pytest.raises(ValidationError, match="Zo kan het niet: Deze persoon geeft zelf"):
        merge(pairing=twice.pairing, reason=WHY, by=twice.tess)
    assert not Merge.objects.exists()


def test_emergency_access_that_runs_is_waited_for_and_what_was_stays_to_be_judged(twice):
    access = EmergencyAccess.objects.create(
        user=twice.fatima,
        registration=twice.gone,
        ground="safety",
        reason="Een kind is niet veilig, en niemand is er",
        begins_at=timezone.now(),
        ends_at=timezone.now() + timedelta(minutes=30),
    )
    with pytest.raises(ValidationError, match="noodtoegang"):
        merge(pairing=twice.pairing, reason=WHY, by=twice.tess)
    access.ends_at = access.begins_at
    access.save()
    merge(pairing=twice.pairing, reason=WHY, by=twice.tess)
    page = browser_of(twice.tess).get("/noodtoegang/")
    assert twice.family.number in page.content.decode()


def test_what_someone_was_typing_goes_along_and_back(twice):
    mine = {"user": twice.fatima, "form": "taak", "object_type": "cases.registration"}
    draft = Draft.objects.create(**mine, object_id=str(twice.gone.pk), content={"title": "Bel"})
    act = merge(pairing=twice.pairing, reason=WHY, by=twice.tess)
    draft.refresh_from_db()
    assert draft.object_id == str(twice.kept.pk)
    undo_merge(merge=act, by=twice.tess)
    draft.refresh_from_db()
    assert draft.object_id == str(twice.gone.pk)


def test_a_conversation_that_moved_did_not_set_the_clock_of_what_stays(twice):
    said = {"kind": code("contact_kind", "phone"), "with_whom": "Sanne", "note": "Gebeld"}
    contact = note_contact(
        registration=twice.gone, happened_on=TODAY, answers=[PHONE], by=twice.bob, **said
    )
    assert contact.first_phone
    act = merge(pairing=twice.pairing, reason=WHY, by=twice.tess)
    assert not Contact.objects.standing().get(note="Gebeld").first_phone
    assert twice.kept.intakes.standing().get().phone_contact_on is None
    undo_merge(merge=act, by=twice.tess)
    assert Contact.objects.standing().get(note="Gebeld").first_phone
    assert twice.gone.intakes.standing().get().phone_contact_on == TODAY


def test_an_old_number_finds_what_stays(twice):
    old = [twice.family_gone.number, twice.gone.number, twice.person("Sanne", twice.gone).number]
    merge(pairing=twice.pairing, reason=WHY, by=twice.tess)
    for number in old:
        (found,) = search(Scope.of(twice.fatima), number).intakes
        assert found.registration == twice.kept


def test_filled_in_only_what_was_empty_and_emptied_only_what_was_not_changed_since(twice):
    act = merge(pairing=twice.pairing, reason=WHY, by=twice.tess)
    sanne = twice.person("Sanne", twice.kept)
    sanne.phone = "06 2"
    sanne.save()
    undo_merge(merge=act, by=twice.tess)
    sanne.refresh_from_db()
    assert sanne.phone == "06 2"
    assert sanne.memberships.standing().get().birth_date is None


def test_of_two_placements_of_one_child_that_differ_both_stand(twice):
    from cases.models import Placement

    lot = twice.person("Lot", twice.gone)
    later = date(LAST_MONTH.year, LAST_MONTH.month, 1) + timedelta(days=45)
    note(Placement(child=lot, happened_on=min(later, TODAY)), by=twice.bob)
    merge(pairing=twice.pairing, reason=WHY, by=twice.tess)
    assert twice.person("Lot", twice.kept).placements.standing().count() == 2


def test_who_wrote_while_a_colleague_merged_is_led_to_what_stays(twice):
    """The database refuses; the browser sends the same form again, to what stays."""
    registration = twice.gone
    merge(pairing=twice.pairing, reason=WHY, by=twice.tess)
    request = RequestFactory().post("/taken/nieuw/", {"title": "x"})
    with pytest.raises(Exception, match="samengevoegd") as refusal:
        write(Task, registration=registration, title="x", due_on=TODAY, created_by=twice.bob)
    answer = _after_an_error(request, refusal.value)
    assert (answer.status_code, answer.url) == (307, "/taken/nieuw/")
