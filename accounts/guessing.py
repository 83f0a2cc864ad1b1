"""Limits on guessing: per account, per address and in all, the same for every process.

A guess is counted before it is tried, in one statement that no other process can come between,
and given back when it was right. So however many processes try at once, no more than the limit
get through. A limit ends by itself at a time that the message names.

The owner isn't locked out by someone else's guesses: a browser that signed in to this account
before (accounts/browsers.py) has a count of its own.
"""

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.core.internal.ratelimit import get_ip
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import GuessCount
from accounts.services.alarms import warn_of_spraying

log = logging.getLogger(__name__)

COUNT_ONE = """
    INSERT INTO accounts_guesscount AS counted (name, count, resets_at)
    VALUES (%(name)s, 1, clock_timestamp() + %(window)s)
    ON CONFLICT (name) DO UPDATE SET
        count = CASE WHEN counted.resets_at <= clock_timestamp() THEN 1 ELSE counted.count + 1 END,
        resets_at = CASE WHEN counted.resets_at <= clock_timestamp()
            THEN excluded.resets_at ELSE counted.resets_at END
    RETURNING count, resets_at
"""


@dataclass(frozen=True)
class Limit:
    """At most `most` wrong guesses in `window`."""

    most: int
    window: timedelta


QUARTER, DAY = timedelta(minutes=15), timedelta(days=1)
# Of what, and counted for whom. An office behind one address makes some mistakes together.
LIMITS = {
    "password": {
        "address": [Limit(60, QUARTER)],
        "account": [Limit(10, QUARTER)],
        "everyone": [Limit(600, QUARTER)],
    },
    "second_step": {
        "address": [Limit(60, QUARTER)],
        "account": [Limit(10, QUARTER), Limit(40, DAY)],
    },
    "forgotten": {
        "address": [Limit(20, QUARTER)],
        "account": [Limit(4, QUARTER)],
        "everyone": [Limit(200, QUARTER)],
    },
    "invitation": {"address": [Limit(20, QUARTER)]},
    # What strangers send in: a library or an office lets several people do so from one address.
    "web_registration": {
        "address": [Limit(10, QUARTER), Limit(50, DAY)],
        "everyone": [Limit(200, QUARTER)],
    },
    "survey_link": {"address": [Limit(60, QUARTER)]},  # of 256 bits: no guess hits in a lifetime
    "receipt": {"account": [Limit(3, DAY)]},  # letters to one e-mail address
}


# From so many wrong guesses in a quarter of an hour, wherever they come from, the administrators
# hear of it; and whenever an address is shut. At most one letter a quarter (T2).
ALARM_AT = {"password": 100}
ALARM = Limit(1, QUARTER)


class TooManyGuesses(ValidationError):
    """`just_now`: this guess is the first one over the limit of an account."""

    def __init__(self, until: datetime, *, just_now: bool) -> None:
        self.until, self.just_now = until, just_now
        super().__init__(f"Er is te vaak geprobeerd. Probeer het opnieuw {_when(until)}.")


@dataclass(frozen=True)
class Guess:
    """One guess that was counted; say `was_right` to give it back."""

    names: tuple[str, ...]

    def was_right(self) -> None:
        for name in self.names:  # one by one, in the order of counting: no deadlock
            GuessCount.objects.filter(pk=name, count__gt=0).update(count=F("count") - 1)


def count_guess(
    request: HttpRequest, kind: str, *, account: str = "", known_browser: str = ""
) -> Guess:
    """Count a guess of this `kind` (see LIMITS). Raises TooManyGuesses."""
    names = []
    for whose, value in _counted(request, account, known_browser):
        for limit in LIMITS[kind].get(whose, ()):
            names.append(_count(kind, whose, value, limit))
    return Guess(tuple(names))


def _counted(request: HttpRequest, account: str, known_browser: str) -> Iterable[tuple[str, str]]:
    """What counts, the narrowest first: who is over one limit adds nothing to the next."""
    if known_browser:
        yield "account", f"{account} in {known_browser}"
        return
    yield "address", get_ip(request)
    if account:
        yield "account", account
    yield "everyone", ""


def _count(kind: str, whose: str, value: str, limit: Limit) -> str:
    name = _name(kind, whose, value, limit)
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ONE, {"name": name, "window": limit.window})
        count, resets_at = cursor.fetchone()
    if whose == "everyone" and count == ALARM_AT.get(kind):
        _tell_the_administrators(kind)
    if count > limit.most:
        first = count == limit.most + 1
        if first and whose != "account":
            log.error("Te veel verkeerde pogingen (%s, %s): dicht tot %s", kind, whose, resets_at)
            if kind in ALARM_AT:
                _tell_the_administrators(kind)
        raise TooManyGuesses(resets_at, just_now=first and whose == "account")
    return name


def _tell_the_administrators(kind: str) -> None:
    params = {"name": _name("alarm", kind, "", ALARM), "window": ALARM.window}
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ONE, params)
        first = cursor.fetchone()[0] == 1
    if first:
        warn_of_spraying()


def forget_guesses(kind: str, account: str) -> None:
    """The owner proved in another way to be the owner."""
    names = [_name(kind, "account", account, limit) for limit in LIMITS[kind]["account"]]
    GuessCount.objects.filter(pk__in=names).delete()


def clear_ended() -> int:
    """Throw away the counts that no longer limit anything."""
    return GuessCount.objects.filter(resets_at__lt=Now()).delete()[0]


def _name(kind: str, whose: str, value: str, limit: Limit) -> str:
    text = f"{kind}|{whose}|{value}|{limit.most} in {limit.window}"
    return hashlib.sha256(text.encode()).hexdigest()


def _when(until: datetime) -> str:
    local, today = timezone.localtime(until) + timedelta(minutes=1), timezone.localdate()
    day = "" if local.date() == today else f"op {local:%d-%m} "
    return f"{day}na {local:%H:%M} uur"
