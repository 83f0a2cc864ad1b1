"""What came in by the public form, and what the team does with it. For team managers."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access_log import note
from accounts.access_log.refusing import Refused
from accounts.models import AccessLine
from accounts.typed import Typed, typed_in
from cases.access import MANAGE_TEAM, visible_to
from cases.door import SUPPORT, get_registration_for, must, note_list
from cases.models import Announcer, Channel, Code, Role, WebRegistration
from cases.services import NewPerson
from cases.services.web_registrations import accept, join, refuse, waiting
from cases.views.known import known_to
from cases.views.registering import form_for, saved, to_the_file
from facts.dates import AMSTERDAM
from facts.words import day, moment, short_day

SITE = "aanmelding via de site"
MOST_SHOWN = 100
REFUSING = "niet aannemen"
ROUTES = {
    Announcer.PARENT: "self",
    Announcer.YOUNG_PERSON: "self",
    Announcer.PROFESSIONAL: "professional",
}
Action = AccessLine.Action


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label="Waarom nemen we deze niet aan?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf op waarom we deze niet aannemen."},
    )


@require_safe
def web_queue(request: HttpRequest) -> HttpResponse:
    """Who waits, the longest first."""
    must(request, MANAGE_TEAM, what=SITE, part="wachtrij")
    rows = list(waiting()[: MOST_SHOWN + 1])
    shown = rows[:MOST_SHOWN]
    note_list(request, [], part="wachtrij van de site", detail={"wie": [r.receipt for r in shown]})
    context = {
        "rows": [(row, day(row.received_at.astimezone(AMSTERDAM).date())) for row in shown],
        "more": len(rows) > MOST_SHOWN,
    }
    return render(request, "cases/web_queue.html", context)


@require_safe
def web_registration(request: HttpRequest, web_id: UUID) -> HttpResponse:
    """One of them, with who is likely known already, and what can be done."""
    web = _opened(request, web_id)
    return _page(request, web, typed_in(request, REFUSING, about=web))


@require_http_methods(["GET", "HEAD", "POST"])
def web_accept(request: HttpRequest, web_id: UUID) -> HttpResponse:
    """The form of a registration, filled in with what was sent."""
    web = _opened(request, web_id, "aannemen")
    if web.state != WebRegistration.State.WAITING:
        return redirect("web_registration", web.pk)
    typed = typed_in(request, "aannemen", about=web)
    form, known = form_for(request, typed.initial(**_first_values(web))), None
    if typed.sent and form.is_valid():
        registration, known = saved(request, form, accept, web=web)
        if registration:
            return typed.saved(to_the_file(request, registration))
    context = {"form": form, "typed": typed, "web": web, "known": known}
    return render(request, "cases/register.html", context)


@require_POST
def web_join(request: HttpRequest, web_id: UUID, registration_id: UUID) -> HttpResponse:
    """It is about a registration that stands, which one may see."""
    web = _opened(request, web_id, "samenvoegen")
    registration = get_registration_for(request, registration_id, part="wachtrij van de site")
    done = f"{web.receipt} hoort nu bij {registration.number}."
    return _decided(
        request, web, lambda: join(web=web, registration=registration, by=request.user), done
    )


@require_POST
def web_refuse(request: HttpRequest, web_id: UUID) -> HttpResponse:
    web = _opened(request, web_id, "niet aannemen")
    typed = typed_in(request, REFUSING, about=web)
    form = RefuseForm(typed.data)
    if not form.is_valid():
        return _page(request, web, typed, form)
    reason = form.cleaned_data["reason"]
    answer = _decided(
        request,
        web,
        lambda: refuse(web=web, reason=reason, by=request.user),
        f"{web.receipt} is niet aangenomen.",
    )
    return typed.saved(answer)


def _decided(request: HttpRequest, web: WebRegistration, decide: Any, done: str) -> HttpResponse:
    """Of two at once one wins; the other hears who did."""
    try:
        decide()
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("web_registration", web.pk)
    messages.success(request, done)
    return redirect("web_queue")


def _opened(request: HttpRequest, web_id: UUID, part: str = "") -> WebRegistration:
    """For team managers; once it became a registration, for who may see that one. Each look is
    logged. Else Refused (404)."""
    must(request, MANAGE_TEAM, what=SITE, part="wachtrij")
    action = Action.CHANGE if request.method == "POST" else Action.READ
    web = WebRegistration.objects.select_related("registration", "decided_by").filter(pk=web_id)
    found = web.first()
    line = {
        "actor": request.user,
        "action": action,
        "object_type": SITE,
        "part": part,
        "purpose": SUPPORT,
    }
    if found is None or not _is_theirs(request.user, found):
        raise Refused(object_id=web_id, **line)
    ground = AccessLine.Ground.TEAM
    note(object_id=found.receipt, ground=ground, request=request, **line)
    return found


def _is_theirs(user: Any, web: WebRegistration) -> bool:
    if web.registration_id is None:
        return True
    return visible_to(user).filter(registration=web.registration_id).exists()


def _page(
    request: HttpRequest, web: WebRegistration, typed: Typed, form: RefuseForm | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "web": web,
        "form": form or RefuseForm(initial=typed.initial()),
        "typed": typed,
        "received": moment(web.received_at),
        "born": short_day(web.birth_date),
    }
    if web.state == WebRegistration.State.WAITING:
        known = known_to(request, [_person(web)], ())
        context |= {"rows": known.rows, "elsewhere": known.elsewhere}
    else:
        intakes = visible_to(request.user).filter(registration=web.registration_id)
        context |= {"decided": moment(web.decided_at), "intake": intakes.first()}
    return render(request, "cases/web_registration.html", context)


def _person(web: WebRegistration) -> NewPerson:
    role = Role.CHILD if web.announcer == Announcer.YOUNG_PERSON else ""
    names = ("first_name", "last_name", "birth_date", "email", "phone")
    return NewPerson(role=role, **{name: getattr(web, name) for name in names})


def _first_values(web: WebRegistration) -> dict[str, Any]:
    route = Code.objects.filter(pk=f"registration_route.{ROUTES.get(web.announcer, 'other')}")
    who = ", ".join(filter(None, [web.announcer_name, web.organisation]))
    return vars(_person(web)) | {
        "happened_on": web.received_at.astimezone(AMSTERDAM).date(),
        "channel": Channel.WEB_FORM,
        "announcer": web.announcer,
        "announcer_name": who[:200],
        "note": web.story,
        "consent": web.consent,
        "route": route.values_list("pk", flat=True).first(),
    }
