"""Managing colleagues: who they are, what they may do, letting them in and out."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms.people import NewPersonForm, ReasonForm, ResetForm, WorkForm
from accounts.models import User
from accounts.roles import APPROVE_RESET, MANAGE_PEOPLE, may
from accounts.second_factor import APP, KEY
from accounts.services.people import add_person, roles_of
from accounts.services.second_factor import open_resets

PEOPLE_A_PAGE = 50


def must(request: HttpRequest, *permissions: str) -> None:
    """One of these, or the page is refused."""
    if not any(may(request.user, permission) for permission in permissions):
        raise PermissionDenied


def colleagues() -> QuerySet[User]:
    """Everyone, with what a list shows of them."""
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=(APP, KEY))
    return (
        User.objects.select_related("team")
        .prefetch_related("groups")
        .annotate(has_second_factor=Exists(factors))
        .order_by("name", "pk")
    )


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everyone, and the requests that wait for a second person."""
    must(request, MANAGE_PEOPLE, APPROVE_RESET)
    words = request.GET.get("zoek", "").strip()[:100].replace("\0", "")
    found = colleagues().filter(Q(name__icontains=words) | Q(email__icontains=words))
    page = Paginator(found, PEOPLE_A_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "page": page,
        "words": words,
        "resets": open_resets().select_related("user", "asked_by"),
        "may_manage": may(request.user, MANAGE_PEOPLE),
    }
    return render(request, "accounts/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def person_new(request: HttpRequest) -> HttpResponse:
    """Add a colleague and send the invitation."""
    must(request, MANAGE_PEOPLE)
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = add_person(
            **form.cleaned_data, by=request.user, site=request.build_absolute_uri("/")
        )
        messages.success(request, f"{user.name} is uitgenodigd. De mail gaat zo de deur uit.")
        return redirect("person", user.pk)
    return render(request, "accounts/person_new.html", {"form": form})


@require_safe
def person(request: HttpRequest, user_id: UUID) -> HttpResponse:
    must(request, MANAGE_PEOPLE, APPROVE_RESET)
    return show_person(request, user_id)


def show_person(request: HttpRequest, user_id: UUID, *, wrong: dict | None = None) -> HttpResponse:
    """One colleague and what can be done; `wrong` holds the form that was filled in wrongly."""
    who = get_object_or_404(colleagues(), pk=user_id)
    forms = {
        "work_form": WorkForm(
            initial={"roles": [role.name for role in roles_of(who)], "team": who.team}
        ),
        "reason_form": ReasonForm(),
        "reset_form": ResetForm(),
        **(wrong or {}),
    }
    context = {
        "who": who,
        "roles": roles_of(who),
        "reset": open_resets().filter(user=who).select_related("asked_by").first(),
        "may_manage": may(request.user, MANAGE_PEOPLE),
        "may_reset": may(request.user, APPROVE_RESET),
        "is_oneself": who == request.user,
        "form": next(iter(wrong.values())) if wrong else None,
        **forms,
    }
    return render(request, "accounts/person.html", context, status=422 if wrong else 200)
