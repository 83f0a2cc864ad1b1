"""One round for who manages it, and a form that a service may refuse."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from surveys.door import MANAGE_ROUNDS, must
from surveys.models import Round


def managed(request: HttpRequest, round_id: UUID) -> Round:
    """A round, for who manages them."""
    must(request, MANAGE_ROUNDS, part="ronde")
    return get_object_or_404(Round, pk=round_id)


def draft(request: HttpRequest, round_id: UUID) -> Round:
    """One that can still be changed; of another there is no such page. Who was typing on it while
    a colleague started the round gets it once more: the service refuses, and no word is lost."""
    round = managed(request, round_id)
    if not round.is_draft and request.method != "POST":
        raise Http404("Deze ronde is gestart en verandert niet meer.")
    return round


def tried(form: forms.BaseForm, deed: Callable[[], Any]) -> Any:
    """What was done, or True; False when it couldn't be, and then the form says why."""
    try:
        return deed() or True
    except ValidationError as refusal:
        form.add_error(None, getattr(refusal, "error_list", refusal.messages))
        return False
