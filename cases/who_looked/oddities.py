"""Odd access: three fixed rules over the read log, and every read in an emergency.

A rule finds; it doesn't accuse. The privacy officer looks at each finding and says what it was.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import ExtractHour, TruncHour

from accounts.models import AccessLine
from cases.models import AccessReview
from facts.dates import AMSTERDAM

from .closed import of_a_closed_file

Rule = AccessReview.Rule
Action, Ground = AccessLine.Action, AccessLine.Ground
AN_HOUR = timedelta(hours=1)
NIGHT_BEGINS, NIGHT_ENDS = 22, 6  # o'clock in Amsterdam
DAYS_BACK = 30
NOON = time(12)  # nobody's night is cut in two there
FILES = ("gezin", "aanmelding")


@dataclass
class Finding:
    """Lines of one colleague that a rule found, as one thing to look at."""

    rule: str
    lines: list[AccessLine]

    @property
    def first(self) -> AccessLine:
        return self.lines[0]

    @property
    def last(self) -> AccessLine:
        return self.lines[-1]

    @property
    def files(self) -> int:
        return len({line.object_id for line in self.lines if line.object_type in FILES})


def findings(until: datetime) -> list[Finding]:
    """What the rules find in the thirty days before `until`, newest first."""
    first_day = until.astimezone(AMSTERDAM).date() - timedelta(days=DAYS_BACK)
    since = datetime.combine(first_day, NOON, AMSTERDAM)
    shown = AccessLine.objects.filter(
        at__range=(since, until),
        outcome=AccessLine.Outcome.SHOWN,
        actor__isnull=False,
        number__isnull=False,
    ).order_by("number")
    found = [
        *_many_in_an_hour(shown),
        *_together(Rule.NIGHT, at_night(shown), by=lambda line: (line.actor_id, _night(line))),
        *_together(Rule.CLOSED, of_a_closed_file(shown), by=_one_file_a_day),
        *_together(Rule.EMERGENCY, opened_in_emergency(shown), by=_one_file_a_day),
    ]
    return sorted(found, key=lambda finding: finding.last.number, reverse=True)


def at_night(shown: QuerySet) -> QuerySet:
    """Lines that showed somebody, from ten in the evening until six."""
    hour = shown.annotate(hour=ExtractHour("at", tzinfo=AMSTERDAM)).exclude(subjects=[])
    return hour.filter(Q(hour__gte=NIGHT_BEGINS) | Q(hour__lt=NIGHT_ENDS)).exclude(
        ground=Ground.EMERGENCY,
        object_type__in=FILES,  # has a rule of its own
    )


def opened_in_emergency(shown: QuerySet) -> QuerySet:
    """Not a list on which the file stands."""
    return shown.filter(ground=Ground.EMERGENCY, object_type__in=FILES)


def _many_in_an_hour(shown: QuerySet) -> Iterator[Finding]:
    """More files by one person than the setting allows within any hour.

    When an hour anywhere holds more than N files, one of the two clock hours that it touches holds
    more than half of N: only who has such an hour is read line by line.
    """
    most = settings.MOST_FILES_AN_HOUR
    files = shown.filter(object_type__in=FILES)
    busy = (
        files.order_by()
        .values("actor", hour=TruncHour("at"))
        .annotate(many=Count("object_id", distinct=True))
        .filter(many__gt=most / 2)
    )
    for actor in {row["actor"] for row in busy}:
        yield from _bursts(files.filter(actor=actor).select_related("actor"), most)


def _bursts(lines: Iterable[AccessLine], most: int) -> Iterator[Finding]:
    """The hours, sliding along, in which more than `most` files were opened; those that overlap
    are one."""
    window: deque[AccessLine] = deque()
    burst: list[AccessLine] = []
    for line in lines:
        window.append(line)
        while line.at - window[0].at >= AN_HOUR:
            window.popleft()
        if len(Counter(one.object_id for one in window)) > most:
            seen = {one.number for one in burst}
            if burst and burst[-1].number < window[0].number:
                yield Finding(Rule.MANY, burst)
                burst, seen = [], set()
            burst += [one for one in window if one.number not in seen]
    if burst:
        yield Finding(Rule.MANY, burst)


def _together(rule: str, lines: QuerySet, by: Callable[[AccessLine], Any]) -> Iterator[Finding]:
    groups: dict[Any, list[AccessLine]] = defaultdict(list)
    for line in lines.select_related("actor"):
        groups[by(line)].append(line)
    return (Finding(rule, lines) for lines in groups.values())


def _night(line: AccessLine) -> Any:
    """The day on which the night began."""
    return (line.at.astimezone(AMSTERDAM) - timedelta(hours=NIGHT_ENDS)).date()


def _one_file_a_day(line: AccessLine) -> tuple:
    return line.actor_id, line.object_id, line.at.astimezone(AMSTERDAM).date()


def without_reviewed(found: list[Finding]) -> tuple[list[Finding], list[tuple]]:
    """What still has to be looked at, and what was: each with its review."""
    reviews = AccessReview.objects.filter(
        first_line__in=[finding.first.number for finding in found]
    ).select_related("reviewed_by")
    by_key = {(one.rule, one.first_line): one for one in reviews.order_by(F("last_line"))}
    open_ones, done = [], []
    for finding in found:
        review = by_key.get((finding.rule, finding.first.number))
        if review and review.last_line >= finding.last.number:
            done.append((finding, review))
        else:
            open_ones.append(finding)
    return open_ones, done
