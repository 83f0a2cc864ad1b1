"""Noting a conversation: for whom, and then one form."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.typed import Typed, typed_in
from cases.access import Need, visible_to
from cases.caseload.mine import cases_of
from cases.door import get_family_for, get_registration_for, must, note_list
from cases.files.contacts import (
    ROWS_A_PAGE,
    contact_blocks_in,
    contacts_of,
    people_to_talk_to,
)
from cases.files.sight import sight_of
from cases.forms.contacts import NoteContact, PageAsked
from cases.models import Intake
from cases.models.contact import PHONE_CALL
from cases.scope import Scope
from cases.services import note_contact as write_contact

FORM = "gesprek"


@require_safe
def choose_family(request: HttpRequest) -> HttpResponse:
    """With which of my families it was; the longest without contact first."""
    must(request, "cases.support_families", what="gesprek")
    return _choose(request)


@require_http_methods(["GET", "HEAD", "POST"])
def note_contact(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """The form; where someone may write in two registrations of a family, first for which."""
    own = visible_to(request.user, Need.WRITE).filter(family=family_id)
    number = request.GET.get("aanmelding")
    intakes = list(own.filter(registration__number=number) if number else own[:2])
    if len(intakes) != 1:
        get_family_for(request, family_id, needs=Need.WRITE, part="gesprek")
        return _choose(request, family_id)
    (intake,) = intakes
    registration = get_registration_for(
        request, intake.registration_id, needs=Need.WRITE, part="gesprek"
    )
    typed = typed_in(request, FORM, about=registration)
    form = _form(request.user, intake, typed)
    if typed.sent and form.is_valid() and _written(request, intake, form):
        messages.success(request, f"Het gesprek staat bij {registration.number}.")
        return typed.saved(redirect("file", family_id))
    context = {"form": form, "typed": typed, "registration": registration, "family": intake.family}
    return render(request, "cases/contact.html", context)


@require_safe
def contacts(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """All of them, a page at a time."""
    opened = get_family_for(request, family_id, part="gesprekken")
    page = PageAsked(request.GET).number()
    context = {
        "family": opened.family,
        "contacts": contacts_of(sight_of(opened.family, request.user), page, ROWS_A_PAGE),
        "page": page,
        "newer": page - 1,
        "older": page + 1,
    }
    return render(request, "cases/contacts.html", context)


def _choose(request: HttpRequest, family_id: UUID | None = None) -> HttpResponse:
    """From all that one may write in, or those of one family."""
    scope = Scope.of(request.user)
    cases = [case for case in cases_of(scope) if family_id in (None, case.family_id)]
    note_list(request, {case.family_id for case in cases}, part="gesprek", scope=scope)
    today = timezone.localdate()
    rows = [(case, case.contact_words(today)) for case in cases]
    return render(request, "cases/contact_choose.html", {"rows": rows})


def _form(user: Any, intake: Intake, typed: Typed) -> NoteContact:
    now = timezone.localtime()
    applicants = intake.registration.applicants.standing().order_by("position")
    ids = list(applicants.values_list("person_id", flat=True))
    seen = visible_to(user).filter(family=intake.family_id).values("registration_id")
    people = people_to_talk_to(intake.family_id, ids)
    blocks = contact_blocks_in(seen, now.date())
    blocked = [words for person, words in people if person.pk in blocks]
    first = next((person.pk for person, _ in people[:1] if person.pk in ids), None)
    initial = typed.initial(
        kind=PHONE_CALL, person=first, happened_on=now.date(), at=now.time(), first_phone=True
    )
    # A box that was unticked is not in what was kept.
    initial["first_phone"] = not typed.is_restored or "first_phone" in typed.content
    return NoteContact(typed.data, initial=initial, intake=intake, people=people, blocked=blocked)


def _written(request: HttpRequest, intake: Intake, form: NoteContact) -> bool:
    """False, with what is wrong in the form."""
    said: dict[str, Any] = form.facts()
    try:
        write_contact(
            registration=intake.registration, by=request.user, answers=form.answers(), **said
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True
