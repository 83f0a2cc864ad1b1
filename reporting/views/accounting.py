"""Accounting for what stands beside the files: seen by who reads figures, kept by who writes them.
What was written down is corrected or withdrawn with a reason, never changed."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import WRITE_EDITIONS, may
from accounts.typed import typed_in
from cases.services import correct, note
from cases.services.editing import withdraw_fact
from facts.models import DatedFact
from reporting.accounting import KINDS, LINKAGE_LAW_ENDS, Kind
from reporting.services import accounting

from .reports import may_view_reports


class Reason(forms.Form):
    reason = forms.CharField(label="Waarom?", max_length=500)


@require_safe
@may_view_reports
def accounts(request: HttpRequest) -> HttpResponse:
    """Activities and publications, complaints as counts, work and waiting as a series, the
    linkage."""
    context = {
        "activities": accounting.activities(),
        "complaints": accounting.complaints_by_year(),
        "workloads": accounting.workloads(timezone.now()),
        "linkages": accounting.linkages(),
        "law_ends": LINKAGE_LAW_ENDS,
        "may_write": may(request.user, WRITE_EDITIONS),
    }
    return render(request, "reporting/accounts/all.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may_view_reports
def account_add(request: HttpRequest, kind: str) -> HttpResponse:
    asked = _kind_for(request, kind)
    typed = typed_in(request, f"nieuw {asked.slug}")
    form = asked.form(typed.data, initial=typed.initial())
    if typed.sent and form.is_valid():
        note(asked.model(**form.cleaned_data), by=request.user)
        messages.success(request, f"{asked.one} staat erbij.")
        return typed.saved(redirect("accounts"))
    context = {"title": asked.add, "form": form, "button": asked.add, "typed": typed}
    return render(request, "reporting/accounts/one.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may_view_reports
def account_correct(request: HttpRequest, kind: str, fact_id: UUID) -> HttpResponse:
    asked = _kind_for(request, kind)
    fact = _standing_or_404(asked, fact_id)
    initial = {name: fact.serializable_value(name) for name in asked.form.base_fields}
    typed = typed_in(request, f"herstel {asked.slug}", about=fact)
    form = asked.form(typed.data, initial=typed.initial(**initial))
    why = Reason(typed.data, initial=typed.initial())
    if typed.sent and form.is_valid() and why.is_valid():
        reason = why.cleaned_data["reason"]
        try:
            correct(fact, by=request.user, reason=reason, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"{asked.one} is gecorrigeerd.")
            return typed.saved(redirect("accounts"))
    context = {"title": f"{asked.one} corrigeren", "form": form, "why": why, "fact": fact}
    context |= {"kind": asked, "button": "Corrigeren", "typed": typed}
    return render(request, "reporting/accounts/one.html", context)


@require_POST
@may_view_reports
def account_withdraw(request: HttpRequest, kind: str, fact_id: UUID) -> HttpResponse:
    asked = _kind_for(request, kind)
    fact = _standing_or_404(asked, fact_id)
    try:
        withdraw_fact(fact=fact, by=request.user, reason=request.POST.get("reason", ""))
    except ValidationError as refusal:
        for sentence in refusal.messages:
            messages.error(request, sentence)
        return redirect("account_correct", asked.slug, fact.pk)
    messages.success(request, f"{asked.one} is ingetrokken.")
    return redirect("accounts")


def _kind_for(request: HttpRequest, slug: str) -> Kind:
    if not may(request.user, WRITE_EDITIONS):
        raise PermissionDenied
    if slug not in KINDS:
        raise Http404("Dit wordt hier niet bijgehouden.")
    return KINDS[slug]


def _standing_or_404(kind: Kind, fact_id: UUID) -> DatedFact:
    return get_object_or_404(kind.model.objects.standing(), pk=fact_id)
