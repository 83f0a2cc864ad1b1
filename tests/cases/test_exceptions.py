"""Covering, sharing and conflicts of interest: who decides, and that it works at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from cases.access import Need, visible_to
from cases.models import FamilyMember
from cases.services.exceptions import cover, declare_conflict, end_sharing, share_file
from tests.cases.office import TODAY, TOMORROW, YESTERDAY, a_case, colleague
from tests.cast import family_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def bob():
    return colleague("bob")


@pytest.fixture
def tess():
    return colleague("tess", "teammanager")


@pytest.fixture
def case(fatima):
    return a_case(fatima)


def sees(user: User, registration, needs: Need = Need.READ) -> bool:
    return (
        visible_to(User.objects.get(pk=user.pk), needs).filter(registration=registration).exists()
    )


def refused(code: str):
    return pytest.raises(ValidationError, check=lambda error: error.code == code)


class TestCover:
    def test_a_manager_lets_a_colleague_cover(self, case, fatima, bob, tess):
        cover(absent=fatima, substitute=bob, begin=TODAY, end=TOMORROW, reason="Verlof", by=tess)
        assert sees(bob, case, Need.WRITE)

    def test_nobody_else_can_arrange_it(self, fatima, bob, tess):
        wim = colleague("wim", "teammanager", "Team West")
        spell = {"begin": TODAY, "end": TOMORROW, "reason": "Verlof"}
        for giver in (fatima, bob, wim):
            with refused("giver"):
                cover(absent=fatima, substitute=bob, by=giver, **spell)
        with refused("substitute"):
            cover(absent=fatima, substitute=colleague("rik", "rapporteur"), by=tess, **spell)

    def test_it_has_a_reason_and_days_in_order(self, fatima, bob, tess):
        people = {"absent": fatima, "substitute": bob, "by": tess}
        with pytest.raises(ValidationError):
            cover(begin=TODAY, end=TOMORROW, reason=" ", **people)
        with pytest.raises(ValidationError):
            cover(begin=TODAY, end=YESTERDAY, reason="Verlof", **people)


class TestConflict:
    def test_it_shuts_the_file_at_once(self, case, fatima):
        mother = FamilyMember.objects.get(family=family_of(case), role="mother").person
        declare_conflict(user=fatima, person=mother, since=TODAY, reason="Nicht", by=fatima)
        assert not sees(fatima, case)

    def test_a_manager_may_declare_it_and_a_colleague_not(self, case, fatima, bob, tess):
        mother = FamilyMember.objects.get(family=family_of(case), role="mother").person
        said = {"user": fatima, "person": mother, "since": TODAY, "reason": "Nicht"}
        with refused("giver"):
            declare_conflict(by=bob, **said)
        declare_conflict(by=tess, **said)
        assert not sees(fatima, case)


class TestSharing:
    def test_a_manager_shares_a_file_of_the_team_and_takes_it_back(self, case, bob, tess):
        until = timezone.now() + timedelta(days=1)
        grant = share_file(registration=case, to=bob, until=until, reason="Meekijken", by=tess)
        assert sees(bob, case)
        assert not sees(bob, case, Need.WRITE)
        with refused("giver"):
            end_sharing(grant=grant, by=bob, reason="Klaar")
        end_sharing(grant=grant, by=tess, reason="Klaar")
        assert not sees(bob, case)

    def test_who_only_reads_or_writes_it_cannot_share_it(self, case, fatima, bob):
        wim = colleague("wim", "teammanager", "Team West")
        until = timezone.now() + timedelta(days=1)
        for giver in (fatima, wim):
            with refused("giver"):
                share_file(registration=case, to=bob, until=until, reason="Kijk", by=giver)
        assert not sees(bob, case)
