"""Sharing one file with a colleague, with a reason and until a day."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts import grants
from accounts.models import AccessLine
from accounts.typed import typed_in
from cases.access import Need, visible_to
from cases.caseload.exceptions import share_lines, shares_of_file
from cases.door import get_family_for, get_registration_for
from cases.forms.exceptions import ShareForm
from cases.models import Registration
from cases.services.exceptions import end_sharing
from cases.services.exceptions import share_file as share
from facts.dates import end_of_day


@require_http_methods(["GET", "HEAD", "POST"])
def share_file(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """Who else reads or writes in the file of a family, and for how long."""
    action = AccessLine.Action.CHANGE if request.method == "POST" else AccessLine.Action.READ
    opened = get_family_for(request, family_id, needs=Need.ASSIGN, part="delen", action=action)
    own = visible_to(request.user, Need.ASSIGN).filter(family=opened.family)
    typed = typed_in(request, "delen", about=opened.family)
    form = ShareForm(
        typed.data,
        initial=typed.initial(),
        registrations=Registration.objects.filter(pk__in=own.values("registration")),
        by=request.user,
        today=timezone.localdate(),
    )
    if typed.sent and form.is_valid():
        given = form.cleaned_data
        until = end_of_day(given.pop("last"))
        try:
            share(**given, until=until, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Gezin {opened.family.number} is gedeeld met {given['to']}.")
            return typed.saved(redirect("share_file", family_id))
    lines = share_lines(shares_of_file(request.user, opened.family))
    context = {"form": form, "typed": typed, "family": opened.family, "lines": lines}
    return render(request, "cases/exceptions/share.html", context)


@require_POST
def share_end(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """Whoever leads the team that has the file ends it, or who gave it and still has the file."""
    current = grants.current_on(Registration).select_related("user", "content_object")
    grant = get_object_or_404(current, pk=grant_id)
    needs = Need.READ if grant.given_by_id == request.user.pk else Need.ASSIGN
    get_registration_for(
        request, grant.content_object_id, needs=needs, part="delen", action=AccessLine.Action.CHANGE
    )
    try:
        end_sharing(grant=grant, by=request.user, reason="Niet meer nodig")
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, f"Dossier {grant.content_object} is dicht voor {grant.user}.")
    return redirect("exceptions")
