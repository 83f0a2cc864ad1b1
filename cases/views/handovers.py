"""Offers to take over: the receiver's page, and for a manager what came of what was offered."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import AccessLine
from accounts.roles import may
from accounts.typed import typed_in
from cases.access import MANAGE_TEAM
from cases.caseload.handovers import (
    LATEST_ANSWERED,
    State,
    batches,
    families_of,
    offers_in_team,
    open_offers_to,
)
from cases.door import must, note_list
from cases.forms.handing_over import AnswerForm
from cases.models import Handover
from cases.services.assigning import SUPPORT_FAMILIES
from cases.services.handing_over import accept, refuse, take_back
from facts.words import many

ACCEPT, REFUSE, WITHDRAW = "aannemen", "weigeren", "intrekken"


@require_safe
def handovers(request: HttpRequest) -> HttpResponse:
    """What was offered to the visitor; for a manager what waits for others, and the answers."""
    leads = may(request.user, MANAGE_TEAM)
    if not leads:
        must(request, SUPPORT_FAMILIES, what="overdracht")
    offered = open_offers_to(request.user)
    context = {"offered": offered, "leads": leads}
    shown = list(offered)
    if leads:
        own = offers_in_team(request.user)
        context["waiting"] = batches(own.filter(state=State.OFFERED))
        latest = own.exclude(state=State.OFFERED).order_by("-decided_at")[:LATEST_ANSWERED]
        context["answered"] = batches(Handover.objects.filter(pk__in=latest.values("pk")))
        shown += [*context["waiting"], *context["answered"]]
    note_list(request, families_of(shown), part="overdracht", otherwise=AccessLine.Ground.HANDOVER)
    return render(request, "cases/handing_over/handovers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: HttpRequest, batch: UUID) -> HttpResponse:
    """One offer: which of it, and accepted, refused or withdrawn."""
    mine = Q(receiver=request.user)
    if may(request.user, MANAGE_TEAM):
        mine |= Q(pk__in=offers_in_team(request.user).values("pk"))
    offers = Handover.objects.filter(mine, batch=batch)
    shown = batches(offers.filter(state=State.OFFERED))
    if not shown and not offers.exists():
        raise Http404
    note_list(request, families_of(shown), part="overdracht", otherwise=AccessLine.Ground.HANDOVER)
    typed = typed_in(request, f"overdracht {batch}")
    today, first = timezone.localdate(), typed.initial()
    form = AnswerForm(typed.data, offers=offers, today=today, initial=first)
    if typed.sent and form.is_valid() and _answered(request, form):
        return typed.saved(redirect("handovers"))
    context = {
        "form": form,
        "typed": typed,
        "batch": batch,
        "offered": shown,
        "to_me": offers.filter(receiver=request.user).exists(),
        "ticked": set(typed.data.getlist("which")) if typed.sent else _all(shown),
    }
    return render(request, "cases/handing_over/handover.html", context)


def _all(shown: list) -> set[str]:
    return {str(line.id) for batch in shown for line in batch.lines}


def _answered(request: HttpRequest, form: AnswerForm) -> bool:
    """False, with what is wrong in the form."""
    given, pressed = form.cleaned_data, request.POST.get("doe")
    offers, user = list(given["which"]), request.user
    site = request.build_absolute_uri("/")
    trajectories = many(len(offers), "traject", "trajecten")
    try:
        if pressed == ACCEPT:
            accept(
                handovers=offers,
                by=user,
                on=timezone.localdate(),
                share_until=given["share_until"],
                site=site,
            )
            messages.success(request, f"Je hebt {trajectories} overgenomen.")
        elif pressed == REFUSE:
            refuse(handovers=offers, answer=given["answer"], by=user, site=site)
            messages.success(request, f"Je hebt {trajectories} geweigerd.")
        elif pressed == WITHDRAW:
            take_back(handovers=offers, by=user, site=site)
            messages.success(request, f"Het aanbod van {trajectories} is ingetrokken.")
        else:
            raise ValidationError("Kies wat je wilt doen.")
    except ValidationError as error:
        form.add_error("answer" if error.code == "answer" else None, error)
        return False
    return True
