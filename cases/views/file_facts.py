"""Adding, correcting and withdrawing a fact of a file: one set of pages for every subject."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from accounts.typed import Typed, typed_in
from cases.files.editing import Stale, addresses_of, side_by_side
from cases.forms.moving import TakeBackForm
from cases.services import correct, note
from cases.services.editing import STALE, first_version, what_stands_now, withdraw_fact
from cases.subjects import Holder, Subject
from cases.timeline.sentences import say
from facts.models import Fact

from .opening import opened

SEEN = "stands"  # in the page, and so in what is kept of it
AT_ONCE = "Iemand anders schreef dit net ook op. Bekijk wat er nu staat."


@require_http_methods(["GET", "HEAD", "POST"])
def add_fact(request: HttpRequest, subject: Subject, **which: UUID) -> HttpResponse:
    """Something new on the file; values in the address are filled in already."""
    if subject.only_corrected:
        raise Http404
    holder = opened(request, subject.slug, **which)
    typed = typed_in(request, f"nieuw {subject.slug}", about=holder.row)
    form = _form(typed, subject, holder, request.GET.dict())
    if typed.sent and form.is_valid():
        fact = _written(form, lambda: note(_new(subject, holder, form), by=request.user))
        if fact is not None:
            return typed.saved(_back(request, subject, holder, fact, subject.saved))
    context = {"title": subject.add, "button": subject.add, "typed": typed}
    return _page(request, subject, holder, form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def correct_fact(
    request: HttpRequest, subject: Subject, fact_id: UUID, **which: UUID
) -> HttpResponse:
    """Withdraw and add in one go, with a reason; or both texts when someone else was first."""
    holder = opened(request, subject.slug, **which)
    fact = _fact(subject, holder, fact_id)
    stands = what_stands_now(fact)
    typed = typed_in(request, f"herstel {subject.slug}", about=first_version(fact))
    withdrawn_while_typing = stands is None and typed.is_restored
    if stands != fact and not typed.sent and not withdrawn_while_typing:
        return _to_what_stands(request, subject, holder, stands)
    values = subject.form.first_values(stands or fact)
    form = _form(typed, subject, holder, values, correcting=True)
    if typed.sent and form.is_valid() and stands == fact:
        if _says_the_same(fact, form):
            messages.info(request, "Er was niets veranderd.")
            return typed.saved(redirect(addresses_of(subject, holder).landing))
        new = _written(form, lambda: _corrected(request, fact, form))
        if new is not None:
            return typed.saved(_back(request, subject, holder, new, "Aangepast."))
        stands = what_stands_now(_fact(subject, holder, fact_id))
    context = {
        "title": f"{subject.name[:1].upper()}{subject.name[1:]} aanpassen",
        "button": "Aanpassen",
        "typed": typed,
        "fact": stands,
    }
    seen = _seen(subject, holder, typed) or fact
    if stands != seen:
        context["stale"] = _stale(request, subject, holder, seen, stands, form)
    return _page(request, subject, holder, form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_one(
    request: HttpRequest, subject: Subject, fact_id: UUID, **which: UUID
) -> HttpResponse:
    """Not so after all: it is withdrawn with a reason, and stays visible in the timeline."""
    if subject.only_corrected:
        raise Http404
    holder = opened(request, subject.slug, **which)
    fact = _fact(subject, holder, fact_id)
    typed = typed_in(request, "intrekken", about=fact)
    first = typed.initial(reason=request.GET.get("reden", ""))
    form = TakeBackForm(typed.data, initial=first)
    leans = "" if fact.withdrawn_at else subject.against_withdrawing(fact)
    if typed.sent and form.is_valid() and not leans:
        reason = form.cleaned_data["reason"]
        if _written(form, lambda: withdraw_fact(fact=fact, by=request.user, reason=reason)):
            messages.success(request, f"Ingetrokken: {say(fact)}.")
            return typed.saved(redirect(addresses_of(subject, holder).landing))
        fact = _fact(subject, holder, fact_id)
    context = {
        "family": holder.family,
        "subject": subject,
        "form": form,
        "typed": typed,
        "says": say(fact),
        "gone": fact.withdrawn_at is not None,
        "leans": leans,
        "addresses": addresses_of(subject, holder),
    }
    return render(request, "cases/fact_withdraw.html", context)


def _to_what_stands(
    request: HttpRequest, subject: Subject, holder: Holder, stands: Fact | None
) -> HttpResponse:
    """An old address of something that was corrected since."""
    place = addresses_of(subject, holder)
    if stands:
        return redirect(place.of(stands))
    messages.info(request, "Dit is ingetrokken. In de tijdlijn staat door wie en waarom.")
    return redirect(place.landing)


def _form(typed: Typed, subject: Subject, holder: Holder, first_values: dict, **more: Any) -> Any:
    return subject.form(
        typed.data,
        members=holder.members,
        today=timezone.localdate(),
        initial=typed.initial(**first_values),
        **more,
    )


def _fact(subject: Subject, holder: Holder, fact_id: UUID) -> Fact:
    fact = subject.facts_of(holder).select_related("withdrawn_by").filter(pk=fact_id).first()
    if fact is None:
        raise Http404
    return fact


def _seen(subject: Subject, holder: Holder, typed: Typed) -> Fact | None:
    """What stood there when somebody typed the text that now comes back."""
    try:
        number = UUID(typed.content.get(SEEN, ""))
    except (ValueError, AttributeError):
        return None
    return subject.facts_of(holder).select_related("withdrawn_by").filter(pk=number).first()


def _new(subject: Subject, holder: Holder, form: Any) -> Fact:
    return subject.new_fact(holder, form.content())


def _corrected(request: HttpRequest, fact: Fact, form: Any) -> Fact:
    return correct(fact, by=request.user, reason=form.why, content=form.content())


def _says_the_same(fact: Fact, form: Any) -> bool:
    return all(getattr(fact, name) == value for name, value in form.content().items())


def _written(form: Any, write: Any) -> Fact | None:
    """What was written; None with the reason in the form."""
    try:
        with transaction.atomic():
            return write()
    except ValidationError as error:
        if getattr(error, "code", "") != STALE:  # that one gets a page of its own
            _tell(form, error)
    except IntegrityError:
        form.add_error(None, AT_ONCE)
    return None


def _tell(form: Any, error: ValidationError) -> None:
    """At the field that the form has; else above it."""
    by_field = error.error_dict if hasattr(error, "error_dict") else {"": [error]}
    for name, errors in by_field.items():
        form.add_error(name if name in form.fields else None, errors)


def _stale(
    request: HttpRequest,
    subject: Subject,
    holder: Holder,
    fact: Fact,
    stands: Fact | None,
    form: Any,
) -> Stale:
    stale = side_by_side(subject, fact, stands, form)
    place = addresses_of(subject, holder)
    return replace(stale, save_to=place.of(stands) if stands else place.new)


def _back(
    request: HttpRequest, subject: Subject, holder: Holder, fact: Fact, words: str
) -> HttpResponse:
    place = addresses_of(subject, holder)
    if subject.only_corrected:
        messages.success(request, words)
        return redirect(place.landing)
    undo = f"{place.of(fact)}intrekken/?reden=Per+ongeluk+opgeschreven"
    messages.success(request, format_html('{} <a href="{}">Ongedaan maken</a>', words, undo))
    return redirect(place.landing)


def _page(
    request: HttpRequest, subject: Subject, holder: Holder, form: Any, context: dict
) -> HttpResponse:
    shared = {
        "family": holder.family,
        "subject": subject,
        "form": form,
        "addresses": addresses_of(subject, holder),
    }
    return render(request, "cases/fact.html", shared | context)
