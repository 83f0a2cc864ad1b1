"""Pages that stand apart from any part: errors, and the way in and out."""

import re

import pytest
from django.template.loader import get_template

from tests.reporting.runs import NOT_COLLECTED, OWN_DATES, rianne

pytestmark = [pytest.mark.django_db, NOT_COLLECTED]


@pytest.fixture
def reader(client):
    client.force_login(rianne())
    return client


class TestErrorPages:
    @pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500", "503"])
    def test_each_renders_with_nothing_around_it(self, name, django_assert_num_queries):
        with django_assert_num_queries(0):
            page = get_template(f"{name}.html").render()
        assert 'lang="nl"' in page

    def test_a_form_that_stood_open_too_long(self, reader):
        reader.handler.enforce_csrf_checks = True
        response = reader.post("/rapporten/", OWN_DATES)
        assert response.status_code == 403
        assert "stond te lang open" in response.content.decode()

    def test_an_address_that_does_not_exist(self, reader):
        assert "bestaat niet" in reader.get("/bestaat/niet/").content.decode()


class TestSigningIn:
    def test_a_wrong_password_is_said_and_the_address_kept(self, client):
        response = client.post("/inloggen/", {"login": "rianne@ot.example.org", "password": "fout"})
        page = response.content.decode()
        assert "Dit klopt nog niet" in page
        assert 'value="rianne@ot.example.org"' in page
        assert 'value="fout"' not in page

    def test_it_leads_nowhere_that_does_not_exist(self, client):
        page = client.get("/inloggen/").content.decode()
        leads = re.findall(r'href="(/(?!static/)[^"]*)"', page)
        assert leads
        assert [path for path in leads if client.get(path).status_code >= 400] == []

    def test_out_again(self, reader):
        assert "Uitloggen" in reader.get("/uitloggen/").content.decode()
        response = reader.post("/uitloggen/", follow=True)
        assert "Je bent uitgelogd." in response.content.decode()
