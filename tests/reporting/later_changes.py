"""Anything that may be done later in a file, each with the cause that a comparison must give it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.models import (
    Code,
    Custody,
    DesiredSituation,
    Family,
    FamilyMember,
    InstitutionInvolvement,
    Intake,
    Placement,
    StatusChange,
    SupportRequest,
)
from cases.services import (
    NewPerson,
    close,
    correct,
    note,
    register,
    reopen,
    start,
    withdraw_last_move,
)
from cases.services.editing import withdraw_fact
from facts.models import Fact

WRONG = {"by": None, "reason": "Stond verkeerd"}
Change = Callable[[Random, Family, date], str]


class NotHere(Exception):
    """This change can't be made in this family."""


def a(chance: Random, facts: Any) -> Any:
    found = list(facts.order_by("pk"))
    if not found:
        raise NotHere
    return chance.choice(found)


def an_entry(chance: Random, name: str, other_than: str | None = None) -> Code:
    return a(chance, Code.objects.in_list(name).exclude(pk=other_than))


def standing(model: type[Fact], family: Family, day: date | None = None, **more: Any) -> Any:
    """The facts of a family that stand, and happened by `day`."""
    found = model.objects.standing().filter(**(more or {"family": family}))
    return found.filter(happened_on__lte=day) if day else found


def children(family: Family) -> list:
    return list(
        standing(FamilyMember, family).filter(role="child").values_list("person_id", flat=True)
    )


# --- What was late ---------------------------------------------------------------------------
def registered_late(chance: Random, family: Family, day: date) -> str:
    someone = NewPerson("Nora", "Nieuw", "mother")
    on = day - timedelta(days=chance.randrange(60))
    registration = register(applicants=[someone], happened_on=on, by=None, family=family)
    if chance.random() < 0.5:
        start(registration=registration, on=day, by=None)
    return "late"


def placed_late(chance: Random, family: Family, day: date) -> str:
    kids = children(family)
    if not kids:
        raise NotHere
    on = day - timedelta(days=chance.randrange(300))
    residence = an_entry(chance, "residence")
    note(Placement(child_id=chance.choice(kids), happened_on=on, residence=residence), by=None)
    return "late"


def ended_late(chance: Random, family: Family, day: date) -> str:
    spells = standing(Placement, family, day, child__in=children(family)).filter(ended_on=None)
    correct(a(chance, spells), ended_on=day, **WRONG)
    return "late"


def asked_late(chance: Random, family: Family, day: date) -> str:
    asked = an_entry(chance, "support_request")
    note(SupportRequest(family=family, request=asked, happened_on=day), by=None)
    return "late"


def moved_on_late(chance: Random, family: Family, day: date) -> str:
    """A status that took effect by `day`."""
    registration = a(chance, standing(Intake, family, day)).registration
    for move in (start, reopen, close):
        more = {"reason": an_entry(chance, "closing_reason")} if move is close else {}
        try:
            with transaction.atomic():
                move(registration=registration, on=day, by=None, **more)
        except ValidationError:
            continue
        return "dated_back"
    raise NotHere


# --- What had no day -------------------------------------------------------------------------
def wished(chance: Random, family: Family, day: date) -> str:
    have = standing(DesiredSituation, family).values("situation")
    wish = a(chance, Code.objects.in_list("desired_situation").exclude(pk__in=have))
    note(DesiredSituation(family=family, situation=wish), by=None)
    return "filled_in"


# --- What was wrong --------------------------------------------------------------------------
def another_day(chance: Random, family: Family, day: date) -> str:
    intake = a(chance, standing(Intake, family, day))
    correct(intake, happened_on=intake.happened_on - timedelta(days=45), **WRONG)
    return "corrected"


def another_role(chance: Random, family: Family, day: date) -> str:
    member = a(chance, standing(FamilyMember, family).exclude(role=""))
    role = chance.choice([one for one in ("mother", "father", "other") if one != member.role])
    correct(member, role=role, **WRONG)
    return "corrected"


def born_later(chance: Random, family: Family, day: date) -> str:
    born = standing(FamilyMember, family).filter(role="child", birth_date__isnull=False)
    correct(a(chance, born), birth_date=day + timedelta(days=200), **WRONG)
    return "corrected"


def another_region(chance: Random, family: Family, day: date) -> str:
    involved = a(chance, standing(InstitutionInvolvement, family, day))
    region = an_entry(chance, "youth_region", other_than=involved.region_id)
    correct(involved, region=region, **WRONG)
    return "corrected"


def other_custody(chance: Random, family: Family, day: date) -> str:
    answer = a(chance, standing(Custody, family, child__in=children(family)))
    correct(answer, holds=not answer.holds, **WRONG)
    return "corrected"


def taken_back(chance: Random, family: Family, day: date) -> str:
    model = chance.choice((SupportRequest, InstitutionInvolvement))
    withdraw_fact(fact=a(chance, standing(model, family, day)), **WRONG)
    return "withdrawn"


def status_taken_back(chance: Random, family: Family, day: date) -> str:
    """Of a registration of which nothing is dated later."""
    moved = standing(StatusChange, family, registration__intakes__family=family)
    if moved.filter(happened_on__gt=day).exists():
        raise NotHere
    registration = a(chance, moved).registration
    withdraw_last_move(registration=registration, **WRONG)
    return "withdrawn"


CHANGES: tuple[Change, ...] = (
    registered_late, placed_late, ended_late, asked_late, moved_on_late, wished, another_day,
    another_role, born_later, another_region, other_custody, taken_back, status_taken_back,
)  # fmt: skip


@contextmanager
def as_may_be() -> Iterator[None]:
    """What the rules of a file refuse is not done."""
    try:
        with transaction.atomic():
            yield
    except ValidationError as refusal:
        raise NotHere from refusal


def changed_later(chance: Random, families: list[Family], day: date) -> dict[str, str]:
    """One change in each of `families`, where one can be made: id of the family -> its cause."""
    ledger = {}
    for family in families:
        for change in chance.sample(CHANGES, len(CHANGES)):
            try:
                with as_may_be():
                    ledger[str(family.pk)] = change(chance, family, day)
                break
            except NotHere:
                continue
    return ledger
