"""Work that was asked for is done by the rights of the moment at which it is done (T27). Of draws
see test_running, of letters tests/accounts/sign_in/test_outbox; here the publishing of an edition.
The overview for a parent and a document are made while one waits, so they can't outlive a right."""

import pytest

from accounts.models import User
from cases import tasks as tasks_of_cases
from reporting import tasks
from reporting.models import Edition
from reporting.services import editions
from reporting.services.publishing import publish, waiting_to_be_published
from tests.reporting.runs import mirjam, rianne
from tests.reporting.test_editions import a_draft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_is_woken_up(monkeypatch):
    monkeypatch.setattr("reporting.services.making.wake_makers", lambda files: None)
    monkeypatch.setattr("reporting.services.running.wake_a_worker", lambda run: None)
    monkeypatch.setattr("reporting.services.editions.obstacles", lambda edition: [])


@pytest.fixture
def approved() -> Edition:
    writer, reader = rianne(), mirjam()
    edition = a_draft(writer)
    editions.offer(edition_id=edition.pk, by=writer)
    return editions.approve(edition_id=edition.pk, by=reader)


@pytest.mark.parametrize("lost", ["the role", "the account"])
def test_an_edition_waits_when_who_approved_it_may_no_longer(approved, lost):
    reader = User.objects.get(pk=approved.approved_by_id)
    if lost == "the role":
        reader.groups.clear()
    else:
        User.objects.filter(pk=reader.pk).update(is_active=False)
    assert publish(approved.pk) is None
    approved.refresh_from_db()
    assert (approved.state, approved.approved_by) == (Edition.State.OFFERED, None)
    assert approved.files.count() == 0
    assert "Goedkeuring vervallen" in approved.history.latest("history_id").history_change_reason
    assert waiting_to_be_published() == [], "the sweep leaves it alone"


def test_there_is_no_other_work_that_waits():
    """A new task for a worker? Say here how it asks for the rights when it is done."""
    ours = {
        name
        for module in (tasks, tasks_of_cases)
        for name, one in vars(module).items()
        if hasattr(one, "apply_async")
    }
    assert ours == {
        "work_on_run",
        "begin_editions",
        "make_file",
        "pulse",
        "compare_runs",
        "sweep",
        "publish_edition",
        "sweep_documents",
        "draw_today",  # asked for by nobody: whoever opens the page is asked for the right then
    }
