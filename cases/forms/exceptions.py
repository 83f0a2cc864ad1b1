"""Covering for a colleague, sharing a file, and saying that one is too close to someone."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.roles import who_may
from cases.models import Applicant, FamilyMember, Person
from cases.services.exceptions import MANAGE_TEAM, SUPPORT_FAMILIES

from .fields import EMPTY, DayField

LONGEST_SHARE = timedelta(days=366)
CHOOSE = "Kies iemand."


class Colleague(forms.ModelChoiceField):
    """A colleague by name, with the team when there are more teams to choose from."""

    def __init__(self, people: QuerySet | None = None, **options: Any) -> None:
        errors = {
            "required": CHOOSE,
            "invalid_choice": "Deze collega kan dit niet. Kies een ander.",
        }
        if people is None:
            people = User.objects.none()
        super().__init__(people, **{"empty_label": "Kies…", "error_messages": errors, **options})

    def label_from_instance(self, obj: User) -> str:
        return f"{obj.name} ({obj.team})" if obj.team else obj.name


def reason_field(**options: Any) -> forms.CharField:
    errors = {"required": "Schrijf in een paar woorden waarom."}
    return forms.CharField(
        **{"label": "Reden", "max_length": 200, "error_messages": errors, **options}
    )


class CoverForm(forms.Form):
    absent = Colleague(label="Wie is er niet?")
    substitute = Colleague(label="Wie neemt waar?")
    begin = DayField(label="Eerste dag")
    last = DayField(label="Laatste dag", help_text="Deze dag hoort er nog bij.")
    reason = reason_field(help_text="Bijvoorbeeld: verlof. Geen bijzonderheden over ziekte.")

    def __init__(self, *args: Any, manager: User, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        supporters = who_may(SUPPORT_FAMILIES).select_related("team")
        self.fields["absent"].queryset = supporters.filter(team=manager.team_id)
        self.fields["substitute"].queryset = supporters
        self.today = today

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        absent, substitute = given.get("absent"), given.get("substitute")
        if absent and absent == substitute:
            self.add_error("substitute", f"{absent} kan niet voor zichzelf waarnemen.")
        begin, last = given.get("begin"), given.get("last")
        if last and last < self.today:
            self.add_error("last", "Deze dag is al voorbij. Kies vandaag of later.")
        elif begin and last and last < begin:
            self.add_error("last", f"Kies {begin:%d-%m-%Y} (de eerste dag) of later.")
        return given


class ShareForm(forms.Form):
    registration = forms.ModelChoiceField(
        None, label="Aanmelding", empty_label=None, error_messages={"required": EMPTY}
    )
    to = Colleague(label="Met wie?")
    may_write = forms.TypedChoiceField(
        label="Wat mag die collega?",
        choices=[("nee", "Alleen lezen"), ("ja", "Lezen en schrijven")],
        coerce=lambda word: word == "ja",
    )
    last = DayField(
        label="Tot en met", help_text="Na deze dag gaat het dossier vanzelf weer dicht."
    )
    reason = reason_field(max_length=500)

    def __init__(
        self, *args: Any, registrations: QuerySet, by: User, today: date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["registration"].queryset = registrations
        who = who_may(SUPPORT_FAMILIES, MANAGE_TEAM).exclude(pk=by.pk).select_related("team")
        self.fields["to"].queryset = who
        self.today = today

    def clean_last(self) -> date:
        return within_a_year(self.cleaned_data["last"], self.today)


def within_a_year(last: date, today: date) -> date:
    """A day from today on, and no more than a year away. Raises ValidationError."""
    if last < today:
        raise ValidationError("Deze dag is al voorbij. Kies vandaag of later.")
    if last > today + LONGEST_SHARE:
        raise ValidationError("Kies een dag binnen een jaar; daarna kun je opnieuw delen.")
    return last


class ConflictForm(forms.Form):
    user = Colleague(label="Wie van het team?")
    who = forms.CharField(
        label="Om wie gaat het?",
        max_length=200,
        help_text="De volledige naam, of een nummer: P00012, K00012, A00512 of G00412.",
        error_messages={"required": "Vul een naam of een nummer in."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    since = DayField(label="Sinds wanneer?")
    reason = reason_field(
        label="Hoe ken je diegene?", help_text="Kort: familie, buren, eerder hulpverlener."
    )

    def __init__(self, *args: Any, by: User, team: QuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.people: list[Person] = []
        if team:
            self.fields["user"].queryset = team
            self.fields["user"].initial = by.pk
        else:
            del self.fields["user"]

    def clean_who(self) -> str:
        words = " ".join(self.cleaned_data["who"].split())
        self.people = people_known_as(words)
        if not self.people:
            raise ValidationError(
                "We kennen niemand met deze naam of dit nummer. Controleer hoe je het schrijft; "
                "weet je het niet zeker, overleg dan met je teammanager."
            )
        return words


class EndConflictForm(forms.Form):
    reason = reason_field(label="Waarom is het voorbij?")


def people_known_as(words: str) -> list[Person]:
    """Those with this number, those of the registration or family with it, or, when it is the
    whole name of one person, that one.

    Raises ValidationError, in Dutch, when more people are called so.
    """
    number = words.upper()
    by_number = Person.objects.filter(
        Q(number=number)
        | Q(pk__in=_members().filter(family__number=number).values("person"))
        | Q(pk__in=_applicants().filter(registration__number=number).values("person"))
    )
    parts = words.split()
    called = Q(pk__in=[])
    for cut in range(1, len(parts)):
        first, last = " ".join(parts[:cut]), " ".join(parts[cut:])
        called |= Q(first_name__iexact=first, last_name__iexact=last)
    by_name = list(Person.objects.filter(called)[:2])
    if len(by_name) > 1:
        raise ValidationError(
            "Er zijn meer mensen met deze naam. Vul het nummer in, of vraag je teammanager."
        )
    return list(by_number) or by_name


def _members() -> QuerySet:
    return FamilyMember.objects.standing()


def _applicants() -> QuerySet:
    return Applicant.objects.standing()
