"""What the pages of staff ask: a round, its rules, its questions, its words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from cases.forms.base import same_as
from cases.forms.fields import DayField
from facts.words import short_day
from surveys.models import Audience, Language, Question, Round
from surveys.models.questions import A_KEY
from surveys.models.rounds import MOST_MONTHS_BETWEEN
from surveys.parts import Part
from surveys.services.rounds import NAME_TAKEN
from surveys.services.texts import refusal


class NewRound(forms.Form):
    name = same_as(Round, "name", help_text="Zoals mensen haar noemen: 'Voorjaar 2027'.")
    like = forms.ModelChoiceField(
        Round.objects.all(),
        label="Waarmee begin je?",
        required=False,
        empty_label="De klaargezette vragen",
        help_text="Van een eerdere ronde gaan vragen, teksten en regels mee.",
    )

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if Round.objects.filter(name=name).exists():
            raise forms.ValidationError(NAME_TAKEN)
        return name


class Rules(forms.Form):
    version = forms.CharField(widget=forms.HiddenInput)
    name = same_as(Round, "name")
    with_running = same_as(Round, "with_running")
    with_closed = same_as(Round, "with_closed")
    closed_since = DayField(
        label="Afgesloten sinds", required=False, help_text="Leeg: hoe lang geleden ook."
    )
    parents = same_as(Round, "parents", help_text="Ouders die op een aanmelding staan.")
    children = same_as(Round, "children")
    young_people = same_as(Round, "young_people")
    months_between = same_as(
        Round,
        "months_between",
        min_value=0,
        max_value=MOST_MONTHS_BETWEEN,
        label="Maanden sinds een vorige enquête",
    )
    ends_on = DayField(label="Laatste dag om te antwoorden", required=False)

    of_trajectories = ("with_running", "with_closed")
    of_people = ("parents", "children", "young_people")

    @classmethod
    def names(cls) -> list[str]:
        """Of the fields of a round that are asked."""
        return [name for name in cls.base_fields if name != "version"]

    def otherwise(self, round: Round) -> list[tuple[str, str]]:
        """What stands in the round and was filled in differently: what it is called, and how it
        stands, in Dutch."""
        return [
            (str(self.fields[name].label), _in_words(getattr(round, name)))
            for name in self.names()
            if self.cleaned_data.get(name) != getattr(round, name)
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.get(name) for name in self.of_trajectories):
            self.add_error("with_running", "Kies minstens één soort traject.")
        if not any(data.get(name) for name in self.of_people):
            self.add_error("parents", "Kies minstens één groep mensen.")
        return data


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "aangevinkt" if value else "niet aangevinkt"
    return short_day(value) if isinstance(value, date) else str(value or "leeg")


class NewQuestion(forms.Form):
    key = same_as(
        Question, "key", label="Sleutel",
        help_text="Een kort woord in kleine letters, zoals 'contact'. Niemand anders ziet het.",
    )  # fmt: skip
    kind = forms.ChoiceField(label="Soort", choices=Question.Kind.choices)
    options = forms.CharField(
        label="Keuzes",
        required=False,
        help_text="Bij een keuzevraag: twee of meer sleutels met komma's, zoals 'ja, nee'. De "
        "woorden schrijf je bij de teksten.",
    )
    lowest = forms.IntegerField(label="Laagste getal", required=False, min_value=0, max_value=10)
    highest = forms.IntegerField(label="Hoogste getal", required=False, min_value=1, max_value=10)

    def clean_options(self) -> list[str]:
        keys = [one.strip() for one in self.cleaned_data["options"].split(",") if one.strip()]
        for key in keys:
            A_KEY(key)
        if len(set(keys)) < len(keys):
            raise forms.ValidationError("Eén keuze staat er twee keer.")
        return keys

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind = data.get("kind")
        if kind in (Question.Kind.ONE, Question.Kind.SEVERAL):
            data["lowest"] = data["highest"] = None
            if len(data.get("options") or []) < 2 and "options" in data:
                self.add_error("options", "Noem minstens twee keuzes.")
        elif kind == Question.Kind.SCALE:
            data["options"] = []
            ends = data.get("lowest"), data.get("highest")
            if None in ends or ends[0] >= ends[1]:
                self.add_error("highest", "Vul een laagste en een hoger hoogste getal in.")
        else:
            data |= {"options": [], "lowest": None, "highest": None}
        return data


class NewLanguage(forms.Form):
    code = same_as(Language, "code", help_text="Twee of drie letters: pl, so, ti.")
    language_name = same_as(Language, "name")
    right_to_left = same_as(Language, "right_to_left")


class Words(forms.Form):
    """The words of a round in one language for one audience; a field for each part."""

    version = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, parts: Iterable[Part], language: Language, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parts = {field_of(part): part for part in parts}
        for name, part in self.parts.items():
            self.fields[name] = _words(part, language)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name, part in self.parts.items():
            if fault := refusal(part, data.get(name, "")):
                self.add_error(name, fault)
        return data

    def words(self) -> dict[Part, str]:
        return {part: self.cleaned_data[name] for name, part in self.parts.items()}


def field_of(part: Part) -> str:
    return part.key.replace(".", "-")


def _words(part: Part, language: Language) -> forms.CharField:
    rows = 14 if part.has_lines else 2
    attrs = {"rows": rows, "lang": language.code}
    if language.right_to_left:
        attrs["dir"] = "rtl"
    names = f"Kan noemen: {', '.join(sorted(part.may | part.must))}." if part.may else ""
    return forms.CharField(
        label=part.label,
        required=False,
        max_length=3_000,
        help_text=names,
        widget=forms.Textarea(attrs=attrs),
    )


AUDIENCES = {"": "Iedereen", **dict(Audience.choices)}
