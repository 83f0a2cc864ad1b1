"""What came in by the site: taken, joined or refused, by one at a time."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cases.models import Arrival, Person, Registration, WebRegistration
from cases.services import assign
from cases.services.web_registrations import join, receive, refuse
from tests.cases.office import TODAY, browser_of, colleague, last_line
from tests.cases.test_registering import known_nadia
from tests.cast import family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
QUEUE = "/aanmeldingen/wachtrij/"
QUEUE_QUERIES = 10


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    monkeypatch.setattr("accounts.services.outbox.wake_a_worker", lambda *which: None)


@pytest.fixture
def tess():
    return colleague("tess", "teammanager")


def sent_in(**said) -> WebRegistration:
    return receive(
        id=uuid4(),
        said={
            "announcer": "professional",
            "announcer_name": "Wim Wijk",
            "organisation": "Wijkteam",
            "first_name": "Nadia",
            "last_name": "Kade",
            "birth_date": date(1987, 3, 12),
            "phone": "06 11112222",
            "email": "",
            "story": "Haar zoon woont bij een pleeggezin.",
            "consent": True,
            **said,
        },
    )


def filled_in(client, web) -> dict:
    """The form as it opens, with everything that was sent."""
    initial = client.get(f"{QUEUE}{web.pk}/aannemen/").context["form"].initial
    return {name: value for name, value in initial.items() if value not in (None, "")}


class TestWhoSeesIt:
    @pytest.mark.parametrize("role", ["procesbegeleider", "rapporteur", "functioneel beheerder"])
    def test_others_find_nothing_and_that_is_logged(self, role):
        web, client = sent_in(), browser_of(colleague("x", role))
        for part in ("", f"{web.pk}/", f"{web.pk}/aannemen/"):
            page = client.get(f"{QUEUE}{part}")
            assert page.status_code == 404
            assert last_line().outcome == "refused"
        assert client.post(f"{QUEUE}{web.pk}/niet-aannemen/", {"reason": "x"}).status_code == 404
        web.refresh_from_db()
        assert web.state == "waiting"

    def test_every_look_is_in_the_log(self, tess):
        web, client = sent_in(), browser_of(tess)
        assert "Nadia" in client.get(QUEUE).content.decode()
        line = last_line()
        assert (line.action, line.part) == ("list", "wachtrij van de site")
        assert web.receipt not in str(line.detail)
        assert "pleeggezin" in client.get(f"{QUEUE}{web.pk}/").content.decode()
        line = last_line(object_type="aanmelding via de site")
        assert (line.action, line.object_id) == ("read", web.receipt)

    def test_the_menu_counts_what_waits(self, tess):
        assert "via de site</span>" not in browser_of(tess).get(QUEUE).content.decode()
        sent_in()
        page = browser_of(tess).get(QUEUE).content.decode()
        assert '<span class="waits">1<span' in page

    def test_one_that_does_not_exist_is_not_found(self, tess):
        assert browser_of(tess).get(f"{QUEUE}{uuid4()}/").status_code == 404

    @pytest.mark.parametrize("many", [1, 3, 100])
    def test_as_many_queries_for_one_as_for_a_hundred(self, tess, django_assert_num_queries, many):
        for number in range(many):
            sent_in(last_name=f"Kade{number}")
        client = browser_of(tess)
        client.get(QUEUE)
        with django_assert_num_queries(QUEUE_QUERIES):
            page = client.get(QUEUE)
        assert len(page.context["rows"]) == many


class TestTaking:
    def test_it_becomes_a_registration_with_all_that_was_sent(self, tess):
        web, client = sent_in(), browser_of(tess)
        page = client.post(f"{QUEUE}{web.pk}/aannemen/", filled_in(client, web))
        registration = Registration.objects.get()
        assert page["Location"] == f"/gezinnen/{family_of(registration).pk}/"
        web.refresh_from_db()
        assert (web.state, web.registration, web.decided_by) == ("accepted", registration, tess)
        arrival = Arrival.objects.get()
        assert (arrival.channel, arrival.announcer) == ("web_form", "professional")
        assert arrival.announcer_name == "Wim Wijk, Wijkteam"
        assert arrival.note == web.story
        person = Person.objects.get()
        assert (person.first_name, person.phone) == ("Nadia", "06 11112222")
        assert registration.intakes.get().route_id == "registration_route.professional"

    def test_who_is_known_is_shown_first(self, tess):
        known, web, client = known_nadia(), sent_in(), browser_of(tess)
        page = client.get(f"{QUEUE}{web.pk}/")
        assert [row.family for row in page.context["rows"]] == [family_of(known)]
        page = client.post(f"{QUEUE}{web.pk}/aannemen/", filled_in(client, web))
        assert page.context["known"].rows
        assert Registration.objects.count() == 1
        web.refresh_from_db()
        assert web.state == "waiting"

    def test_it_is_joined_to_one_that_stands(self, tess):
        known, web, client = known_nadia(), sent_in(), browser_of(tess)
        client.post(f"{QUEUE}{web.pk}/bij/{known.pk}/")
        web.refresh_from_db()
        assert (web.state, web.registration) == ("joined", known)

    def test_not_to_one_that_may_not_be_seen(self, tess):
        bob = colleague("bob", team="Team West")
        known = known_nadia(by=bob, supervise=True)
        web, client = sent_in(), browser_of(tess)
        page = client.get(f"{QUEUE}{web.pk}/")
        assert page.context["rows"] == []
        assert page.context["elsewhere"]
        assert client.post(f"{QUEUE}{web.pk}/bij/{known.pk}/").status_code == 404
        web.refresh_from_db()
        assert web.state == "waiting"

    def test_once_taken_it_is_for_who_may_see_the_registration(self, tess):
        web, client = sent_in(), browser_of(tess)
        client.post(f"{QUEUE}{web.pk}/aannemen/", filled_in(client, web))
        assert client.get(f"{QUEUE}{web.pk}/").status_code == 200
        bob = colleague("bob", team="Team West")
        assign(registration=Registration.objects.get(), supervisor=bob, on=TODAY, by=None)
        assert client.get(f"{QUEUE}{web.pk}/").status_code == 404

    def test_it_is_refused_with_a_reason(self, tess):
        web, client = sent_in(), browser_of(tess)
        page = client.post(f"{QUEUE}{web.pk}/niet-aannemen/", {"reason": " "})
        assert "Schrijf op waarom" in page.content.decode()
        client.post(f"{QUEUE}{web.pk}/niet-aannemen/", {"reason": "Dubbel gestuurd"})
        web.refresh_from_db()
        assert (web.state, web.decision_note) == ("refused", "Dubbel gestuurd")
        assert client.get(QUEUE).context["rows"] == []
        assert "Dubbel gestuurd" in client.get(f"{QUEUE}{web.pk}/").content.decode()

    def test_of_two_at_once_one_wins_and_the_other_is_told(self, tess):
        web, client = sent_in(), browser_of(tess)
        form = filled_in(client, web)
        refuse(web=web, reason="Dubbel", by=colleague("mo", "teammanager"))
        for part, data in (("aannemen/", form), ("niet-aannemen/", {"reason": "Ook"})):
            page = client.post(f"{QUEUE}{web.pk}/{part}", data, follow=True)
            assert page.status_code == 200
        assert "Mo heeft hier intussen over besloten: niet aangenomen" in page.content.decode()
        with pytest.raises(ValidationError, match="Mo heeft"):
            join(web=web, registration=known_nadia(), by=tess)
        assert not Arrival.objects.filter(channel="web_form").exists()

    def test_the_database_refuses_half_a_decision(self, tess):
        web = sent_in()
        with pytest.raises(IntegrityError), transaction.atomic():
            WebRegistration.objects.filter(pk=web.pk).update(state="refused")
