"""Who sees a draft, who writes one, and who approves."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.reporting.runs import NOT_COLLECTED, fatima, mirjam, rianne
from tests.reporting.test_editions import a_draft

pytestmark = [pytest.mark.django_db, NOT_COLLECTED]


@pytest.fixture(autouse=True)
def nobody_is_woken_up(monkeypatch):
    monkeypatch.setattr("reporting.services.making.wake_makers", lambda files: None)
    monkeypatch.setattr("reporting.services.running.wake_a_worker", lambda run: None)


@pytest.fixture
def rik():
    return rianne()


class TestWhoMay:
    PAGES = ("edition", "edition_hidden", "edition_preview")

    def test_a_supervisor_sees_no_draft(self, rik):
        edition = a_draft(rik)
        client = Client()
        client.force_login(fatima())
        for name in self.PAGES:
            assert client.get(reverse(name, args=[edition.pk])).status_code == 403
        assert client.get("/rapporten/edities/").status_code == 403

    def test_a_manager_reads_and_approves_but_does_not_write(self, rik):
        edition = a_draft(rik)
        client = Client()
        client.force_login(mirjam())
        for name in self.PAGES:
            assert client.get(reverse(name, args=[edition.pk])).status_code == 200
        text = reverse("edition_text", args=[edition.pk, "inleiding"])
        assert client.get(text).status_code == 403
        step = reverse("edition_step", args=[edition.pk, "aanbieden"])
        assert client.post(step).status_code == 403

    def test_a_passer_by_reads_what_was_published_and_nothing_else(self, rik, client):
        a_draft(rik)
        assert client.get("/publicaties/").status_code == 200
        assert client.get("/publicaties/2024-07/").status_code == 404
        assert client.get("/rapporten/edities/").status_code == 302
