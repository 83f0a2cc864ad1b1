"""What people have to settle first: nothing here is for a program to decide."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models.functions import Now

from accounts import grants
from cases.models import (
    Custody,
    EmergencyAccess,
    FamilyMember,
    Handover,
    Intake,
    Registration,
    Role,
)
from cases.timeline.sentences import name

from .pairing import Pairing
from .plan import Plan


def stops_of(plan: Plan) -> list[str]:
    """In Dutch, each with what to do about it. None: the merge can be done."""
    pairing = plan.pairing
    return [
        *_not_of_these(pairing),
        *_other_people(pairing),
        *_running(pairing.registrations),
        *_of_facts(plan),
    ]


def _not_of_these(pairing: Pairing) -> Iterator[str]:
    """What was chosen from a page that has grown old, or not from a page at all."""
    if not (pairing.two_families or pairing.people or pairing.registrations):
        yield "Kies wat er dubbel is: een persoon of een aanmelding."
    members = FamilyMember.objects.standing().values_list("person_id", "family_id")
    intakes = Intake.objects.standing().values_list("registration_id", "family_id")
    for pairs, places, what in (
        (pairing.people, members, "person"),
        (pairing.registrations, intakes, "registration"),
    ):
        ids = {*pairs, *pairs.values()}
        found = dict(places.filter(**{f"{what}__in": ids})) if ids else {}
        astray = any(
            found.get(gone) != pairing.gone.pk or found.get(kept) != pairing.kept.pk
            for gone, kept in pairs.items()
        )
        if astray or set(pairs) & set(pairs.values()):
            yield (
                "Wat je koos, staat niet meer zo in deze dossiers. Bekijk opnieuw wie en wat er "
                "dubbel is."
            )


def _other_people(pairing: Pairing) -> Iterator[str]:
    """Two of whom it is known that they are not one."""
    ids = {*pairing.people, *pairing.people.values()}
    if not ids:
        return
    members = FamilyMember.objects.standing().filter(person__in=ids).select_related("person")
    by_person = {member.person_id: member for member in members}
    over = set(Custody.objects.standing().values_list("parent_id", "child_id").filter(
        parent__in=ids, child__in=ids
    ))  # fmt: skip
    for gone, kept in pairing.people.items():
        one, other = by_person.get(gone), by_person.get(kept)
        if one is None or other is None:
            continue
        names = f"{name(one.person)} ({one.person}) en {name(other.person)} ({other.person})"
        if one.role and other.role and one.role != other.role:
            roles = f"{Role(one.role).label.lower()} en {Role(other.role).label.lower()}"
            yield f"{names} zijn {roles}: zo zijn ze niet dezelfde. Verbeter eerst de rol."
        elif {(gone, kept), (kept, gone)} & over:
            yield f"Van {names} heeft de een gezag over de ander: ze zijn niet dezelfde."
        elif _died_too_early(one, other) or _died_too_early(other, one):
            yield (
                f"Van {names} overleed de een voor de geboorte van de ander. Verbeter dat eerst, "
                "of ze zijn niet dezelfde."
            )


def _died_too_early(one: FamilyMember, other: FamilyMember) -> bool:
    return bool(one.died_on and other.birth_date and one.died_on < other.birth_date)


def _running(registrations: Iterable[UUID]) -> Iterator[str]:
    """What still gives, or offers, someone the registration that goes."""
    ids = list(registrations)
    if not ids:
        return
    offers = Handover.objects.filter(registration__in=ids, state=Handover.State.OFFERED)
    for one in offers.select_related("registration", "receiver"):
        yield (
            f"{one.registration} is aangeboden aan {one.receiver}. Laat het aanbod eerst "
            "beantwoorden, of trek het in."
        )
    shares = grants.current_on(Registration).filter(content_object__in=ids)
    for one in shares.select_related("content_object", "user"):
        yield f"{one.content_object} is gedeeld met {one.user}. Beëindig het delen eerst."
    opened = EmergencyAccess.objects.filter(registration__in=ids, ends_at__gt=Now())
    for one in opened.select_related("registration", "user"):
        yield (
            f"{one.user} leest {one.registration} met noodtoegang. Wacht tot die voorbij is: "
            "hoogstens een uur."
        )


def _of_facts(plan: Plan) -> Iterator[str]:
    for step in plan.steps:
        if step.relation.asks and step.clashed:
            yield (
                "Over dezelfde toestemming staan twee verschillende antwoorden. Vraag na welk "
                "antwoord geldt, en beëindig of trek het andere in."
            )
        if step.without_place:
            yield (
                "Samen zouden er meer dan twee aanmelders zijn. Een aanmelding is van één persoon, "
                "of van twee samen: kijk na wie dezelfde is."
            )
