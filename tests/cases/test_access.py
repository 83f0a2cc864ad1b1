"""Who may see which file, as sentences. 'Today' is the database's, so stories are told from it."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts import grants
from accounts.models import Team, User
from accounts.roles import sync_roles
from cases.access import Need, ground_of, visible_to
from cases.models import ConflictOfInterest, Cover, EmergencyAccess, FamilyMember
from cases.scope import Scope
from cases.services import assign, close, end_assignment, note, reopen, start
from tests.cast import a_registration, code, family_of

pytestmark = pytest.mark.django_db
TODAY = date.today()
LAST_MONTH, LAST_WEEK, YESTERDAY, TOMORROW = (TODAY + timedelta(days=n) for n in (-40, -7, -1, 1))


@pytest.fixture(autouse=True)
def roles(db):
    sync_roles()


def colleague(name: str, role: str, team: str = "Team Oost") -> User:
    user = User.objects.create_user(
        f"{name}@ot.example.org", name=name, team=Team.objects.get_or_create(name=team)[0]
    )
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def fatima():
    return colleague("fatima", "procesbegeleider")


@pytest.fixture
def bob():
    return colleague("bob", "procesbegeleider")


@pytest.fixture
def tess():
    return colleague("tess", "teammanager")


@pytest.fixture
def case(fatima):
    """A family that Fatima supports since last month."""
    registration = a_registration(on=LAST_MONTH)
    start(registration=registration, on=LAST_MONTH, by=None)
    assign(registration=registration, supervisor=fatima, on=LAST_MONTH, by=None)
    return registration


def sees(user: User, registration, needs: Need = Need.READ) -> str | None:
    """The ground on which `user` sees it; the list agrees, and what a page reads at once."""
    user = User.objects.get(pk=user.pk)
    ground = ground_of(user, family_of(registration), needs)
    listed = visible_to(user, needs).filter(registration=registration).exists()
    assert listed == (ground is not None), "the list and the file disagree"
    scope = Scope.of(user)
    assert (registration.pk in scope.registrations(needs)) == listed
    assert scope.intakes(needs).filter(registration=registration).exists() == listed
    if needs == Need.READ:
        family = family_of(registration).pk
        assert scope.seen([registration.pk]) == ({registration.pk} if listed else set())
        assert scope.grounds_of([family]) == ({family: ground} if listed else {})
    return ground and ground.name


def test_a_supervisor_reads_and_writes_her_own_case_and_bob_nothing(case, fatima, bob):
    assert sees(fatima, case) == sees(fatima, case, Need.WRITE) == "eigen toewijzing"
    assert sees(fatima, case, Need.ASSIGN) is None
    assert sees(bob, case) is None


def test_a_handover_ends_access_at_once(case, fatima, bob):
    end_assignment(registration=case, on=TODAY, by=None)
    assign(registration=case, supervisor=bob, on=TODAY, by=None)
    assert (sees(fatima, case), sees(bob, case)) == (None, "eigen toewijzing")


def test_a_manager_sees_the_own_team_and_nobody_elses(case, tess):
    wim = colleague("wim", "teammanager", "Team West")
    assert sees(tess, case) == sees(tess, case, Need.ASSIGN) == "eigen team"
    assert sees(tess, case, Need.WRITE) is None
    assert sees(wim, case) is None


def test_a_family_without_a_supervisor_stays_in_someones_sight(case, tess):
    wim = colleague("wim", "teammanager", "Team West")
    end_assignment(registration=case, on=TODAY, by=None)
    assert (sees(tess, case), sees(wim, case)) == ("eigen team", None)
    new = a_registration(on=YESTERDAY)
    assert sees(tess, new) == sees(wim, new) == "nog zonder begeleider"


def test_cover_lasts_from_its_first_day_up_to_its_last(case, fatima, bob):
    def covers(begin, end):
        cover = Cover(
            absent=fatima, substitute=bob, happened_on=begin, ended_on=end, reason="Verlof"
        )
        return note(cover, by=None)

    covers(LAST_WEEK, TODAY)
    covers(TOMORROW, TOMORROW + timedelta(days=7))
    assert sees(bob, case) is None
    covers(LAST_WEEK, TOMORROW)
    assert sees(bob, case) == sees(bob, case, Need.WRITE) == "waarneming"


@pytest.mark.parametrize(("closed_on", "ground"), [(YESTERDAY, "nazorg"), (LAST_MONTH, None)])
def test_after_closing_the_supervisor_reads_for_thirty_days(case, fatima, tess, closed_on, ground):
    close(registration=case, on=closed_on, reason=code("closing_reason", "completed"), by=None)
    end_assignment(registration=case, on=closed_on, by=None)
    assert sees(fatima, case) == ground
    assert sees(fatima, case, Need.WRITE) is None
    assert sees(tess, case) == "eigen team"


def test_who_handed_over_before_the_closing_has_no_aftercare(case, fatima, bob):
    end_assignment(registration=case, on=LAST_WEEK, by=None)
    assign(registration=case, supervisor=bob, on=LAST_WEEK, by=None)
    close(registration=case, on=YESTERDAY, reason=code("closing_reason", "completed"), by=None)
    assert (sees(fatima, case), sees(bob, case)) == (None, "nazorg")


def test_reopening_gives_an_assignment_that_was_left_open_its_rights_again(case, fatima):
    close(registration=case, on=LAST_WEEK, reason=code("closing_reason", "completed"), by=None)
    assert sees(fatima, case, Need.WRITE) is None
    reopen(registration=case, on=YESTERDAY, by=None)
    assert sees(fatima, case, Need.WRITE) == "eigen toewijzing"


def test_a_shared_file_is_open_until_its_end_without_a_job(case, bob, tess):
    def until(hours):
        return grants.give(
            to=bob,
            target=case,
            permission="cases.read_shared",
            reason="Meekijken bij een zitting",
            until=timezone.now() + timedelta(hours=hours),
            by=tess,
        )

    grant = until(1)
    assert sees(bob, case) == "gedeeld"
    assert sees(bob, case, Need.WRITE) is None
    grants.end(grant, by=tess, reason="Zitting voorbij")
    assert sees(bob, case) is None
    until(1)
    type(grant).objects.update(begins_at=timezone.now() - timedelta(2), ends_at=timezone.now())
    assert sees(bob, case) is None


def test_emergency_access_is_one_file_to_read_for_an_hour(case, bob):
    now = timezone.now()
    emergency = EmergencyAccess.objects.create(
        user=bob,
        registration=case,
        ground="absent",
        reason="Moeder belt, haar begeleider is onbereikbaar",
        begins_at=now - timedelta(minutes=59),
        ends_at=now + timedelta(minutes=1),
    )
    assert sees(bob, case) == "noodtoegang"
    assert sees(bob, case, Need.WRITE) is None
    assert sees(bob, a_registration()) is None
    emergency.begins_at, emergency.ends_at = now - timedelta(hours=1), now
    emergency.save()
    assert sees(bob, case) is None


def test_a_conflict_of_interest_shuts_the_file_on_every_ground(case, fatima, tess):
    mother = FamilyMember.objects.get(family=family_of(case)).person
    for user in (fatima, tess):
        conflict = ConflictOfInterest(
            user=user, person=mother, happened_on=LAST_WEEK, reason="Familie"
        )
        note(conflict, by=None)
        now = timezone.now()
        EmergencyAccess.objects.create(
            user=user,
            registration=case,
            ground="safety",
            reason="Het is echt heel dringend vandaag",
            begins_at=now,
            ends_at=now + timedelta(minutes=60),
        )
        assert sees(user, case) is None


@pytest.mark.parametrize(
    "role", ["rapporteur", "functioneel beheerder", "functionaris gegevensbescherming"]
)
def test_other_roles_see_no_file(case, role):
    assert sees(colleague("kijker", role), case) is None


def test_a_superuser_is_not_a_reader(case):
    User.objects.filter(pk=colleague("root", "procesbegeleider").pk).update(is_superuser=True)
    assert sees(User.objects.get(name="root"), case) is None
