"""Adding a line, in the transaction of the page that it stands for."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from allauth.account.adapter import get_adapter
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, models, transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from accounts.models import AccessLine, User

SALT = "accounts.access_log"


class LogUnavailable(Exception):
    """The line can't be written, so what it stands for may not be shown."""

    def __init__(self) -> None:
        super().__init__("Het leeslogboek is niet beschikbaar.")


@dataclass
class Noted:
    """What one request wrote: the ids of its lines, whether or not they still stand.

    `raised`: its view ended in an exception, so it shows nothing of what it noted.
    """

    request_id: uuid.UUID = field(default_factory=uuid.uuid4)
    lines: list[uuid.UUID] = field(default_factory=list)
    raised: bool = False

    @classmethod
    def by(cls, request: HttpRequest) -> "Noted":
        """The one of `request`."""
        found = getattr(request, "access_log", None)
        if found is None:
            found = request.access_log = cls()  # type: ignore[attr-defined]
        return found


def note(
    *,
    actor: User | AnonymousUser | None,
    action: str,
    object_type: str,
    ground: str | Mapping[uuid.UUID, str],
    purpose: str,
    object_id: Any = None,
    part: str = "",
    subjects: Iterable[Any] = (),
    outcome: str = AccessLine.Outcome.SHOWN,
    detail: Mapping[str, Any] | None = None,
    request: HttpRequest | None = None,
) -> AccessLine:
    """Write one line for one answer, with every person it shows in `subjects` (ids or rows).

    Inside the transaction in which the shown is read (a page is one). `ground`: one for all, or of
    each of the `subjects` its own. In `detail` every text is hashed; numbers stay. `request` gives
    the line its origin and lets the middleware see to it that the page isn't shown when the line
    is lost after all.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "note() hoort in de transactie van wat er wordt getoond."
        )
    people = sorted({_id_of(subject) for subject in subjects})
    ground, by_ground = (ground, {}) if isinstance(ground, str) else _grounds(ground, people)
    line = AccessLine(
        actor=actor if isinstance(actor, User) else None,
        ground=AccessLine.Ground(ground),
        purpose=purpose,
        action=AccessLine.Action(action),
        outcome=AccessLine.Outcome(outcome),
        object_type=object_type,
        object_id="" if object_id is None else object_id,
        part=part,
        subjects=people,
        detail=hashed({**(detail or {}), **by_ground}),
    )
    _write(line, request)
    return line


def _grounds(
    of_each: Mapping[uuid.UUID, str], people: list[uuid.UUID]
) -> tuple[str, dict[str, dict[str, list[int]]]]:
    """The one ground of all; or SEVERAL, and for the detail who was seen on which."""
    places: dict[str, list[int]] = {}
    for place, person in enumerate(people):
        places.setdefault(str(AccessLine.Ground(of_each[person])), []).append(place)
    if len(places) == 1:
        return next(iter(places)), {}
    return AccessLine.Ground.SEVERAL, {AccessLine.GROUNDS: places}


def _write(line: AccessLine, request: HttpRequest | None) -> None:
    for name in ("purpose", "object_type", "object_id", "part"):
        setattr(line, name, _printable(name, getattr(line, name)))
    if request is not None:
        noted = Noted.by(request)
        noted.lines.append(line.pk)
        line.request_id = noted.request_id
        line.origin = _origin(request)
    try:
        line.save(force_insert=True)  # the database adds the moment and the roles
    except DatabaseError as error:
        raise LogUnavailable from error


def hashed(value: Any) -> Any:
    """`value` with every text replaced by a keyed hash: to be compared, not to be read.

    The same search gives the same hash, whatever its capitals and spaces.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {key: hashed(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [hashed(part) for part in value]
    text = " ".join(str(value).casefold().split())
    return salted_hmac(SALT, text, algorithm="sha256").hexdigest()[:32]


def _id_of(subject: Any) -> uuid.UUID:
    found = getattr(subject, "pk", subject)
    return found if isinstance(found, uuid.UUID) else uuid.UUID(str(found))


def _printable(name: str, value: Any) -> str:
    """Without characters that could pass for something else, and not too long for its column."""
    text = "".join(char if char.isprintable() else "\ufffd" for char in str(value))
    column = cast(models.CharField, AccessLine._meta.get_field(name))
    return text[: column.max_length]


def _origin(request: HttpRequest) -> str:
    """The address of the visitor, hashed: the same place can be recognised, not found."""
    try:
        address = get_adapter().get_client_ip(request)
    except PermissionDenied:
        return ""
    return hashed(address)
