"""A form in which someone types, as a page shows it: nothing typed is lost, nothing saved twice.

    typed = typed_in(request, "taak", about=registration)       # after the door
    form = TaskForm(typed.data, initial=typed.initial(**stands))
    if typed.sent and form.is_valid() and _written(...):
        return typed.saved(redirect(...))
    return render(request, "...", {"form": form, "typed": typed})

and in the template {% include "components/_typed.html" %} where a form has its csrf_token. The
text is kept every two seconds (static/js/concept.js) for this person, this form and this object.
"""

import hashlib
import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict

from accounts.models import Draft
from accounts.services import drafts
from accounts.services.drafts import Place, Shown

FIELD = "typed"  # in which the page gives its key back
NOT_TYPED = {FIELD, "csrfmiddlewaretoken"}


class SavedBefore(Exception):
    """This very form was saved already, and the answer got lost. The middleware leads on."""

    def __init__(self, went_to: str) -> None:
        super().__init__(went_to)
        self.went_to = went_to


@dataclass
class Typed:
    """`content`: what was kept; empty when there is nothing. `came`: the form that was sent."""

    request: HttpRequest
    place: Place
    content: dict[str, Any] = field(default_factory=dict)
    came: Shown | None = None

    @property
    def sent(self) -> bool:
        return self.request.method == "POST"

    @property
    def data(self) -> QueryDict | None:
        return self.request.POST if self.sent else None

    @property
    def is_restored(self) -> bool:
        return bool(self.content) and not self.sent

    @cached_property
    def key(self) -> str:
        """For the browser. A form that comes back to be improved stays the same form."""
        serial = self.came.serial if self.came else uuid.uuid4()
        return drafts.key_of(Shown(serial, self.place), user=self.request.user)

    def initial(self, /, **otherwise: Any) -> dict[str, Any]:
        """First values of the form: what was kept goes before what stands."""
        return otherwise | self.content

    def keep(self, content: dict[str, Any]) -> None:
        """What was sent, when something has to be done first."""
        drafts.keep_draft(key=self.key, content=content, by=self.request.user)

    def saved(self, answer: HttpResponse) -> HttpResponse:
        """In the transaction that saved the form: the draft has done its work."""
        user = self.request.user
        if self.came:
            digest, went_to = _digest(self.request), answer.get("Location", "")
            drafts.finish(self.came, digest=digest, went_to=went_to, by=user)
        if not self.came or self.came.place != self.place:
            drafts.forget(self.place, user=user)
        return answer


def typed_in(request: HttpRequest, form: str, about: Model | None = None) -> Typed:
    """The form of that name about that object. Raises SavedBefore for what was saved already."""
    place = Place.of(form, about)
    if request.method == "POST":
        return Typed(request, place, came=_came(request))
    return Typed(request, place, drafts.kept(place, user=request.user))


def several_typed_in(request: HttpRequest, forms: Iterable[str]) -> dict[str, Typed]:
    """Many forms on one page, about no object, for one query."""
    forms = list(forms)
    own = Draft.objects.filter(user=request.user, object_type="", form__in=forms)
    contents = dict(own.values_list("form", "content"))
    return {name: Typed(request, Place(name), contents.get(name, {})) for name in forms}


def _came(request: HttpRequest) -> Shown | None:
    """None: a page of yesterday, or made by hand: saved, and not known when it comes twice."""
    try:
        shown = drafts.opened(request.POST.get(FIELD, ""), by=request.user)
    except ValidationError:
        return None
    before = drafts.finished_before(shown, _digest(request), by=request.user)
    if before:
        raise SavedBefore(before.went_to or request.path)
    return shown


def _digest(request: HttpRequest) -> str:
    fields = {name: request.POST.getlist(name) for name in request.POST if name not in NOT_TYPED}
    files = [(name, file.name, file.size) for name, file in request.FILES.items()]
    said = json.dumps([request.path, fields, files], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()
