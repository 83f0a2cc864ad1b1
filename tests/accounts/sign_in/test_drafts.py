"""What someone was typing is there again: for that person, that form and that object (T31)."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.db.models import F

from accounts.models import BrowserSession, Draft, Team
from accounts.services.drafts import clear_old

from .helpers import account, give_code, give_password, next_code, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.sign_in.draft_page")]
TYPED = {"subject": "Gesprek 3 mei", "text": "Zij zei: 'ik slaap <b>slecht</b>'\n— en ik ook 😀"}


@pytest.fixture
def rik():
    return account()


@pytest.fixture
def team():
    return Team.objects.create(name="Team Oost")


def page_of(team) -> str:
    return f"/notitie/{team.pk}/"


def key_on(client, team) -> str:
    return client.get(page_of(team)).context["typed"].key


def keep(client, key, content=TYPED):
    return client.post("/concept/", {"key": key, "content": json.dumps(content)})


def shown(client, team) -> dict:
    form = client.get(page_of(team)).context["form"]
    return {name: form[name].value() for name in ("subject", "text")}


def test_after_the_time_out_the_text_is_there_again(rik, team):
    client = signed_in(rik)
    assert keep(client, key_on(client, team)).json() == {"kept": True}
    BrowserSession.objects.update(seen_at=F("seen_at") - timedelta(minutes=20))
    answer = client.get(page_of(team))
    assert answer.status_code == 302
    give_password(client, next=page_of(team))
    assert give_code(client, next_code(rik))["Location"] == page_of(team)
    assert shown(client, team) == TYPED
    assert "Je eerdere tekst is teruggezet" in client.get(page_of(team)).content.decode()


def test_without_a_draft_nothing_is_said(rik, team):
    client = signed_in(rik)
    assert shown(client, team) == {"subject": "Gesprek", "text": None}
    assert "teruggezet" not in client.get(page_of(team)).content.decode()


def test_it_never_shows_at_another_object_or_to_another_person(rik, team):
    client = signed_in(rik)
    keep(client, key_on(client, team))
    other_team = Team.objects.create(name="Team West")
    colleague = signed_in(account("pim@ot.example.org"))
    assert shown(client, other_team)["text"] is None
    assert shown(colleague, team)["text"] is None


def test_the_key_of_another_keeps_nothing(rik, team):
    key = key_on(signed_in(rik), team)
    colleague = signed_in(account("pim@ot.example.org"))
    answer = keep(colleague, key)
    assert (answer.status_code, answer.json()) == (
        400,
        {"error": "Deze pagina is van iemand anders."},
    )
    assert not Draft.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "x:y:z", "notitie/accounts.team/1"])
def test_a_made_up_key_keeps_nothing(rik, key):
    assert keep(signed_in(rik), key).status_code == 400
    assert not Draft.objects.exists()


def test_a_key_of_yesterday_keeps_nothing(rik, team):
    client = signed_in(rik)
    with time_machine.travel(timedelta(hours=-25)):
        key = key_on(client, team)
    assert keep(client, key).status_code == 400


def test_saving_the_form_ends_the_draft(rik, team):
    client = signed_in(rik)
    keep(client, key_on(client, team))
    client.post(page_of(team), TYPED)
    assert shown(client, team)["text"] is None
    assert Draft.objects.get().content == {}


def test_words_that_arrive_after_saving_bring_nothing_back(rik, team):
    client = signed_in(rik)
    key = key_on(client, team)
    client.post(page_of(team), {**TYPED, "typed": key})
    assert keep(client, key).json() == {"kept": False}
    assert shown(client, team)["text"] is None
    assert keep(client, key_on(client, team)).json() == {"kept": True}, "a new page may"


def test_throwing_it_away_leads_back_to_the_form(rik, team):
    client = signed_in(rik)
    key = key_on(client, team)
    keep(client, key)
    answer = client.post("/concept/weg/", {"key": key, "back": page_of(team)})
    assert answer["Location"] == page_of(team)
    assert shown(client, team)["text"] is None


@pytest.mark.parametrize("back", ["https://x.nl/", "//x.nl/", "javascript:alert(1)", ""])
def test_throwing_it_away_leads_nowhere_else(rik, team, back):
    client = signed_in(rik)
    answer = client.post("/concept/weg/", {"key": key_on(client, team), "back": back})
    assert answer["Location"] == "/"


@pytest.mark.parametrize(
    "content",
    ["", "[]", "null", '"x"', '{"a": 1}', '{"a": {"b": "c"}}', '{"a": [1]}', "{", "1" * 2_000_000],
)
def test_what_is_no_form_is_not_kept(rik, team, content):
    client = signed_in(rik)
    answer = client.post("/concept/", {"key": key_on(client, team), "content": content})
    assert answer.status_code == 400
    assert not Draft.objects.exists()


def test_too_much_text_is_said_and_not_kept(rik, team):
    client = signed_in(rik)
    answer = keep(client, key_on(client, team), {"text": "x" * 200_001})
    assert "te veel tekst" in answer.json()["error"]


def test_a_NUL_is_left_out(rik, team):
    client = signed_in(rik)
    keep(client, key_on(client, team), {"text": "a\0b", "topics": ["a\0"]})
    assert Draft.objects.get().content == {"text": "ab", "topics": ["a"]}


def test_the_text_is_shown_as_text(rik, team):
    client = signed_in(rik)
    keep(client, key_on(client, team), {"text": "</textarea><script>x</script>"})
    assert "<script>x" not in client.get(page_of(team)).content.decode()


def test_signed_out_nothing_is_kept(client, rik, team):
    key = key_on(signed_in(rik), team)
    assert keep(client, key).status_code == 302
    assert not Draft.objects.exists()


def test_after_thirty_days_it_is_gone(rik, team):
    client = signed_in(rik)
    keep(client, key_on(client, team))
    Draft.objects.update(updated_at=F("updated_at") - timedelta(days=31))
    assert clear_old() == 1
