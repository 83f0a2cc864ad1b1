"""The forms that are typed in: where they are, what goes in them, and what is written of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cases.models import Complaint, Contact, Registration, Task
from cases.services import correct, correct_contact
from cases.services.editing import what_stands_now
from cases.services.tasks import change_task
from facts.models import Fact
from tests.cases.office import LAST_WEEK, TOMORROW
from tests.cast import family_of


@dataclass(frozen=True)
class Story:
    """`field` is typed in; `also` is filled in beside it. `written`: how often a text that begins
    with a marker was ever written down. `collides`: a colleague changes the same first."""

    name: str
    address: str
    field: str
    also: dict[str, str]
    written: Callable[[str], int]
    collides: Callable[[Any, str], object] | None = None


def a_conversation(registration: Registration) -> Story:
    family, number = family_of(registration).pk, registration.number
    address = f"/gezinnen/{family}/gesprek/?aanmelding={number}"
    return Story("gesprek", address, "note", {}, _notes)


def a_task(registration: Registration) -> Story:
    address = f"/aanmeldingen/{registration.pk}/taak/"
    return Story("taak", address, "title", {"due_on": TOMORROW.isoformat()}, _titles)


def a_complaint(registration: Registration) -> Story:
    address = f"/gezinnen/{family_of(registration).pk}/klachten/nieuw/"
    return Story("feit", address, "subject", {"happened_on": LAST_WEEK.isoformat()}, _subjects)


def a_better_conversation(registration: Registration) -> Story | None:
    said = Contact.objects.standing().filter(registration=registration).order_by("?").first()
    return said and Story(
        "gesprek verbeterd", f"/gesprek/{said.pk}/", "note", {"reason": "Beter"}, _notes,
        lambda by, text: _first(said, lambda now: correct_contact(
            contact=now, by=by, reason="Anders", note=text)),
    )  # fmt: skip


def a_better_complaint(registration: Registration) -> Story | None:
    family = family_of(registration)
    made = Complaint.objects.standing().filter(family=family).order_by("?").first()
    return made and Story(
        "feit aangepast", f"/gezinnen/{family.pk}/klachten/{made.pk}/", "subject",
        {"correction_reason": "Beter"}, _subjects,
        lambda by, text: _first(made, lambda now: correct(
            now, by=by, reason="Anders", content={"subject": text})),
    )  # fmt: skip


def another_task(registration: Registration) -> Story | None:
    task = Task.objects.filter(registration=registration).order_by("?").first()
    return task and Story(
        "taak gewijzigd", f"/taken/{task.pk}/", "title", {}, _titles,
        lambda by, text: change_task(task=task, by=by, title=text),
    )  # fmt: skip


NEW = (a_conversation, a_task, a_complaint)
BETTER = (a_better_conversation, a_better_complaint, another_task)


def _first(fact: Fact, change: Callable[[Any], object]) -> None:
    now = what_stands_now(fact)
    if now:
        change(now)


def _notes(marker: str) -> int:
    return Contact.objects.filter(note__startswith=marker).count()


def _subjects(marker: str) -> int:
    return Complaint.objects.filter(subject__startswith=marker).count()


def _titles(marker: str) -> int:
    """A task is changed in place: each change leaves a line of history."""
    return Task.history.filter(title__startswith=marker).count()
