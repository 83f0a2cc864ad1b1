"""The public form: for people who have no account, little time and an old phone."""

import re
from datetime import date, timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from accounts.guessing import LIMITS
from accounts.models import OutgoingMail
from accounts.sealing import unseal
from accounts.services.outbox import PURPOSE
from cases.models import WebRegistration
from cases.services.web_registrations import receive

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
ADDRESS = "/aanmelden/"
SAID = {
    "announcer": "parent",
    "first_name": "Nadia",
    "last_name": "Kade",
    "birth_date": "12-03-1987",
    "phone": "06 11112222",
    "email": "nadia@example.org",
    "story": "Mijn zoon woont sinds 2019 bij een pleeggezin.",
    "consent": "on",
}
KEPT = SAID | {
    "birth_date": date(1987, 3, 12),
    "consent": True,
    "announcer_name": "",
    "organisation": "",
}


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    monkeypatch.setattr("accounts.services.outbox.wake_a_worker", lambda *which: None)


def opened(client) -> dict:
    return {"given": client.get(ADDRESS).context["given"]}


def send(client, **changes):
    return client.post(ADDRESS, SAID | opened(client) | changes)


class TestReading:
    def test_no_account_and_no_session_are_needed(self, client):
        page = client.get(ADDRESS)
        assert page.status_code == 200
        assert set(page.cookies) == {"csrf"}
        assert page["Cache-Control"] == "no-store"

    def test_a_wrong_method_is_refused(self, client):
        assert client.put(ADDRESS).status_code == 405


class TestSending:
    def test_it_is_kept_and_the_number_is_shown(self, client):
        page = client.get(send(client)["Location"])
        web = WebRegistration.objects.get()
        assert web.receipt == "W00001"
        text = page.content.decode()
        assert web.receipt in text
        assert "085 000 00 00" in text
        assert "Nadia" not in text
        assert {name: getattr(web, name) for name in KEPT} == KEPT
        assert web.history.get().history_user is None

    def test_a_letter_confirms_it_without_a_word_of_the_content(self, client):
        send(client)
        mail = OutgoingMail.objects.get()
        assert (mail.to, mail.subject) == (
            "nadia@example.org",
            "We hebben je aanmelding ontvangen (W00001)",
        )
        body = unseal(mail.sealed_body, purpose=f"{PURPOSE} {mail.pk}")
        assert "W00001" in body
        for secret in ("Nadia", "Kade", "pleeggezin"):
            assert secret not in body

    def test_without_an_e_mail_address_there_is_no_letter(self, client):
        assert send(client, email="").status_code == 302
        assert not OutgoingMail.objects.exists()

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"announcer": ""}, "announcer"),
            ({"announcer": "colleague"}, "announcer"),
            ({"first_name": ""}, "first_name"),
            ({"last_name": "x" * 101}, "last_name"),
            ({"last_name": "Ka\0de"}, "last_name"),
            ({"birth_date": "31-02-1987"}, "birth_date"),
            ({"birth_date": "01-01-0001"}, "birth_date"),
            ({"phone": "", "email": ""}, "phone"),
            ({"phone": "112"}, "phone"),
            ({"email": "nadia"}, "email"),
            ({"consent": ""}, "consent"),
            ({"announcer": "professional"}, "announcer_name"),
            ({"story": "a" * 1_000_000}, "story"),
            ({"story": "\0"}, "story"),
        ],
    )
    def test_what_is_wrong_is_said_and_the_rest_is_still_there(self, client, wrong, field):
        page = send(client, **wrong)
        assert field in page.context["form"].errors
        kept = {name for name, value in SAID.items() if value in page.content.decode()}
        assert {"Nadia", "Kade"} & {SAID[name] for name in kept}
        assert not WebRegistration.objects.exists()

    @pytest.mark.parametrize("text", ["<script>x</script>", "😀", "\u202eabc", "'; DROP TABLE"])
    def test_odd_text_is_only_text(self, client, text):
        assert send(client, story=text).status_code == 302
        assert WebRegistration.objects.get().story == text

    def test_far_too_much_is_refused_calmly(self, client):
        assert send(client, story="a" * 3_000_000).status_code == 400


class TestSendingTwice:
    def test_the_same_form_twice_is_one_registration(self, client):
        form = SAID | opened(client)
        first, second = (client.post(ADDRESS, form) for _ in range(2))
        assert (first.status_code, second.status_code) == (302, 302)
        assert WebRegistration.objects.count() == OutgoingMail.objects.count() == 1

    def test_who_goes_back_and_changes_something_is_heard(self, client):
        form = SAID | opened(client)
        client.post(ADDRESS, form)
        client.post(ADDRESS, form | {"phone": "0622223333"})
        assert WebRegistration.objects.count() == 2


class TestAgainstAbuse:
    def test_a_page_that_was_open_too_long_comes_back_with_what_was_typed(self):
        client = Client(enforce_csrf_checks=True)
        form = SAID | opened(client)
        page = client.post(ADDRESS, form | {"csrfmiddlewaretoken": "oud"})
        assert page.status_code == 403
        assert "pleeggezin" in page.content.decode()
        assert not WebRegistration.objects.exists()
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]
        again = form | {"csrfmiddlewaretoken": token, "given": page.context["given"]}
        assert client.post(ADDRESS, again).status_code == 302

    def test_who_is_very_fast_is_asked_to_look_once_more(self, client, settings):
        settings.FORM_TAKES = timedelta(hours=1)
        page = send(client)
        assert "nog één keer na" in page.content.decode()
        assert "pleeggezin" in page.content.decode()
        settings.FORM_TAKES = timedelta(0)
        again = SAID | {"given": page.context["given"]}
        assert client.post(ADDRESS, again).status_code == 302

    @pytest.mark.parametrize("given", ["", "onzin", "a:b:c"])
    def test_a_form_that_we_never_gave_out_is_shown_once_more_and_then_taken(
        self, client, settings, given
    ):
        settings.FORM_TAKES = timedelta(seconds=3)
        page = client.post(ADDRESS, SAID | {"given": given})
        assert not WebRegistration.objects.exists()
        again = SAID | {"given": page.context["given"]}
        assert client.post(ADDRESS, again).status_code == 302

    def test_the_box_that_is_not_for_people_is_shown_to_who_filled_it_in(self, client):
        page = send(client, website="http://example.org")
        text = page.content.decode()
        assert "Laat dit vak leeg" in text
        assert 'aria-hidden="true"' not in text.partition("<main")[2]
        assert not WebRegistration.objects.exists()
        again = SAID | {"given": page.context["given"], "website": ""}
        assert client.post(ADDRESS, again).status_code == 302

    def test_one_address_sends_only_so_many(self, client):
        most = LIMITS["web_registration"]["address"][0].most
        for number in range(most):
            assert send(client, last_name=f"Kade{number}").status_code == 302
        page = send(client, last_name="Nog een")
        assert page.status_code == 429
        assert "pleeggezin" in page.content.decode()
        assert "Bel 085" in page.content.decode()
        assert WebRegistration.objects.count() == most

    def test_one_post_box_gets_only_so_many_letters(self, client):
        for number in range(5):
            send(client, last_name=f"Kade{number}")
        assert WebRegistration.objects.count() == 5
        assert OutgoingMail.objects.count() == 3

    @pytest.mark.parametrize("key", ["onzin", "a:b:c", "W00001"])
    def test_a_receipt_cannot_be_guessed(self, client, key):
        assert client.get(f"/aanmelden/ontvangen/{key}/").status_code == 404


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_clicks_at_once_are_one_registration():
    pk, together = uuid4(), Barrier(3)

    def click() -> None:
        together.wait()
        receive(id=pk, said=KEPT)
        connection.close()

    clicks = [Thread(target=click) for _ in range(3)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert WebRegistration.objects.count() == 1
