"""Noting a conversation or message, correcting it, and setting the clock by it."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError

from cases.clock import Norm
from cases.models import Code, Contact, FamilyMember, Intake, Person, Registration
from facts.dates import AMSTERDAM
from facts.recording import Recording, recording
from facts.verbs import add, correct, withdraw


def note_contact(
    *,
    registration: Registration,
    kind: Code,
    happened_on: date,
    note: str,
    by: Any,
    person: Person | None = None,
    with_whom: str = "",
    at: time | None = None,
    minutes: int | None = None,
    answers: Iterable[Norm] = (),
) -> Contact:
    """Write a contact down. `answers`: the norms of the clock that it meets or missed; where the
    intake has a day already, that stands. Raises ValidationError, by field."""
    contact = Contact(
        registration=registration,
        kind=kind,
        happened_on=happened_on,
        note=note,
        person=person,
        with_whom=with_whom,
        at=at,
        minutes=minutes,
    )
    with recording(by=by) as now:
        # Two who note the first contact at once would both correct the same intake.
        Registration.objects.select_for_update().get(pk=registration.pk)
        _refuse_impossible(contact, now)
        _set_clock(registration, happened_on, answers, by)
        return add(contact, at=now)


def correct_contact(*, contact: Contact, by: Any, reason: str, **changes: Any) -> Contact:
    """Raises ValidationError: 'stale' when someone corrected it meanwhile."""
    with recording(by=by, reason=reason) as now:
        meant = Contact(**contact.content())
        for name, value in changes.items():
            setattr(meant, name, value)
        _refuse_impossible(meant, now)
        return correct(contact, by=by, reason=reason, **changes)


def withdraw_contact(*, contact: Contact, by: Any, reason: str) -> Contact:
    """It was never held, or stands with the wrong family."""
    with recording(by=by, reason=reason) as now:
        return withdraw(contact, at=now)


def _refuse_impossible(contact: Contact, now: Recording) -> None:
    if contact.happened_on > now.at.astimezone(AMSTERDAM).date():
        raise ValidationError(
            {
                "happened_on": "Deze dag moet nog komen. Noteer een gesprek als het is geweest; "
                "voor wat komt, is er een taak."
            }
        )
    family = contact.registration.intakes.standing().get().family_id
    members = FamilyMember.objects.standing().filter(family=family)
    if contact.person_id and not members.filter(person=contact.person_id).exists():
        raise ValidationError({"person": "Deze persoon hoort niet bij dit gezin."})


def _set_clock(
    registration: Registration, day: date, answers: Iterable[Norm], by: Any
) -> Intake | None:
    """Fill in on the intake what `answers` names and isn't known yet."""
    intake = registration.intakes.standing().get()
    fills = [norm for norm in answers if getattr(intake, norm.answered_on) is None]
    if not fills:
        return None
    if day < intake.happened_on:
        raise ValidationError(
            {
                "happened_on": "Dit is voor de dag van de aanmelding "
                f"({intake.happened_on:%d-%m-%Y}). Dan telt het niet als eerste contact: haal het "
                "vinkje weg, of verbeter de datum."
            }
        )
    changes = {norm.answered_on: day for norm in fills}
    return correct(intake, by=by, reason="Afgeleid uit een genoteerd gesprek", **changes)
