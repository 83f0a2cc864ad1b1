"""What makes a form about a fact into one on a page: people to choose from, labels, a reason.

The rules and their wording stand in the forms that these mix with; the import uses those too.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Model

from cases.models import FamilyMember, Role

from .fields import EMPTY
from .moving import refuse_the_future

WHY = "correction_reason"
NOBODY = {False: ("", "Kies…"), True: ("", "Niet in beeld")}


class OnScreen:
    """Mix in before a FactForm. `people_fields`: which fields name someone of the family, and in
    what role (None: anyone). `members`: the standing members, with their persons."""

    people_fields: dict[str, Role | None] = {}

    def __init__(
        self,
        *args: Any,
        members: Iterable[FamilyMember],
        today: date,
        correcting: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.members = {member.person.number: member for member in members}
        self.people = self.members  # whom AboutPeople lets be named
        for name, role in self.people_fields.items():
            self._offer_people(name, role)
        for field in self.fields.values():
            field.label = f"{field.label or ''}"[:1].upper() + f"{field.label or ''}"[1:]
        if correcting:
            self.fields[WHY] = forms.CharField(
                label="Waarom pas je dit aan?",
                help_text="Bijvoorbeeld: beëindigd, typefout, het gezin vertelde meer.",
                max_length=500,
                error_messages={"required": EMPTY},
            )

    def _offer_people(self, name: str, role: Role | None) -> None:
        """Parents are asked for as whoever isn't a child: a role may not be in view yet."""
        old = self.fields[name]
        chosen = [
            (number, name_of(member))
            for number, member in self.members.items()
            if role is None or (member.role == Role.CHILD) == (role == Role.CHILD)
        ]
        self.fields[name] = forms.ChoiceField(
            label=old.label,
            required=old.required,
            choices=[NOBODY[not old.required], *chosen],
            error_messages={"required": EMPTY, "invalid_choice": "Kies iemand van het gezin."},
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        day = data.get(self.dated_by)
        if day:
            try:
                refuse_the_future(day, self.today)
            except forms.ValidationError as error:
                self.add_error(self.dated_by, error)
        return data

    @property
    def why(self) -> str:
        """Why a fact is corrected; of a valid form."""
        return self.cleaned_data.get(WHY, "")

    def content(self) -> dict[str, Any]:
        """What was filled in, as the model takes it; of a valid form."""
        given = {name: value for name, value in self.cleaned_data.items() if name != WHY}
        for name in self.people_fields:
            given[name] = self.members[given[name]].person if given[name] else None
        return given

    @classmethod
    def first_values(cls, row: Model) -> dict[str, Any]:
        """The fields filled in with what stands."""
        return {name: _as_typed(row, name) for name in cls.base_fields}


def name_of(member: FamilyMember) -> str:
    """Lot Dorpstraat (kind), or the number of who has no name yet."""
    person = member.person
    name = f"{person.first_name} {person.last_name}".strip() or person.number
    return f"{name} ({member.get_role_display().lower()})" if member.role else name


def _as_typed(row: Model, name: str) -> Any:
    value = getattr(row, name)
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, Model):
        return getattr(value, "number", value.pk)
    return "" if value is None else value


def in_words(form: forms.Form, name: str, value: Any) -> str:
    """What stands in a field, as a reader sees it: the label of a choice, a day."""
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    choices = dict(getattr(form.fields[name].widget, "choices", ()))
    if value in ("", None):
        return "niet in beeld"
    return str(choices.get(value, choices.get(str(value), value)))
