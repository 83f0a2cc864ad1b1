"""Who takes over on a later day is reminded of it then; who takes over today needs nothing."""

import pytest

from accounts.services import outbox
from cases.models import Task
from cases.services.handing_over import accept, offer
from tests.cases.office import TODAY, TOMORROW, a_case, colleague

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", [TODAY, TOMORROW])
def test_a_later_day_leaves_a_task_for_whoever_supports_then(day, monkeypatch):
    monkeypatch.setattr(outbox, "wake_a_worker", lambda *which: None)
    bob, tess = colleague("bob", team="Team West"), colleague("tess", "teammanager")
    case = a_case(colleague("fatima"))
    accept(
        handovers=offer(registrations=[case], receiver=bob, takes_over_on=day, by=tess),
        by=bob,
        on=TODAY,
    )
    left = Task.objects.values_list("due_on", "owner", "created_by", "title")
    words = f"Bob neemt {case} over: maak kennis met het gezin"
    assert list(left) == ([(TOMORROW, None, bob.pk, words)] if day == TOMORROW else [])
