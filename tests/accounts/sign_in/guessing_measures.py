"""How far guessing gets, as figures: of one account (T1), of many at once (T2), and of who has an
account at all (T3). Of whoever calls these is the database; a clock is moved by moving the counts.
"""

import re
import time
from collections.abc import Callable
from datetime import timedelta

from django.db.models import F
from django.test import Client, override_settings

from accounts.models import GuessCount, OutgoingMail, User
from tests.accounts.sign_in.helpers import account, administrator, give_password

LOCKED = re.compile(r"Er is te vaak geprobeerd")
HOUR = timedelta(hours=1)
WARMING_UP = 3  # the first ones load code


def shows_the_page() -> bool:
    """Or nothing would be measured."""
    return "Inloggen" in Client().get("/inloggen/").content.decode()


def tried_in_an_hour(posts: int = 1000) -> int:
    """How many of so many guesses at one account, spread over an hour and from one address, were
    looked at: the others were refused unseen."""
    account("rik@ot.example.org")
    client, tried = Client(), 0
    with override_settings(EVEN_SECONDS=0):
        for number in range(posts):
            answer = give_password(client, "rik@ot.example.org", f"verkeerd {number}")
            tried += not LOCKED.search(answer.content.decode())
            GuessCount.objects.update(resets_at=F("resets_at") - HOUR / posts)
    GuessCount.objects.all().delete()
    return tried


def sprayed_before_an_alarm(accounts: int = 200, times: int = 5) -> int | None:
    """So many passwords at so many accounts, each try from an address of its own through the
    trusted proxy: after how many the administrators have a letter. None: they hear nothing."""
    administrator()
    with override_settings(EVEN_SECONDS=0, ALLAUTH_TRUSTED_PROXY_COUNT=1):
        for number in range(accounts * times):
            address = f"198.51.{number // 250}.{number % 250}"
            email = f"pb{number % accounts}@ot.example.org"
            how = {"headers": {"X-Forwarded-For": address}}
            give_password(Client(), email, f"zomer {number // accounts}", **how)
            if OutgoingMail.objects.filter(purpose="guessing_alarm").exists():
                return number + 1
    return None


def signing_in(client: Client, email: str) -> None:
    give_password(client, email, "verkeerd wachtwoord")


def asking_for_a_letter(client: Client, email: str) -> None:
    client.post("/wachtwoord-vergeten/", {"email": email})


def told_apart_by_time(make: Callable[[Client, str], None], rounds: int = 500) -> float:
    """The area under the curve of who sorts known and unknown by the time of an answer: 0.5 is
    tossing a coin, 1 is always right. Which way round doesn't matter."""
    if not User.objects.filter(email="els@ot.example.org").exists():
        account("els@ot.example.org")
    taken: dict[bool, list[float]] = {True: [], False: []}
    for number in range(rounds + WARMING_UP):
        for known in (number % 2 == 0, number % 2 == 1):  # neither always goes first
            email = "els@ot.example.org" if known else f"nee{number}@ot.example.org"
            GuessCount.objects.all().delete()
            client = Client()
            began = time.perf_counter()
            make(client, email)
            if number >= WARMING_UP:
                taken[known].append(time.perf_counter() - began)
    curve = area_under_curve(taken[True], taken[False])
    return max(curve, 1 - curve)


def area_under_curve(known: list[float], unknown: list[float]) -> float:
    """How well time tells them apart: 0.5 not at all, 0 or 1 completely."""
    wins = sum((a > b) + 0.5 * (a == b) for a in known for b in unknown)
    return wins / (len(known) * len(unknown))
