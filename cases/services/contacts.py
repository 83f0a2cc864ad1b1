"""Noting a conversation or message, correcting it, and setting the clock by it."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError

from cases.clock import NORMS, Norm
from cases.models import Code, Contact, FamilyMember, Intake, Person, Registration
from cases.models.contact import PHONE_CALL
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
        _set_clock(contact, answers, by)
        return add(contact, at=now)


def correct_contact(*, contact: Contact, by: Any, reason: str, **changes: Any) -> Contact:
    """The clock that was set by it follows its new day. Raises ValidationError: 'stale' when
    someone corrected it meanwhile; and by field."""
    with recording(by=by, reason=reason) as now:
        meant = Contact(**contact.content() | {"first_phone": False})
        for name, value in changes.items():
            setattr(meant, name, value)
        if meant.kind_id == PHONE_CALL:
            meant.first_phone = contact.first_phone
        _refuse_impossible(meant, now)
        corrected = correct(contact, by=by, reason=reason, **changes, first_phone=meant.first_phone)
        _move_clock(contact, corrected, by)
        return corrected


def withdraw_contact(*, contact: Contact, by: Any, reason: str) -> Contact:
    """It was never held, or stands with the wrong family. The clock that was set by it is open
    again."""
    with recording(by=by, reason=reason) as now:
        withdrawn = withdraw(contact, at=now)
        _move_clock(contact, None, by)
        return withdrawn


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


def _set_clock(contact: Contact, answers: Iterable[Norm], by: Any) -> None:
    """Fill in on the intake what `answers` names and isn't known yet; the contact says so too."""
    intake = contact.registration.intakes.standing().get()
    fills = [norm for norm in answers if getattr(intake, norm.answered_on) is None]
    if not fills:
        return
    _refuse_before(intake, contact.happened_on, "haal het vinkje weg, of verbeter de datum")
    for norm in fills:
        setattr(contact, norm.told_by, True)
    changes = {norm.answered_on: contact.happened_on for norm in fills}
    correct(intake, by=by, reason="Afgeleid uit een genoteerd gesprek", **changes)


def _move_clock(old: Contact, new: Contact | None, by: Any) -> None:
    """What was set by `old` follows `new`, unless the intake was given another day since."""
    intake = old.registration.intakes.standing().get()
    changes = {}
    for norm in NORMS:
        followed = getattr(old, norm.told_by)
        if followed and getattr(intake, norm.answered_on) == old.happened_on:
            still = new is not None and getattr(new, norm.told_by)
            changes[norm.answered_on] = new.happened_on if new and still else None
    if new and any(changes.values()):
        _refuse_before(intake, new.happened_on, "verbeter de datum, of trek het gesprek in")
    if any(getattr(intake, name) != day for name, day in changes.items()):
        why = "verbeterd" if new else "ingetrokken"
        correct(intake, by=by, reason=f"Het gesprek waaruit dit volgde is {why}", **changes)


def _refuse_before(intake: Intake, day: date, then: str) -> None:
    if day < intake.happened_on:
        raise ValidationError(
            {
                "happened_on": "Dit is voor de dag van de aanmelding "
                f"({intake.happened_on:%d-%m-%Y}). Dan telt het niet als eerste contact: {then}."
            }
        )
