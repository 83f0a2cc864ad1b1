"""Assigning and handing over: offered, accepted, refused, withdrawn; one wins, access moves."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import OutgoingMail, User
from accounts.services import outbox
from accounts.services.people import close_account
from cases.access import Need
from cases.models import Assignment, ConflictOfInterest, Handover
from cases.services import assign, close, end_assignment, note
from cases.services.assigning import open_assignment
from cases.services.handing_over import (
    accept,
    assign_waiting,
    offer,
    refuse,
    take_back,
    to_waiting_list,
)
from tests.accounts.sign_in.helpers import last_mail
from tests.cases.office import LAST_WEEK, TODAY, TOMORROW, YESTERDAY, a_case, colleague
from tests.cases.test_exceptions import refused, sees
from tests.cases.test_exceptions_pages import mother_of
from tests.cast import a_registration, code, family_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    monkeypatch.setattr(outbox, "wake_a_worker", lambda *which: None)


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def bob():
    return colleague("bob", team="Team West")


@pytest.fixture
def tess():
    return colleague("tess", "teammanager")


@pytest.fixture
def wim():
    return colleague("wim", "teammanager", "Team West")


@pytest.fixture
def case(fatima):
    return a_case(fatima)


def offered(case, bob, tess, **fields) -> list[Handover]:
    cases = fields.pop("registrations", [case])
    fields = {"takes_over_on": TODAY, **fields}
    return offer(registrations=cases, receiver=bob, by=tess, **fields)


class TestAssigning:
    def test_what_waits_gets_a_supervisor_of_this_or_another_team(self, fatima, bob, tess):
        for supervisor in (fatima, bob):
            new = a_registration(on=YESTERDAY)
            assign_waiting(registration=new, supervisor=supervisor, on=TODAY, by=tess)
            assert sees(supervisor, new, Need.WRITE)

    def test_only_a_manager_who_has_it_assigns(self, case, fatima, bob, wim):
        for giver in (fatima, bob):
            with refused("giver"):
                assign_waiting(registration=a_registration(), supervisor=bob, on=TODAY, by=giver)
        with refused("giver"):
            assign_waiting(registration=case, supervisor=bob, on=TODAY, by=wim)

    def test_not_to_who_cannot_have_it(self, case, fatima, bob, tess):
        new = a_registration()
        with refused("assigned"):
            assign_waiting(registration=case, supervisor=bob, on=TODAY, by=tess)
        with refused("closed"):
            assign_waiting(registration=new, supervisor=tess, on=TODAY, by=tess)
        note(
            ConflictOfInterest(
                user=bob, person=mother_of_only(new), happened_on=TODAY, reason="Oom"
            ),
            by=None,
        )
        with refused("shut"):
            assign_waiting(registration=new, supervisor=bob, on=TODAY, by=tess)

    def test_a_closed_account_is_assigned_nothing(self, bob):
        User.objects.filter(pk=bob.pk).update(is_active=False)
        with refused("closed"):
            assign(registration=a_registration(), supervisor=bob, on=TODAY, by=None)


def mother_of_only(registration):
    return registration.applicants.get().person


class TestAccepting:
    def test_access_moves_at_once_and_both_assignments_meet_on_the_day(
        self, case, fatima, bob, tess
    ):
        (one,) = offered(case, bob, tess)
        assert not sees(bob, case)
        accept(handovers=[one], by=bob, on=TODAY)
        assert sees(bob, case, Need.WRITE)
        assert not sees(fatima, case)
        old, new = Assignment.objects.standing().order_by("happened_on")
        assert (old.supervisor, old.ended_on) == (fatima, TODAY)
        assert (new.supervisor, new.happened_on, new.ended_on) == (bob, TODAY, None)
        one.refresh_from_db()
        assert (one.state, one.decided_by) == ("accepted", bob)
        assert one.history.latest().history_user == bob

    def test_from_a_later_day_the_giver_keeps_it_until_then(self, case, fatima, bob, tess, wim):
        (one,) = offered(case, bob, tess, takes_over_on=TOMORROW)
        accept(handovers=[one], by=bob, on=TODAY)
        assert sees(fatima, case, Need.WRITE)
        assert not sees(bob, case)
        assert sees(tess, case, Need.ASSIGN)
        assert sees(wim, case, Need.ASSIGN)

    def test_a_day_that_passed_is_today(self, case, fatima, bob, tess):
        (one,) = offered(case, bob, tess, takes_over_on=LAST_WEEK)
        accept(handovers=[one], by=bob, on=TODAY)
        assert open_assignment(case).happened_on == TODAY

    def test_on_the_very_day_it_was_assigned_only_the_last_team_has_it(self, bob, tess, wim):
        fatima = colleague("eva")
        new = a_registration(on=TODAY)
        assign(registration=new, supervisor=fatima, on=TODAY, by=None)
        accept(handovers=offered(new, bob, tess), by=bob, on=TODAY)
        assert sees(wim, new, Need.ASSIGN)
        assert not sees(tess, new)
        assert not sees(fatima, new)

    def test_the_receiver_may_let_the_giver_read_until_a_day(self, case, fatima, bob, tess):
        accept(handovers=offered(case, bob, tess), by=bob, on=TODAY, share_until=TOMORROW)
        assert sees(fatima, case)
        assert not sees(fatima, case, Need.WRITE)

    def test_a_whole_caseload_or_nothing(self, fatima, bob, tess):
        cases = [a_case(fatima) for _ in range(3)]
        offers = offered(None, bob, tess, registrations=cases)
        assert len({one.batch for one in offers}) == 1
        take_back(handovers=offers[:1], by=tess)
        with refused("stale"):
            accept(handovers=offers, by=bob, on=TODAY)
        assert all(open_assignment(case).supervisor == fatima for case in cases)
        accept(handovers=offers[1:], by=bob, on=TODAY)
        assert [open_assignment(case).supervisor for case in cases] == [fatima, bob, bob]

    def test_nobody_else_accepts_or_refuses(self, case, fatima, bob, tess):
        offers = offered(case, bob, tess)
        for user in (fatima, tess, colleague("eva")):
            with refused("receiver"):
                accept(handovers=offers, by=user, on=TODAY)
            with refused("receiver"):
                refuse(handovers=offers, answer="Nee", by=user)

    def test_what_is_someone_elses_meanwhile_is_not_taken_over(self, case, fatima, bob, tess):
        offers = offered(case, bob, tess)
        end_assignment(registration=case, on=TODAY, by=tess)
        with refused("stale"):
            accept(handovers=offers, by=bob, on=TODAY)


class TestOtherAnswers:
    def test_refused_with_a_reason_nothing_moves(self, case, fatima, bob, tess):
        offers = offered(case, bob, tess)
        with refused("answer"):
            refuse(handovers=offers, answer=" ", by=bob)
        refuse(handovers=offers, answer="Geen ruimte", by=bob)
        assert open_assignment(case).supervisor == fatima
        assert Handover.objects.get().answer == "Geen ruimte"
        offered(case, bob, tess)  # it can be offered again

    def test_withdrawn_by_who_offered_or_leads_the_team(self, case, fatima, bob, tess):
        offers = offered(case, bob, tess)
        for user in (bob, fatima):
            with refused("giver"):
                take_back(handovers=offers, by=user)
        take_back(handovers=offers, by=colleague("tom", "teammanager"))
        with refused("stale"):
            accept(handovers=offers, by=bob, on=TODAY)

    def test_one_offer_at_a_time(self, case, bob, tess):
        offered(case, bob, tess)
        with refused("offered"):
            offered(case, colleague("eva"), tess)
        with refused("offered"):
            to_waiting_list(registrations=[case], on=TODAY, by=tess)

    def test_only_who_assigns_it_offers_it(self, case, fatima, bob, wim):
        for giver in (fatima, bob, wim):
            with refused("giver"):
                offered(case, bob, giver)

    def test_not_to_oneself_nor_to_who_has_a_conflict(self, case, fatima, bob, tess):
        with refused("oneself"):
            offered(case, fatima, tess)
        conflict = {"user": bob, "person": mother_of(case), "happened_on": TODAY}
        note(ConflictOfInterest(reason="Oom", **conflict), by=None)
        with refused("shut"):
            offered(case, bob, tess)

    @pytest.mark.parametrize(
        ("name", "wrong"),
        [
            ("handover_answered_whole", {"state": "accepted"}),
            ("handover_refused_with_a_reason", {"state": "refused", "decided_at": timezone.now()}),
        ],
    )
    def test_the_database_refuses_half_an_answer(self, case, bob, tess, name, wrong):
        (one,) = offered(case, bob, tess)
        if "decided_at" in wrong:
            wrong |= {"decided_by": bob}
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Handover.objects.filter(pk=one.pk).update(**wrong)


class TestLetters:
    def test_the_receiver_and_the_manager_hear_of_it_without_names_or_numbers(
        self, case, fatima, bob, tess
    ):
        offers = offered(case, bob, tess, note="Sanne belt op maandag")
        first = last_mail()
        assert first["to"] == bob.email
        accept(handovers=offers, by=bob, on=TODAY)
        second = last_mail()
        assert second["to"] == tess.email
        family = family_of(case)
        for mail in (first, second):
            assert "/overdracht/" in mail["text"]
            for hidden in ("Sanne", case.number, family.number, str(family.pk), "Fatima"):
                assert hidden not in mail["text"] + mail["subject"]
        assert OutgoingMail.objects.count() == 2

    def test_a_whole_caseload_is_one_letter(self, fatima, bob, tess):
        offered(None, bob, tess, registrations=[a_case(fatima) for _ in range(3)])
        assert OutgoingMail.objects.count() == 1


class TestLeaving:
    def test_an_account_with_families_does_not_close(self, case, fatima, tess):
        fay = colleague("fay", "functioneel beheerder")
        with pytest.raises(ValidationError, match="1 traject"):
            close_account(fatima, by=fay, reason="Uit dienst")
        to_waiting_list(registrations=[case], on=TODAY, by=tess)
        close_account(fatima, by=fay, reason="Uit dienst")
        assert not User.objects.get(pk=fatima.pk).is_active
        assert sees(tess, case, Need.ASSIGN)

    def test_with_an_offer_to_answer_neither(self, case, bob, tess):
        fay = colleague("fay", "functioneel beheerder")
        offers = offered(case, bob, tess)
        with pytest.raises(ValidationError, match="aangeboden"):
            close_account(bob, by=fay, reason="Uit dienst")
        take_back(handovers=offers, by=tess)
        close_account(bob, by=fay, reason="Uit dienst")

    def test_what_is_closed_holds_nobody(self, case, fatima):
        close(registration=case, on=TODAY, reason=code("closing_reason", "completed"), by=None)
        close_account(fatima, by=colleague("fay", "functioneel beheerder"), reason="Uit dienst")

    def test_only_the_manager_takes_it_to_the_waiting_list(self, case, fatima, bob, wim):
        for user in (fatima, bob, wim):
            with refused("giver"):
                to_waiting_list(registrations=[case], on=TODAY, by=user)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestTwoAtOnce:
    """T88: one wins, the other is told."""

    def together(self, *deeds) -> list[str]:
        """What each was told; '' for who won."""
        barrier, told = threading.Barrier(len(deeds)), []

        def run(deed) -> None:
            barrier.wait()
            try:
                deed()
                told.append("")
            except ValidationError as error:
                told.append(error.messages[0])
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        return sorted(told)

    def test_accepting_and_withdrawing(self):
        fatima, bob = colleague("fatima"), colleague("bob", team="Team West")
        tess, case = colleague("tess", "teammanager"), a_case(fatima)
        offers = offered(case, bob, tess)
        won, lost = self.together(
            lambda: accept(handovers=offers, by=bob, on=TODAY),
            lambda: take_back(handovers=offers, by=tess),
        )
        assert won == ""
        assert "intussen" in lost
        holder = Assignment.objects.standing().get(ended_on__isnull=True).supervisor
        accepted = Handover.objects.get().state == "accepted"
        assert holder == (bob if accepted else fatima)

    def test_two_managers_assign_what_waits(self):
        fatima, bob = colleague("fatima"), colleague("bob", team="Team West")
        tess, wim = colleague("tess", "teammanager"), colleague("wim", "teammanager", "Team West")
        case = a_registration()
        won, lost = self.together(
            lambda: assign_waiting(registration=case, supervisor=fatima, on=TODAY, by=tess),
            lambda: assign_waiting(registration=case, supervisor=bob, on=TODAY, by=wim),
        )
        assert won == ""
        assert lost
        assert Assignment.objects.standing().count() == 1

    def test_closing_the_account_that_is_assigned_something(self):
        fatima, tess = colleague("fatima"), colleague("tess", "teammanager")
        fay, case = colleague("fay", "functioneel beheerder"), a_registration()
        won, lost = self.together(
            lambda: assign_waiting(registration=case, supervisor=fatima, on=TODAY, by=tess),
            lambda: close_account(fatima, by=fay, reason="Uit dienst"),
        )
        assert won == ""
        assert lost
        active = User.objects.get(pk=fatima.pk).is_active
        assert active == Assignment.objects.standing().exists()
