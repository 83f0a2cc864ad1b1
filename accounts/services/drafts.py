"""Keeping what someone types, on the server, for the next time the same form opens.

A page opens the draft of its form and gives its `key` to the browser, signed: only a form that
this person was shown can be kept, and only about the object it was shown for. What was kept is
read by the page alone, which has asked the door first.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Draft

SALT = "accounts.draft"
OLDEST_PAGE = timedelta(hours=24)  # a page stays open no longer than a working day
MOST_TEXT = 200_000  # characters in one form
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class OpenDraft:
    """A form as a page shows it: the key for the browser, and the text that was kept."""

    key: str
    content: dict[str, Any]

    @property
    def is_restored(self) -> bool:
        return bool(self.content)

    def initial(self, **otherwise: Any) -> dict[str, Any]:
        """First values of the form: what was kept goes before what stands."""
        return otherwise | self.content


def open_draft(*, user: Any, form: str, about: Model | None = None) -> OpenDraft:
    """The draft of `form` about that object, for a page that may show the object."""
    place = _place(form, about)
    draft = Draft.objects.filter(user=user, **place).first()
    shown_at = timezone.now().timestamp()
    key = signing.dumps({"user": str(user.pk), "shown_at": shown_at, **place}, salt=SALT)
    return OpenDraft(key, draft.content if draft else {})


def keep_draft(*, key: str, content: dict[str, Any], by: Any) -> bool:
    """Keep the text. False: the form was saved meanwhile, and these are its last words.

    Raises ValidationError when the key isn't one that this person was given, or with too much text.
    """
    place, shown_at = _opened(key, by)
    if sum(len(str(value)) for value in content.values()) > MOST_TEXT:
        raise ValidationError("Dit is te veel tekst om tussendoor te bewaren.", code="long")
    with transaction.atomic():
        draft, _ = Draft.objects.get_or_create(user=by, **place)
        draft = Draft.objects.select_for_update().get(pk=draft.pk)
        if draft.finished_at and draft.finished_at >= shown_at:
            return False
        draft.content, draft.updated_at = content, Now()
        draft.save(update_fields=["content", "updated_at"])
    return True


def discard_draft(*, user: Any, form: str, about: Model | None = None) -> None:
    """The form was saved: what was kept has done its work."""
    _finish(user, _place(form, about))


def discard_by_key(*, key: str, by: Any) -> None:
    """Its owner throws it away. Raises ValidationError."""
    place, _ = _opened(key, by)
    _finish(by, place)


def clear_old() -> int:
    """Nobody came back for these."""
    return Draft.objects.filter(updated_at__lt=Now() - KEPT).delete()[0]


def _finish(user: Any, place: dict[str, str]) -> None:
    Draft.objects.update_or_create(
        user=user,
        **place,
        defaults={"content": {}, "updated_at": Now(), "finished_at": timezone.now()},
    )


def _place(form: str, about: Model | None) -> dict[str, str]:
    if about is None:
        return {"form": form, "object_type": "", "object_id": ""}
    return {"form": form, "object_type": about._meta.label_lower, "object_id": str(about.pk)}


def _opened(key: str, by: Any) -> tuple[dict[str, str], datetime]:
    """What the key is for, and when it was given."""
    try:
        place = signing.loads(key, salt=SALT, max_age=OLDEST_PAGE)
    except signing.BadSignature:
        raise ValidationError("Deze pagina is te oud. Laad haar opnieuw.", code="key") from None
    if place.pop("user") != str(by.pk):
        raise ValidationError("Deze pagina is van iemand anders.", code="key")
    return place, datetime.fromtimestamp(place.pop("shown_at"), UTC)
