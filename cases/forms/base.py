"""What the forms of a file share: their lists, and how days and lists go together."""

from collections.abc import Container
from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import Field, Model

from cases.models import Code

from .fields import EMPTY, ListField


def same_as(model: type[Model], name: str, **options: Any) -> forms.Field:
    """A form field with the label, the length and the checks of the model's field."""
    field = cast(forms.Field, cast(Field, model._meta.get_field(name)).formfield(**options))
    field.error_messages["required"] = EMPTY
    return field


class FactForm(forms.Form):
    """A form about one fact. `dated_by` names the field that says when it happened."""

    dated_by = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._code_fields = {
            name: field for name, field in self.fields.items() if isinstance(field, ListField)
        }
        lists = {name for field in self._code_fields.values() for name in field.lists}
        codes = list(Code.objects.filter(list__in=lists)) if lists else []
        for field in self._code_fields.values():
            field.fill(codes)

    def clean(self) -> dict[str, Any]:
        if day := self.cleaned_data.get(self.dated_by):
            for name in self._code_fields:
                self._refuse_entries_not_valid_on(day, name)
        return self.cleaned_data

    def _refuse_entries_not_valid_on(self, day: date, name: str) -> None:
        chosen = self.cleaned_data.get(name)
        for code in chosen if isinstance(chosen, list) else [chosen]:
            if code and not valid_on(code, day):
                since = f" vanaf {code.valid_from:%d-%m-%Y}" if code.valid_from else ""
                until = f" tot {code.valid_until:%d-%m-%Y}" if code.valid_until else ""
                self.add_error(
                    name,
                    f"'{code.label}' geldt alleen{since}{until}, en niet op {day:%d-%m-%Y}. "
                    "Kies een waarde die op die dag geldt.",
                )

    def require_order(self, first: str, then: str, message: str) -> None:
        """`then` is empty, or on or after `first`. `message` may name '{first}'."""
        before, after = self.cleaned_data.get(first), self.cleaned_data.get(then)
        if before and after and after < before:
            self.add_error(then, message.format(first=f"{before:%d-%m-%Y}"))


def valid_on(code: Code, day: date) -> bool:
    """Half-open, as CodeQuerySet.valid_on."""
    return (code.valid_from is None or code.valid_from <= day) and (
        code.valid_until is None or day < code.valid_until
    )


class AboutPeople(FactForm):
    """A form that names people by number; `people`, when given, are those who may be named."""

    people: Container[str] | None = None
    not_among = "{number} hoort niet bij dit gezin. Noem iemand van het gezin zelf."

    def refuse_strangers(self, name: str, numbers: list[str]) -> None:
        for number in numbers:
            if self.people is not None and number not in self.people:
                self.add_error(name, self.not_among.format(number=number))
