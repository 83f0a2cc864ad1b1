"""What a round would do, before it starts: numbers and a sample without names."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from uuid import UUID

from cases.models import Person
from facts.among import among
from surveys.models import Audience, Invitation, Round

from .groups import LABELS, TooFew, coarse_groups, fine_group
from .reasons import REASONS
from .who import CLOSED, Candidate

WORDS = {Audience.PARENT: "ouder", Audience.CHILD: "kind", Audience.YOUNG: "jongere"}
LATELY = timedelta(weeks=2)
# How long ago what keeps someone out was written down.
AGES = (
    (LATELY, "de laatste 2 weken"),
    (timedelta(weeks=13), "2 weken tot 3 maanden"),
    (timedelta.max, "langer geleden"),
)
SAMPLE = 8
# Who opted out is in no file: told apart, two previews with other rules would name them.
TOLD_AS = {"opted_out": "no_consent"}


@dataclass(frozen=True)
class Kept:
    """How many are kept out for one reason; `ages` says of how many since when, newest first."""

    reason: str
    many: int
    ages: list[tuple[str, int]]


@dataclass(frozen=True)
class Preview:
    """`groups`: None when there are too few people for a round."""

    invited: int
    groups: list[tuple[str, int]] | None
    sample: list[str]
    kept: list[Kept]
    new_addresses: int
    shared_addresses: int


def preview(candidates: list[Candidate], *, now: datetime) -> Preview:
    chosen = [one for one in candidates if not one.reason]
    addresses = _addresses([one.person for one in chosen])
    return Preview(
        invited=len(chosen),
        groups=_groups(chosen),
        sample=_sample(chosen),
        kept=_kept(candidates, now),
        new_addresses=_changed_lately(addresses, now - LATELY),
        shared_addresses=sum(many for many in Counter(addresses.values()).values() if many > 1),
    )


def _groups(chosen: list[Candidate]) -> list[tuple[str, int]] | None:
    try:
        belongs = coarse_groups(chosen)
    except TooFew:
        return None
    sizes = Counter(belongs[fine_group(one)] for one in chosen)
    return [(LABELS[key], sizes[key]) for key in LABELS if sizes[key]]


def _sample(chosen: list[Candidate]) -> list[str]:
    """Some at random; the year is as fine as it gets."""
    some = SystemRandom().sample(chosen, min(SAMPLE, len(chosen)))
    return sorted(
        f"{WORDS[Audience(one.audience)]}, traject "
        f"{'afgesloten in' if one.standing == CLOSED else 'loopt sinds'} {one.since:%Y}"
        for one in some
    )


def _kept(candidates: Iterable[Candidate], now: datetime) -> list[Kept]:
    moments: dict[str, list[datetime | None]] = defaultdict(list)
    for one in candidates:
        if one.reason:
            moments[TOLD_AS.get(one.reason, one.reason)].append(one.noted_at)
    return [
        Kept(REASONS[reason], len(moments[reason]), _ages(moments[reason], now))
        for reason in REASONS
        if reason in moments
    ]


def _ages(moments: list[datetime | None], now: datetime) -> list[tuple[str, int]]:
    known = Counter(
        next(words for limit, words in AGES if now - moment <= limit)
        for moment in moments
        if moment
    )
    found = [(words, known[words]) for _, words in AGES if known[words]]
    if found and (unknown := moments.count(None)):
        found.append(("geen dag bekend", unknown))
    return found


def _addresses(ids: list[UUID]) -> dict[UUID, str]:
    rows = Person.objects.filter(pk__in=among(ids)).values_list("pk", "email")
    return {pk: email.lower() for pk, email in rows}


def addresses_changed(round: Round) -> int:
    """Of how many who were asked the address is another than at the start of the round."""
    invited = Invitation.objects.filter(round=round).values_list("person", flat=True)
    return _changed_lately(_addresses(list(invited)), round.started_at)


def _changed_lately(addresses: dict[UUID, str], since: datetime) -> int:
    """Of how many the address was another before `since`."""
    if not addresses:
        return 0
    rows = Person.history.filter(id__in=among(addresses), history_date__lt=since)
    before = rows.order_by("id", "-history_id").distinct("id").values_list("id", "email")
    return sum(email.lower() != addresses[pk] for pk, email in before)
