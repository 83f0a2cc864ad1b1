"""The people of a family: someone new, and a name or a way to reach someone."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.typed import typed_in
from cases.files.editing import Stale, addresses_of, lines_of
from cases.forms.of_family import NewPersonOnScreen, PersonOnScreen
from cases.models import Person
from cases.services import NewPerson, add_person, editing
from cases.subjects import OF_FAMILY, Holder
from facts.words import moment

from .opening import opened

MEMBERS = OF_FAMILY["gezinsleden"]
OWN = ("first_name", "last_name", "phone", "email")


@require_http_methods(["GET", "HEAD", "POST"])
def add_member(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """A child, another parent: a person and their place in the family."""
    holder = opened(request, "gezinsleden", family_id=family_id)
    typed = typed_in(request, "nieuw gezinslid", about=holder.family)
    form = NewPersonOnScreen(
        typed.data,
        members=holder.members,
        today=timezone.localdate(),
        initial=typed.initial(**request.GET.dict()),
    )
    if typed.sent and form.is_valid():
        add_person(family=holder.family, person=NewPerson(**form.cleaned_data), by=request.user)
        messages.success(request, "Het gezinslid staat erbij.")
        return typed.saved(redirect(addresses_of(MEMBERS, holder).landing))
    context = {"title": MEMBERS.add, "button": MEMBERS.add, "typed": typed}
    return _page(request, holder, form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_person(request: HttpRequest, family_id: UUID, person_id: UUID) -> HttpResponse:
    """Someone's name and how to reach them, as they stand; both texts when someone was first."""
    holder = opened(request, "personen", family_id=family_id)
    person = _person(holder, person_id)
    typed = typed_in(request, "persoon", about=person)
    version = editing.version_of(person)
    stands = {name: getattr(person, name) for name in OWN}
    form = PersonOnScreen(typed.data, initial=typed.initial(**stands, version=version))
    stale = None
    if typed.sent and form.is_valid():
        if _changed(request, form, person):
            messages.success(request, "Aangepast.")
            return typed.saved(redirect(addresses_of(MEMBERS, holder).landing))
        if not form.errors:
            stale = _stale(form, _person(holder, person_id))
    context: dict[str, Any] = {"title": "Naam en contact aanpassen", "button": "Aanpassen"}
    return _page(request, holder, form, context | {"typed": typed, "stale": stale})


def _person(holder: Holder, person_id: UUID) -> Person:
    person = Person.objects.filter(pk=person_id).first()
    if person is None or person_id not in {member.person_id for member in holder.members}:
        raise Http404
    return person


def _changed(request: HttpRequest, form: PersonOnScreen, person: Person) -> bool:
    given = dict(form.cleaned_data)
    try:
        editing.change_person(person=person, version=given.pop("version"), by=request.user, **given)
    except ValidationError as error:
        if getattr(error, "code", "") != editing.STALE:
            form.add_error(None, error)
        return False
    return True


def _stale(form: PersonOnScreen, person: Person) -> Stale:
    """Both texts; saved once more, the form says that it saw what stands now."""
    last = person.history.latest("history_id")
    form.data = {**form.data.dict(), "version": last.history_id}
    return Stale(
        lines=lines_of(form, {name: getattr(person, name) for name in OWN}),
        who=last.history_user.name if last.history_user else "iemand anders",
        when=moment(last.history_date),
        why="",
        gone=False,
    )


def _page(request: HttpRequest, holder: Holder, form: Any, context: dict) -> HttpResponse:
    shared = {"family": holder.family, "form": form, "addresses": addresses_of(MEMBERS, holder)}
    return render(request, "cases/fact.html", shared | context)
