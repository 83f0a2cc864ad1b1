"""Guessing at the second step ends soon, and the owner hears of it (T7)."""

from datetime import timedelta

import pytest
from django.db.models import F

from accounts.guessing import LIMITS, Limit
from accounts.models import GuessCount, OutgoingMail

from .helpers import account, code_of, give_app, give_code, give_password, is_in, wrong_code

pytestmark = pytest.mark.django_db


def test_ten_wrong_codes_close_the_step_also_for_a_right_one(client):
    secret = give_app(account())
    give_password(client)
    answers = [give_code(client, wrong_code(secret)) for _ in range(11)]
    assert all("Deze code klopt niet" in answer.content.decode() for answer in answers[:10])
    assert "Er is te vaak geprobeerd" in answers[10].content.decode()
    give_code(client, code_of(secret))
    assert not is_in(client)
    GuessCount.objects.update(resets_at=F("resets_at") - timedelta(minutes=16))
    give_password(client)
    give_code(client, code_of(secret))
    assert is_in(client)


def test_the_owner_hears_of_it_once(client):
    secret = give_app(account())
    give_password(client)
    for _ in range(14):
        give_code(client, wrong_code(secret))
    assert [mail.purpose for mail in OutgoingMail.objects.all()] == ["guessing"]


def test_in_a_whole_day_fewer_are_tried_than_the_quarters_would_allow(client, monkeypatch):
    limits = [Limit(3, timedelta(minutes=15)), Limit(7, timedelta(days=1))]
    monkeypatch.setitem(LIMITS["second_step"], "account", limits)
    secret = give_app(account())
    tried = 0
    for _ in range(4):  # each time after the quarter
        give_password(client)
        for _ in range(4):
            answer = give_code(client, wrong_code(secret)).content.decode()
            tried += "Deze code klopt niet" in answer
        short = GuessCount.objects.filter(count__lte=4)
        short.update(resets_at=F("resets_at") - timedelta(minutes=16))
    assert tried == 7
