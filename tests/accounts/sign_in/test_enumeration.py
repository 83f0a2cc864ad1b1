"""Who has an account shows nowhere: not in words, not in codes, not in time (T3)."""

import statistics
import time

import pytest
from django.db import connection
from django.test import Client

from accounts.models import GuessCount, OutgoingMail

from .guessing_measures import area_under_curve
from .helpers import account, give_password, words_of

pytestmark = pytest.mark.django_db
ROUNDS = 30


def answers(make) -> list[tuple]:
    """What a stranger sees for someone in use, closed, never invited, and unknown."""
    account("in-gebruik@ot.example.org")
    account("gesloten@ot.example.org", is_active=False)
    account("niet-uitgenodigd@ot.example.org", invited_at=None)
    names = ("in-gebruik", "gesloten", "niet-uitgenodigd", "onbekend")
    seen = []
    for name in names:
        email = f"{name}@ot.example.org"
        response = make(Client(), email)
        headers = sorted(name for name, _ in response.items())
        seen.append((response.status_code, headers, words_of(response).replace(email, "…")))
    return seen


def test_a_wrong_password_gets_one_answer_for_all():
    seen = answers(lambda client, email: give_password(client, email, "verkeerd wachtwoord"))
    assert all(one == seen[0] for one in seen)
    assert "horen niet bij elkaar" in seen[0][2]


def test_the_right_password_of_a_closed_account_is_a_wrong_one():
    seen = answers(lambda client, email: give_password(client, email))
    assert seen[1] == seen[2] == seen[3]


def test_asking_for_a_letter_gets_one_answer_for_all():
    seen = answers(lambda client, email: client.post("/wachtwoord-vergeten/", {"email": email}))
    assert all(one == seen[0] for one in seen)
    assert [mail.to for mail in OutgoingMail.objects.all()] == ["in-gebruik@ot.example.org"]


def timed(make) -> dict[str, list[float]]:
    taken = {"known": [], "unknown": []}
    for number in range(ROUNDS + 3):
        for kind, email in (("known", "rik@ot.example.org"), ("unknown", f"nee{number}@ot.nl")):
            GuessCount.objects.all().delete()
            client = Client()
            began = time.perf_counter()
            make(client, email)
            if number >= 3:  # the first ones load code
                taken[kind].append(time.perf_counter() - began)
    return taken


@pytest.mark.parametrize("page", ["signing in", "asking for a letter"])
def test_time_does_not_tell(page, settings, monkeypatch):
    """A worker is woken up at commit, which a page waits for, and a test never reaches."""
    settings.EVEN_SECONDS = 0.05
    monkeypatch.setattr("accounts.forms.sign_in.wake_a_worker", lambda *which: None)
    account()

    def make(client, email):
        if page == "signing in":
            give_password(client, email, "verkeerd wachtwoord")
        else:
            client.post("/wachtwoord-vergeten/", {"email": email})

    taken = timed(make)
    curve = area_under_curve(taken["known"], taken["unknown"])
    fastest, slowest = min(map(min, taken.values())), statistics.median(taken["known"])
    assert fastest >= settings.EVEN_SECONDS
    # By chance the curve strays 0.15 from the middle with so few; the even time is what counts.
    assert 0.2 <= curve <= 0.8 or slowest < 1.1 * settings.EVEN_SECONDS, (curve, taken)


def test_nothing_is_held_while_time_is_made_even(settings, monkeypatch):
    """A stranger's request that waits has committed: nobody waits for it."""
    settings.EVEN_SECONDS = 0.05
    account()
    depths = []
    outside = len(connection.savepoint_ids)
    monkeypatch.setattr(
        "time.sleep", lambda seconds: depths.append(len(connection.savepoint_ids) - outside)
    )
    give_password(Client(), "rik@ot.example.org", "verkeerd wachtwoord")
    Client().post("/wachtwoord-vergeten/", {"email": "rik@ot.example.org"})
    assert depths == [0, 0]
