"""The demo's files show life: conversations, tasks and a clock that runs, written as people do."""

from datetime import timedelta

import pytest

from accounts.models import Team
from cases.caseload.mine import cases_of
from cases.caseload.tasks import tasks_of
from cases.clock import State, windows
from cases.models import Contact, Intake, Task
from cases.scope import Scope
from ondersteuning.demo.life import bring_to_life
from tests.cases.office import TODAY, a_case, browser_of, colleague

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


@pytest.fixture
def fatima():
    fatima = colleague("fatima", team="Team Noord")
    for _ in range(5):
        a_case(fatima)
    bring_to_life(Team.objects.get(name="Team Noord"), TODAY)
    return fatima


def test_every_file_has_a_conversation_and_there_is_something_to_do(fatima):
    scope = Scope.of(fatima)
    own = cases_of(scope)
    assert len(own) == 7  # two just came in
    assert sum(one.last_contact is not None for one in own) == 6
    assert tasks_of(scope, own, TODAY)
    assert set(Contact.objects.values_list("recorded_by", flat=True)) == {fatima.pk}


def test_one_clock_runs_and_one_was_met_in_time(fatima):
    new = Intake.objects.standing().filter(happened_on__gt=TODAY - timedelta(days=7))
    phones = {windows(one, TODAY)[0].state for one in new}
    assert phones == {State.OPEN, State.MET}
    page = browser_of(fatima).get("/vandaag/").content.decode()
    assert "Eerste telefonische contact" in page


def test_somebody_died_and_somebody_wants_no_contact(fatima):
    client = browser_of(fatima)
    families = [one.family_id for one in cases_of(Scope.of(fatima))]
    pages = "".join(client.get(f"/gezinnen/{one}/").content.decode() for one in families)
    assert pages.count("Traject afsluiten met reden 'Overleden'") == 1
    assert pages.count("Wil niet benaderd worden door het team") == 1


def test_a_second_start_changes_nothing(fatima):
    before = Contact.objects.count(), Task.objects.count(), Intake.objects.count()
    bring_to_life(Team.objects.get(name="Team Noord"), TODAY)
    assert (Contact.objects.count(), Task.objects.count(), Intake.objects.count()) == before


def test_where_nobody_has_a_file_nothing_is_written():
    bring_to_life(Team.objects.create(name="Team Leeg"), TODAY)
    assert not Contact.objects.exists()
