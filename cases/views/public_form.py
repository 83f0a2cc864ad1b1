"""The form for parents, young people and professionals: no account, no session, nothing lost.

A stranger has no rights here that a forged request could abuse, but the check stands all the same.
Where it fails (the page was open for a day, cookies are off) the form comes back with all that was
typed and a fresh key, and not the page that says it is too late.
"""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.guessing import TooManyGuesses, count_guess
from cases.forms.public_form import PublicForm
from cases.models import WebRegistration
from cases.services.web_registrations import receive

GIVEN, RECEIPT = "cases.public_form", "cases.receipt"
LOOK_AGAIN = "Kijk je gegevens nog één keer na en druk dan op Versturen. Er is niets verloren."
TOO_LONG_OPEN = (
    "Deze pagina stond lang open, of cookies staan uit. Je tekst staat er nog. Druk nog één keer "
    "op Versturen."
)
NO_BODY = "Laat het vak 'Laat dit vak leeg' leeg en druk nog één keer op Versturen."


class _Check(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> str:  # type: ignore[override]
        return reason


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@sensitive_post_parameters()
def public_form(request: HttpRequest) -> HttpResponse:
    """One page. What can't be taken comes back as it was typed, with what to do."""
    if request.method != "POST":
        return _show(request, PublicForm(), given=_new_key())
    form = PublicForm(request.POST)
    key = _opened(request.POST.get("given", ""))
    say = _wait(request, form, key)
    if say or not form.is_valid() or key is None:
        given = request.POST["given"] if key else _new_key(settings.FORM_TAKES)
        status = 403 if say == TOO_LONG_OPEN else 200
        return _show(request, form, given=given, say=say, status=status)
    return _received(request, form, key.id)


def _wait(request: HttpRequest, form: PublicForm, key: "Key | None") -> str:
    """Why it should be sent once more, though nothing in it is wrong. Never twice the same."""
    if _is_forged(request):
        return TOO_LONG_OPEN
    if form.data.get("website"):
        return NO_BODY
    if form.is_valid() and (key is None or key.age < settings.FORM_TAKES):
        return LOOK_AGAIN
    return ""


@require_safe
@login_not_required
def public_receipt(request: HttpRequest, key: str) -> HttpResponse:
    """The number to name on the telephone, and what happens next."""
    try:
        pk = signing.loads(key, salt=RECEIPT, max_age=timedelta(days=30))
    except signing.BadSignature:
        raise Http404 from None
    receipt = WebRegistration.objects.filter(pk=pk).values_list("receipt", flat=True).first()
    if receipt is None:
        raise Http404
    context = {"receipt": receipt, "phone": settings.TEAM_PHONE}
    return render(request, "cases/public_receipt.html", context)


def _received(request: HttpRequest, form: PublicForm, pk: UUID) -> HttpResponse:
    said = form.said()
    try:
        if not WebRegistration.objects.filter(pk=pk).exists():
            count_guess(request, "web_registration")
        web = receive(id=pk, said=said, write_back=_may_write_to(request, said["email"]))
    except TooManyGuesses as limit:
        return _show(request, form, given=request.POST["given"], say=limit.messages[0], status=429)
    return redirect("public_receipt", signing.dumps(str(web.pk), salt=RECEIPT))


def _may_write_to(request: HttpRequest, email: str) -> bool:
    """A few letters a day to one address: nobody's post box is filled from here."""
    if not email:
        return False
    try:
        count_guess(request, "receipt", account=email.lower())
    except TooManyGuesses:
        return False
    return True


def _show(
    request: HttpRequest, form: PublicForm, *, given: str, say: str = "", status: int = 200
) -> HttpResponse:
    caught = bool(form.is_bound and form.data.get("website"))
    context: dict[str, Any] = {
        "form": form,
        "given": given,
        "say": say,
        "caught": caught,
        "phone": settings.TEAM_PHONE,
    }
    return render(request, "cases/public_form.html", context, status=status)


def _is_forged(request: HttpRequest) -> bool:
    check = _Check(lambda request: HttpResponse())
    check.process_request(request)
    return check.process_view(request, _checked, (), {}) is not None


def _checked(request: HttpRequest) -> None:
    """Stands for a view that isn't exempt."""


class Key(NamedTuple):
    """What a form will be known by once it is sent in, and how long ago it was given out."""

    id: UUID
    age: timedelta


def _new_key(earlier: timedelta = timedelta(0)) -> str:
    """Signed; as if it was given out `earlier`, to who has waited already."""
    at = (timezone.now() - earlier).timestamp()
    return signing.dumps({"id": str(uuid.uuid4()), "at": at}, salt=GIVEN)


def _opened(given: str) -> Key | None:
    """None: we never gave it out."""
    try:
        said = signing.loads(given, salt=GIVEN)
    except signing.BadSignature:
        return None
    at = datetime.fromtimestamp(said["at"], UTC)
    return Key(UUID(said["id"]), timezone.now() - at)
