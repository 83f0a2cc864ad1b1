"""Whether someone may still be mailed is asked at the moment of sending (T52)."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from cases.models import Code, Merge, Person
from cases.services import close
from surveys.models import Invitation, Letter, OptOut, Round
from surveys.services import rounds
from surveys.tasks import sweep_letters
from tests.cases.office import colleague
from tests.surveys import asking
from tests.surveys.asking import TODAY, a_running_round, say
from tests.surveys.saying import drop
from tests.surveys.test_sending import try_again_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def round() -> Round:
    return a_running_round()


def stops_it(round: Round, letter: Letter) -> None:
    rounds.end(round=round, by=None)


def answers_it(round: Round, letter: Letter) -> None:
    Invitation.objects.filter(pk=letter.invitation_id).update(answered=True)


def opts_out(round: Round, letter: Letter) -> None:
    OptOut.objects.create(person=letter.invitation.person, since=TODAY)


def blocks(round: Round, letter: Letter) -> None:
    registration = letter.invitation.person.applications.get().registration
    say(registration, kind="contact", given=False)


def refuses(round: Round, letter: Letter) -> None:
    person = letter.invitation.person
    person.consents.all().delete()
    say(person.applications.get().registration, given=False)


def dies(round: Round, letter: Letter) -> None:
    registration = letter.invitation.person.applications.get().registration
    reason = Code.objects.get(pk="closing_reason.deceased")
    close(registration=registration, on=TODAY, reason=reason, by=None)


def dies_while_it_goes_on(round: Round, letter: Letter) -> None:
    asking.dies(letter.invitation.person)


def loses_address(round: Round, letter: Letter) -> None:
    Person.objects.filter(pk=letter.invitation.person_id).update(email="")


@pytest.mark.parametrize(
    ("happens", "cause"),
    [
        (stops_it, "ended"), (answers_it, "answered"), (opts_out, "opted_out"),
        (blocks, "contact_block"), (refuses, "refused"), (dies, "deceased"),
        (dies_while_it_goes_on, "deceased"),
        (loses_address, "no_email"),
    ],
)  # fmt: skip
def test_who_may_no_longer_be_mailed_isnt(round, server, happens, cause):
    letter = Letter.objects.select_related("invitation__person").first()
    happens(round, letter)
    sweep_letters()
    letter.refresh_from_db()
    assert (letter.state, letter.cause, letter.link_hash) == ("skipped", cause, None)
    assert [letter.invitation.person.email] not in [one.rcpt_tos for one in server.taken]


def test_a_new_address_is_the_one_that_is_mailed(round, server):
    one = Invitation.objects.first()
    Person.objects.filter(pk=one.person_id).update(email="verhuisd@example.org")
    sweep_letters()
    assert ["verhuisd@example.org"] in [envelope.rcpt_tos for envelope in server.taken]


def test_who_answered_a_moment_ago_and_is_not_marked_yet_is_not_reminded(round, server):
    sweep_letters()
    rounds.remind(round=round, by=None)
    one = Invitation.objects.first()
    drop(one, {round.questions.get(key="satisfied"): "yes"})
    sweep_letters()
    assert Letter.objects.get(invitation=one, kind="reminder").cause == "answered"
    assert len(server.taken) == 10 + 9


def test_who_turned_out_to_be_two_numbers_is_asked_once(round, server):
    stays, goes = Invitation.objects.order_by("pk")[:2]
    Letter.objects.exclude(invitation=goes).update(next_try_at=Now() + timedelta(hours=1))
    sweep_letters()
    merged(stays.person, goes.person)
    try_again_now()
    assert Letter.objects.get(invitation=stays).cause == "asked_as_other"
    assert [stays.person.email] not in [one.rcpt_tos for one in server.taken]


def test_who_answered_under_another_number_is_not_reminded(round, server):
    stays, goes = Invitation.objects.order_by("pk")[:2]
    sweep_letters()
    drop(goes, {round.questions.get(key="satisfied"): "yes"})
    merged(stays.person, goes.person)
    rounds.remind(round=round, by=None)
    sweep_letters()
    assert Letter.objects.get(invitation=stays, kind="reminder").cause == "answered"


def test_a_reminder_goes_to_whom_was_asked_and_not_to_a_new_address(round, server):
    """Else whoever may change an address has a link to answer by."""
    sweep_letters()
    one = Invitation.objects.select_related("person").first()
    Person.history.update(history_date="2025-01-01T12:00Z")
    one.person.email = "een.ander@example.org"
    one.person.save()
    rounds.remind(round=round, by=None)
    sweep_letters()
    assert Letter.objects.get(invitation=one, kind="reminder").cause == "address_changed"
    assert len(server.taken) == 10 + 9


def merged(stays: Person, goes: Person) -> Merge:
    """As a merge leaves it, for who asks what went into whom."""
    return Merge.objects.create(
        kind=Merge.Kind.PERSON,
        kept=stays.pk,
        gone=goes.pk,
        family=stays.memberships.standing().get().family,
        reason="Dezelfde persoon",
        merged_at=Now(),
        merged_by=colleague("tess", "teammanager"),
    )
