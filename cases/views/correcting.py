"""Correcting what was noted of a conversation, also when someone else did so meanwhile."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.typed import Typed, typed_in
from cases.access import Need
from cases.door import get_registration_for
from cases.files.contacts import in_words, people_to_talk_to
from cases.forms.contacts import CorrectContact
from cases.models import Contact
from cases.services import correct_contact as write_correction
from cases.services import withdraw_contact as write_withdrawal
from cases.services.editing import first_version, what_stands_now
from facts.words import moment

FORM, WITHDRAWING = "gesprek-verbeteren", "gesprek-intrekken"
WITHDRAWN = "Dit gesprek is intussen ingetrokken."


@require_http_methods(["GET", "HEAD", "POST"])
def correct_contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """The form; and where someone was first, both texts and the choice."""
    contact = _opened(request, contact_id)
    latest = what_stands_now(contact)
    typed = typed_in(request, FORM, about=first_version(contact))
    just_looks = request.method != "POST" and not typed.is_restored
    if "leave" in request.POST or (just_looks and latest is None):
        return typed.saved(_left_as_it_is(request, contact, latest))
    if just_looks and latest != contact:
        return redirect("correct_contact", latest.pk)
    form = _form(contact, typed)
    seen = request.POST.get("stands") or typed.content.get("stands") or str(contact.pk)
    stale = latest is None or seen != str(latest.pk)
    if request.method == "POST" and form.is_valid() and not stale:
        try:
            write_correction(contact=latest, by=request.user, **_said(form))
        except ValidationError as error:
            stale = _refused(form, error)
            latest = what_stands_now(_again(contact)) if stale else latest
        else:
            messages.success(request, "Het verslag is verbeterd.")
            return typed.saved(redirect(_list_of(contact)))
    return _shown(request, contact, latest if stale else None, form, typed, stale)


@require_POST
def withdraw_contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """It stands with the wrong family, or was never held."""
    contact = _opened(request, contact_id)
    typed = typed_in(request, FORM, about=first_version(contact))
    try:
        write_withdrawal(contact=contact, by=request.user, reason=request.POST.get("reason", ""))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("correct_contact", contact.pk)
    messages.success(request, "Het gesprek is ingetrokken.")
    return typed.saved(redirect(_list_of(contact)))


def _opened(request: HttpRequest, contact_id: UUID) -> Contact:
    """What doesn't exist is refused as what isn't one's own. Of one that moved to another
    registration, that one is asked."""
    contact = Contact.objects.select_related("registration").filter(pk=contact_id).first()
    stands = contact and (what_stands_now(contact) or contact)
    registration = stands.registration_id if stands else contact_id
    get_registration_for(request, registration, needs=Need.WRITE, part="gesprek")
    return contact


def _again(contact: Contact) -> Contact:
    return Contact.objects.get(pk=contact.pk)


def _left_as_it_is(request: HttpRequest, contact: Contact, latest: Contact | None) -> HttpResponse:
    messages.info(request, WITHDRAWN if latest is None else "Het verslag blijft zoals het is.")
    return redirect(_list_of(contact))


def _form(contact: Contact, typed: Typed) -> CorrectContact:
    stands = {
        "kind": contact.kind_id,
        "person": contact.person_id or "",
        "with_whom": contact.with_whom,
        "happened_on": contact.happened_on,
        "at": contact.at,
        "minutes": contact.minutes,
        "note": contact.note,
    }
    family = contact.registration.intakes.standing().get().family_id
    people = people_to_talk_to(family, [contact.person_id])
    return CorrectContact(typed.data, initial=typed.initial(**stands), people=people)


def _said(form: CorrectContact) -> dict[str, Any]:
    return {**form.facts(), "reason": form.cleaned_data["reason"]}


def _refused(form: CorrectContact, error: ValidationError) -> bool:
    """Whether someone else was first. What else is wrong goes in the form."""
    if getattr(error, "code", None) == "stale":
        return True
    form.add_error(None, error)
    return False


def _list_of(contact: Contact) -> str:
    family = contact.registration.intakes.standing().get().family_id
    return reverse("file", args=[family])  # with a #part the message would not get the focus


def _shown(
    request: HttpRequest,
    contact: Contact,
    newer: Contact | None,
    form: CorrectContact,
    typed: Typed,
    stale: bool,
) -> HttpResponse:
    """`newer`: what someone else made of it meanwhile."""
    context = {
        "contact": contact,
        "registration": contact.registration,
        "back": _list_of(contact),
        "form": form,
        "typed": typed,
        "withdrawing": typed_in(request, WITHDRAWING, about=contact),
        "stale": stale,
        "newer": newer and in_words(newer),
        "newer_at": moment(newer.recorded_at) if newer else "",
        "stands": newer.pk if newer else contact.pk,
    }
    return render(request, "cases/contact_correct.html", context)
