"""A refused attempt: for the visitor a page that doesn't exist, for the log a line."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest

from accounts.models import AccessLine

from .writing import note


class Refused(Http404):
    """Somebody asked for what there is no ground for. Carries what was asked.

    It rolls the page's transaction back, so that the middleware writes the line afterwards.
    """

    def __init__(
        self,
        *,
        actor: Any,
        action: str,
        object_type: str,
        purpose: str,
        object_id: Any = None,
        part: str = "",
        subjects: tuple = (),
        detail: dict | None = None,
    ) -> None:
        super().__init__("Deze pagina bestaat niet.")
        self.asked = {
            "actor": actor,
            "action": action,
            "object_type": object_type,
            "object_id": object_id,
            "part": part,
            "purpose": purpose,
            "subjects": subjects,
            "detail": detail,
        }


class LedOn(Exception):
    """What was asked for stands at another address by now, which the visitor may know."""

    def __init__(self, address: str) -> None:
        super().__init__("Dit staat nu op een ander adres.")
        self.address = address


def note_refused(refused: Refused, request: HttpRequest) -> None:
    """Write the line of a refused attempt, in a transaction of its own."""
    with transaction.atomic():
        note(
            **refused.asked,
            ground=AccessLine.Ground.NONE,
            outcome=AccessLine.Outcome.REFUSED,
            request=request,
        )
