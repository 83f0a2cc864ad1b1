"""Covers and conflicts of interest: one's own, and for a manager those of the team."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access_log import note
from accounts.models import AccessLine, User
from accounts.roles import may
from accounts.typed import typed_in
from cases.access import MANAGE_TEAM
from cases.caseload import exceptions as held
from cases.door import SUPPORT, must, people_of
from cases.forms.exceptions import ConflictForm, CoverForm, EndConflictForm
from cases.models import ConflictOfInterest, Cover
from cases.services import exceptions
from facts.working_days import A_DAY

Action, Ground = AccessLine.Action, AccessLine.Ground


@require_safe
def exceptions_page(request: HttpRequest) -> HttpResponse:
    """What holds for the visitor, and for a manager what holds in the team."""
    _must_work_with_families(request, "lijst")
    user, today = request.user, timezone.localdate()
    own = held.conflict_lines(held.conflicts_of([user]))
    context = {
        "covers": held.cover_lines(held.covers_of(user), today),
        "shares": held.share_lines(held.shared_with(user)),
        "conflicts": own,
        "leads": may(user, MANAGE_TEAM) and user.team_id,
    }
    lines = [*context["shares"], *own]
    if context["leads"]:
        others = held.conflicts_of(_team_of(user).exclude(pk=user.pk))
        context |= {
            "team_covers": held.cover_lines(held.covers_in_team(user.team_id), today),
            "team_conflicts": held.conflict_lines(others),
        }
        lines += context["team_conflicts"]
    context["given"] = held.share_lines(held.shared_by(user))
    _note(request, [*lines, *context["given"]], Action.LIST)
    return render(request, "cases/exceptions/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cover_new(request: HttpRequest) -> HttpResponse:
    """Who is away, and who looks after the families."""
    must(request, MANAGE_TEAM, what="waarneming", part="nieuw")
    today = timezone.localdate()
    typed = typed_in(request, "waarneming")
    initial = typed.initial(begin=today, absent=request.GET.get("voor"))
    form = CoverForm(typed.data, manager=request.user, today=today, initial=initial)
    if typed.sent and form.is_valid():
        given = form.cleaned_data
        last = given.pop("last")
        try:
            exceptions.cover(**given, end=last + A_DAY, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{given['substitute']} neemt waar voor {given['absent']}.")
            return typed.saved(redirect("exceptions"))
    return render(request, "cases/exceptions/cover.html", {"form": form, "typed": typed})


@require_POST
def cover_end(request: HttpRequest, cover_id: UUID) -> HttpResponse:
    must(request, MANAGE_TEAM, what="waarneming", part="beëindigen")
    own = Cover.objects.standing().filter(absent__team=request.user.team_id)
    cover = get_object_or_404(own.select_related("absent", "substitute"), pk=cover_id)
    try:
        exceptions.end_cover(cover=cover, on=timezone.localdate(), by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, f"{cover.substitute} neemt niet langer waar voor {cover.absent}.")
    return redirect("exceptions")


@require_http_methods(["GET", "HEAD", "POST"])
def conflict_new(request: HttpRequest) -> HttpResponse:
    """The files of someone one knows stay shut: one's own to declare, or one's manager's."""
    _must_work_with_families(request, "belangenconflict")
    typed = typed_in(request, "belangenconflict")
    first = {"since": timezone.localdate(), "who": request.GET.get("wie", "")[:200]}
    team = _team_of(request.user)
    form = ConflictForm(typed.data, by=request.user, team=team, initial=typed.initial(**first))
    if typed.sent and form.is_valid() and _declared(request, form):
        messages.success(request, "Genoteerd. De dossiers waarin diegene voorkomt, blijven dicht.")
        return typed.saved(redirect("exceptions"))
    if typed.sent:
        _note_search(request, form)
    return render(request, "cases/exceptions/conflict.html", {"form": form, "typed": typed})


def _declared(request: HttpRequest, form: ConflictForm) -> bool:
    given = form.cleaned_data
    user = given.get("user") or request.user
    try:
        for person in form.people:
            exceptions.declare_conflict(
                user=user, person=person, since=given["since"], reason=given["reason"],
                by=request.user,
            )  # fmt: skip
    except ValidationError as error:
        form.add_error(None, error)
        return False
    _note_search(request, form)
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def conflict_end(request: HttpRequest, conflict_id: UUID) -> HttpResponse:
    must(request, MANAGE_TEAM, what="belangenconflict", part="beëindigen")
    own = held.conflicts_of(_team_of(request.user).exclude(pk=request.user.pk))
    one: ConflictOfInterest = get_object_or_404(own, pk=conflict_id)
    at_once = own.filter(user=one.user, happened_on=one.happened_on, reason=one.reason)
    typed = typed_in(request, "belangenconflict voorbij", about=one)
    form = EndConflictForm(typed.data, initial=typed.initial())
    (line,) = held.conflict_lines(at_once)
    _note(request, [line], Action.CHANGE if request.method == "POST" else Action.READ)
    if typed.sent and form.is_valid():
        for conflict in at_once:
            exceptions.end_conflict(
                conflict=conflict, on=timezone.localdate(), by=request.user, **form.cleaned_data
            )
        messages.success(request, "Het belangenconflict geldt niet meer.")
        return typed.saved(redirect("exceptions"))
    context = {"form": form, "typed": typed, "line": line}
    return render(request, "cases/exceptions/conflict_end.html", context)


def _must_work_with_families(request: HttpRequest, part: str) -> None:
    if not may(request.user, exceptions.SUPPORT_FAMILIES):
        must(request, MANAGE_TEAM, what="waarneming", part=part)


def _team_of(user: User) -> QuerySet[User]:
    """Who is in the team that `user` leads; nobody when they lead none."""
    if not may(user, MANAGE_TEAM) or user.team_id is None:
        return User.objects.none()
    people = User.objects.filter(team=user.team_id, is_active=True)
    return people.select_related("team").order_by("name", "pk")


def _note(request: HttpRequest, lines: list[held.Line], action: Action) -> None:
    families = {line.family.pk for line in lines if line.family}
    people = [person for line in lines for person in line.people]
    note(
        actor=request.user,
        action=action,
        object_type="lijst",
        part="uitzonderingen",
        subjects=[*people, *people_of(families)],
        ground=Ground.TEAM if may(request.user, MANAGE_TEAM) else Ground.OWN_ACCOUNT,
        purpose=SUPPORT,
        request=request,
    )


def _note_search(request: HttpRequest, form: ConflictForm) -> None:
    """Whoever fills in a name learns whether we know it: that is a search."""
    note(
        actor=request.user,
        action=Action.SEARCH,
        object_type="persoon",
        part="belangenconflict",
        subjects=[person.pk for person in form.people],
        ground=Ground.OWN_ACCOUNT,
        purpose=SUPPORT,
        detail={"zoek": str(form.data.get("who", ""))[:200]},
        request=request,
    )
