"""Looking for lines in the read log."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from accounts.models import AccessLine, User
from cases.models import Family, Intake, Person
from cases.who_looked.lines import Sought

from .fields import DayField

MOST_PEOPLE = 20
TOO_SHORT = {"min_length": "Zoek met minstens 2 tekens."}


class FindLines(forms.Form):
    persoon = forms.CharField(
        label="Persoon",
        required=False,
        min_length=2,
        max_length=100,
        help_text="Nummer of naam van een ouder of kind.",
        error_messages=TOO_SHORT,
    )
    dossier = forms.CharField(
        label="Dossier", required=False, max_length=20, help_text="Nummer van gezin of aanmelding."
    )
    medewerker = forms.CharField(
        label="Medewerker",
        required=False,
        min_length=2,
        max_length=100,
        help_text="Naam of e-mailadres.",
        error_messages=TOO_SHORT,
    )
    vanaf = DayField(label="Vanaf", required=False)
    tot_en_met = DayField(label="Tot en met", required=False)
    handeling = forms.ChoiceField(
        label="Handeling", required=False, choices=[("", "Alle"), *AccessLine.Action.choices]
    )
    uitkomst = forms.ChoiceField(
        label="Uitkomst", required=False, choices=[("", "Alle"), *AccessLine.Outcome.choices]
    )
    voor = forms.IntegerField(
        required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput
    )

    def clean_persoon(self) -> list[Person]:
        """Those who are meant: one by number, or everybody with that name."""
        words = self.cleaned_data["persoon"].split()
        if not words:
            return []
        found = Person.objects.filter(number=words[0].upper())[: 2 - len(words)]
        people = list(found) if len(words) == 1 else []
        people = people or list(_named(words)[: MOST_PEOPLE + 1])
        if not people:
            raise forms.ValidationError("Niemand heeft dit nummer of deze naam.")
        if len(people) > MOST_PEOPLE:
            raise forms.ValidationError(
                f"Meer dan {MOST_PEOPLE} mensen heten zo. Vul ook de voornaam in, of het nummer."
            )
        return people

    def clean_dossier(self) -> Family | None:
        number = self.cleaned_data["dossier"].upper()
        if not number:
            return None
        intakes = Intake.objects.standing().filter(registration__number=number)
        family = Family.objects.filter(Q(number=number) | Q(pk__in=intakes.values("family")))
        if not family:
            raise forms.ValidationError("Er is geen dossier met dit nummer.")
        return family[0]

    def clean_medewerker(self) -> list[User]:
        words = self.cleaned_data["medewerker"]
        if not words:
            return []
        found = User.objects.filter(Q(name__icontains=words) | Q(email__iexact=words))
        colleagues = list(found.order_by("name")[: MOST_PEOPLE + 1])
        if not colleagues:
            raise forms.ValidationError("Geen medewerker heet zo.")
        if len(colleagues) > MOST_PEOPLE:
            raise forms.ValidationError(
                f"Meer dan {MOST_PEOPLE} medewerkers heten zo. Wees preciezer."
            )
        return colleagues

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("vanaf"), self.cleaned_data.get("tot_en_met")
        if first and last and last < first:
            self.add_error("tot_en_met", f"Deze dag ligt voor {first:%d-%m-%Y}.")
        return self.cleaned_data

    def people(self) -> list[Person]:
        return self.cleaned_data["persoon"]

    def sought(self) -> Sought:
        """Of a valid form, with at most one person."""
        given = self.cleaned_data
        return Sought(
            person=given["persoon"][0].pk if given["persoon"] else None,
            family=given["dossier"],
            actors=[one.pk for one in given["medewerker"]] or None,
            first_day=given["vanaf"],
            last_day=given["tot_en_met"],
            action=given["handeling"],
            outcome=given["uitkomst"],
            before=given["voor"],
        )


def _named(words: list[str]) -> QuerySet:
    people = Person.objects.order_by("last_name", "first_name", "number")
    for word in words:
        people = people.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word))
    return people
