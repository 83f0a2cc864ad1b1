"""Keeping what someone types, on the server, for the next time the same form opens.

Pages use accounts/typed.py. A page gives the key of its form to the browser, signed: only a form
that this person was shown can be kept, and only about the object it was shown for. What was kept
is read by the page alone, which has asked the door first.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Model
from django.db.models.functions import Now

from accounts.models import Draft, FinishedForm

SALT = "accounts.draft"
OLDEST_PAGE = timedelta(hours=24)  # a page stays open no longer than a working day
MOST_TEXT = 200_000  # characters in one form
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Place:
    """Which form, and the object it is about; both '' for none."""

    form: str
    object_type: str = ""
    object_id: str = ""

    @classmethod
    def of(cls, form: str, about: Model | None) -> "Place":
        if about is None:
            return cls(form)
        return cls(form, about._meta.label_lower, str(about.pk))


@dataclass(frozen=True)
class Shown:
    """A form as a page showed it: the page's serial number, and where its text is kept."""

    serial: UUID
    place: Place


def key_of(shown: Shown, *, user: Any) -> str:
    """What the browser gets, and gives back."""
    content = {"user": str(user.pk), "serial": str(shown.serial), **vars(shown.place)}
    return signing.dumps(content, salt=SALT)


def opened(key: str, *, by: Any) -> Shown:
    """What the key was given for. Raises ValidationError when not to this person, or long ago."""
    try:
        content = signing.loads(key, salt=SALT, max_age=OLDEST_PAGE)
    except signing.BadSignature:
        raise ValidationError("Deze pagina is te oud. Laad haar opnieuw.", code="key") from None
    if content.pop("user") != str(by.pk):
        raise ValidationError("Deze pagina is van iemand anders.", code="key")
    return Shown(UUID(content.pop("serial")), Place(**content))


def kept(place: Place, *, user: Any) -> dict[str, Any]:
    """The text that was kept there; nothing when there is none."""
    draft = Draft.objects.filter(user=user, **vars(place)).first()
    return draft.content if draft else {}


def keep_draft(*, key: str, content: dict[str, Any], by: Any) -> bool:
    """Keep the text. False: the form was saved meanwhile, and these are its last words.

    Raises ValidationError when the key isn't one that this person was given, or with too much text.
    """
    shown = opened(key, by=by)
    if sum(len(str(value)) for value in content.values()) > MOST_TEXT:
        raise ValidationError("Dit is te veel tekst om tussendoor te bewaren.", code="long")
    with transaction.atomic():
        draft, _ = Draft.objects.get_or_create(user=by, **vars(shown.place))
        # Whoever finishes a form writes this row as well: what we read next stays true.
        draft = Draft.objects.select_for_update().get(pk=draft.pk)
        if FinishedForm.objects.filter(serial=shown.serial).exists():
            return False
        draft.content, draft.updated_at = content, Now()
        draft.save(update_fields=["content", "updated_at"])
    return True


def discard_by_key(*, key: str, by: Any) -> None:
    """Its owner throws it away. Raises ValidationError."""
    shown = opened(key, by=by)
    finish(shown, digest="", went_to="", by=by)


def finish(shown: Shown, *, digest: str, went_to: str, by: Any) -> None:
    """The form was saved, or thrown away: what was kept has done its work."""
    FinishedForm.objects.get_or_create(
        serial=shown.serial, digest=digest, defaults={"user": by, "went_to": went_to}
    )
    forget(shown.place, user=by)


def forget(place: Place, *, user: Any) -> None:
    """Nothing is kept there any more. The row stays: who keeps at this moment waits for it."""
    empty = {"content": {}, "updated_at": Now()}
    Draft.objects.update_or_create(user=user, **vars(place), defaults=empty)


def finished_before(shown: Shown, digest: str, *, by: Any) -> FinishedForm | None:
    """The same form with the same text that was saved already. Until the end of the transaction
    the same form can't be saved by another request: of two at once, one waits for the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [shown.serial.int >> 65])
    return FinishedForm.objects.filter(user=by, serial=shown.serial, digest=digest).first()


def clear_old() -> int:
    """Nobody came back for these."""
    FinishedForm.objects.filter(finished_at__lt=Now() - KEPT).delete()
    return Draft.objects.filter(updated_at__lt=Now() - KEPT).delete()[0]
