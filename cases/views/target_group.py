"""Filling in the check whether a registration is for this team, or bringing it up to date."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import AccessLine
from accounts.typed import Typed, typed_in
from cases.door import get_registration_for
from cases.files.moving import check_in_words, needs_for
from cases.forms.target_group import TargetGroupForm
from cases.models import Registration
from cases.services.checking import check_target_group, standing_check


@require_http_methods(["GET", "HEAD", "POST"])
def target_group(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """For who may write; where nobody supports yet, for who may assign."""
    registration = get_registration_for(
        request,
        registration_id,
        needs=needs_for(request.user, registration_id),
        part="doelgroeptoets",
        action=AccessLine.Action.CHANGE if request.method == "POST" else AccessLine.Action.READ,
    )
    family = registration.intakes.standing().select_related("family").get().family
    typed = typed_in(request, "doelgroeptoets", about=registration)
    form = _form(typed, registration)
    if typed.sent and form.is_valid() and _checked(request, registration, form):
        messages.success(request, f"De doelgroeptoets van {registration.number} is bijgewerkt.")
        return typed.saved(redirect("file", family.pk))
    context = {
        "form": form,
        "typed": typed,
        "registration": registration,
        "family": family,
        "stands": check_in_words(registration),
    }
    return render(request, "cases/target_group.html", context)


def _form(typed: Typed, registration: Registration) -> TargetGroupForm:
    today, former = timezone.localdate(), standing_check(registration)
    first: dict[str, Any] = {"happened_on": today}
    if former:
        names = ("affected", "placement", "ground")
        first |= {"seen": former.pk, **{name: getattr(former, name) for name in names}}
    return TargetGroupForm(typed.data, initial=typed.initial(**first), today=today)


def _checked(request: HttpRequest, registration: Registration, form: TargetGroupForm) -> bool:
    """False, with what is wrong in the form; who was told what stands now, has seen it."""
    data = form.cleaned_data
    try:
        check_target_group(
            registration=registration,
            affected=data["affected"],
            placement=data["placement"],
            ground=data["ground"],
            on=data["happened_on"],
            seen=data["seen"],
            by=request.user,
        )
    except ValidationError as error:
        form.add_error(None, error)
        now = standing_check(registration)
        form.data = {**form.data.dict(), "seen": str(now.pk) if now else ""}
        return False
    return True
