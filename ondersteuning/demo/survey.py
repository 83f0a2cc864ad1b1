"""A survey that runs in the demo: some parents with an invented address who may be mailed, and a
round that asks them. Its letters stand on the page with the demo's mail."""

from datetime import date, timedelta

from django.db import transaction

from cases.models import Applicant, Code, Consent, Person, Role, StatusChange
from cases.services import note
from cases.services.editing import change_person, version_of
from cases.status import Status
from surveys.models import Round
from surveys.services.rounds import change_rules, make_round, start

MANY = 24
NAME = "Voorbeeldronde"
LASTS = timedelta(days=30)


@transaction.atomic
def hold_a_survey(today: date) -> None:
    """Once: nothing where a round stands already."""
    if Round.objects.exists():
        return
    kind = Code.objects.get(pk="consent_kind.survey_mail")
    for one in _some_parents():
        person = one.person
        if not person.email:
            email = f"{person.number.lower()}@example.org"
            change_person(person=person, version=version_of(person), by=None, email=email)
        said = {"given": True, "given_by": Consent.GivenBy.SELF, "happened_on": today}
        if not person.consents.standing().filter(kind=kind).exists():
            note(Consent(registration=one.registration, person=person, kind=kind, **said), by=None)
    round = make_round(name=NAME, like=None, by=None)
    change_rules(round=round, by=None, ends_on=today + LASTS)
    start(round=round, by=None, today=today)


def _some_parents() -> list[Applicant]:
    running = StatusChange.objects.standing().filter(status=Status.RUNNING)
    parents = Person.objects.filter(
        memberships__withdrawn_at__isnull=True, memberships__role__in=[Role.MOTHER, Role.FATHER]
    )
    ended = StatusChange.objects.standing().filter(status=Status.CLOSED)
    rows = (
        Applicant.objects.standing()
        .filter(registration__in=running.values("registration"), person__in=parents)
        .exclude(registration__in=ended.values("registration"))
    )
    return list(rows.select_related("person", "registration").order_by("person__number")[:MANY])
