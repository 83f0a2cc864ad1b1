"""The one door: loading, authorising and logging in one call."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from accounts.access_log import Refused
from accounts.models import AccessLine, User
from cases import grounds_in_sql
from cases.access import GROUNDS, Need, visible_to
from cases.door import get_family_for, get_registration_for, must, note_list, people_of
from cases.services import assign, register
from tests.cases.office import LAST_WEEK, a_case, colleague, last_line, people_in
from tests.cast import a_father, family_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def fatima():
    return colleague("fatima")


@pytest.fixture
def case(fatima):
    return a_case(fatima)


def request_of(user: User | AnonymousUser):
    request = RequestFactory().get("/")
    request.user = user
    request.access_log_id = uuid.uuid4()
    return request


class TestAFamily:
    def test_it_opens_with_its_ground_and_one_line(self, case, fatima):
        opened = get_family_for(request_of(fatima), family_of(case).pk)
        assert (opened.family, opened.ground.code) == (family_of(case), "own_case")
        line = AccessLine.objects.get()
        assert (line.object_type, line.part, line.outcome) == ("gezin", "dossier", "shown")
        assert set(line.subjects) == people_in(case)
        assert line.actor_roles == "procesbegeleider"

    def test_reading_does_not_allow_assigning(self, case, fatima):
        with pytest.raises(Refused):
            get_family_for(request_of(fatima), family_of(case).pk, needs=Need.ASSIGN)
        tess = colleague("tess", "teammanager")
        opened = get_family_for(request_of(tess), family_of(case).pk, needs=Need.ASSIGN)
        assert opened.ground.code == "team"
        with pytest.raises(Refused):
            get_family_for(request_of(tess), family_of(case).pk, needs=Need.WRITE)

    def test_refused_and_absent_say_the_same(self, case):
        bob = request_of(colleague("bob"))
        said = []
        for number in (family_of(case).pk, uuid.uuid4()):
            with pytest.raises(Refused) as refusal:
                get_family_for(bob, number)
            said.append(str(refusal.value))
            assert refusal.value.asked["object_id"] == number
        assert said[0] == said[1]
        assert not AccessLine.objects.exists(), "the middleware writes it, after the roll-back"


class TestARegistration:
    def test_it_opens_on_a_ground_of_its_own(self, case, fatima):
        second = register(
            applicants=[a_father()], happened_on=LAST_WEEK, family=family_of(case), by=None
        )
        assign(registration=second, supervisor=colleague("bob"), on=LAST_WEEK, by=None)
        assert get_registration_for(request_of(fatima), case.pk) == case
        assert set(last_line().subjects) == people_in(case)
        with pytest.raises(Refused):
            get_registration_for(request_of(fatima), second.pk)


def test_a_list_is_one_line_with_everybody_on_it(case, fatima):
    other = a_case(fatima)
    families = [family_of(case).pk, family_of(other).pk]
    note_list(request_of(fatima), families, part="gezinnen", detail={"zoek": "Sanne"})
    line = AccessLine.objects.get()
    assert set(line.subjects) == people_in(case) | people_in(other) == set(people_of(families))
    assert "Sanne" not in str(line.detail)


def test_a_page_for_some_roles_does_not_exist_for_others(fatima):
    must(request_of(fatima), "cases.support_families", what="gezin")
    with pytest.raises(Refused):
        must(request_of(fatima), "accounts.read_access_log", what="leeslogboek")


class TestTheSqlThatIsMadeOnce:
    """The grounds are compiled once a process for each kind of user (cases.access)."""

    def test_one_users_ids_never_end_up_in_anothers(self, case, fatima):
        bob, tess = colleague("bob"), colleague("tess", "teammanager")
        wim = colleague("wim", "teammanager", "Team West")
        for user, many in ((fatima, 1), (bob, 0), (tess, 1), (wim, 0), (bob, 0), (fatima, 1)):
            assert visible_to(user).count() == many

    def test_it_says_what_the_grounds_say(self, case, fatima):
        tess = colleague("tess", "teammanager")
        for user in (fatima, tess, colleague("rik", "rapporteur")):
            for need in Need:
                by_ground = {
                    row["registration"]
                    for ground in GROUNDS
                    if need in ground.allows
                    for row in ground.registrations(user).values("registration")
                }
                listed = visible_to(user, need).values_list("registration", flat=True)
                assert set(listed) == by_ground

    def test_who_is_promoted_sees_the_team_at_the_next_request(self, case):
        bob = colleague("bob")
        assert not visible_to(bob).exists()
        bob.groups.set(colleague("tess", "teammanager").groups.all())
        assert visible_to(User.objects.get(pk=bob.pk)).exists()

    def test_nothing_of_a_user_stands_in_it(self, case, fatima):
        visible_to(fatima).exists()
        rows = tuple(ground.registrations for ground in GROUNDS)
        for leads in (True, False):
            for has_team in (True, False):
                sql, params = grounds_in_sql._ids_in_sql(rows, leads, has_team)
                assert str(fatima.pk) not in sql
                assert fatima.pk not in params
