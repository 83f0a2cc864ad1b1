"""The kinds of field that the forms of a file are made of."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cases.models import Code

EMPTY = "Dit mag niet leeg zijn."
FIRST_YEAR, LAST_YEAR = 1900, 2100


class DayField(forms.DateField):
    """A day, without a time, in a year that can be."""

    default_error_messages = {
        "required": EMPTY,
        "invalid": "Dit is geen datum. Schrijf dag-maand-jaar, zoals 31-07-2024.",
        "impossible": (
            f"Deze datum is onmogelijk: het jaar moet tussen {FIRST_YEAR} en {LAST_YEAR} liggen."
        ),
    }

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(**{"widget": widget, **options})

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise ValidationError(self.error_messages["impossible"], code="impossible")


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or (when it isn't required) not in view: True, False, None."""

    default_error_messages = {"required": EMPTY, "invalid_choice": "Kies 'ja' of 'nee'."}

    def __init__(self, **options: Any) -> None:
        choices = [("ja", "Ja"), ("nee", "Nee")]
        if not options.get("required", True):
            choices.insert(0, ("", "Niet in beeld"))
        super().__init__(
            choices=choices, coerce=lambda word: word == "ja", empty_value=None, **options
        )


class ListField(forms.Field):
    """Something of an editable list. Its form fills in the entries (FactForm)."""

    default_error_messages = {
        "required": EMPTY,
        "unknown": "Deze waarde staat niet in de lijst. Kies een waarde uit de lijst.",
    }

    def __init__(self, *lists: str, **options: Any) -> None:
        super().__init__(**options)
        self.lists = lists
        self.codes: dict[str, Code] = {}

    def fill(self, codes: Iterable[Code]) -> None:
        self.codes = {code.pk: code for code in codes if code.list in self.lists}
        entries = [(pk, code.label) for pk, code in self.codes.items()]
        self.widget.choices = [*self.none_chosen(), *entries]

    def none_chosen(self) -> list[tuple[str, str]]:
        return []

    def entry(self, key: Any) -> Code:
        try:
            return self.codes[key]
        except (KeyError, TypeError):
            raise ValidationError(self.error_messages["unknown"], code="unknown") from None


class CodeField(ListField):
    """One entry."""

    widget = forms.Select

    def none_chosen(self) -> list[tuple[str, str]]:
        return [("", "Kies…" if self.required else "Niet in beeld")]

    def to_python(self, value: Any) -> Code | None:
        return None if value in self.empty_values else self.entry(value)


class CodesField(ListField):
    """Several entries, each once."""

    widget = forms.SelectMultiple
    default_error_messages = {
        "twice": "'%(label)s' staat hier twee keer. Noem elke waarde één keer.",
    }

    def to_python(self, value: Any) -> list[Code]:
        codes: list[Code] = []
        for key in value or ():
            code = self.entry(key)
            if code in codes:
                raise ValidationError(
                    self.error_messages["twice"], code="twice", params={"label": code.label}
                )
            codes.append(code)
        return codes


class NumbersField(forms.Field):
    """Several people, by their number, each once."""

    widget = forms.SelectMultiple
    default_error_messages = {
        "required": EMPTY,
        "twice": "%(number)s staat hier twee keer. Noem elke persoon één keer.",
    }

    def to_python(self, value: Any) -> list[str]:
        numbers = [str(number) for number in value or ()]
        for number in numbers:
            if numbers.count(number) > 1:
                raise ValidationError(
                    self.error_messages["twice"], code="twice", params={"number": number}
                )
        return numbers
