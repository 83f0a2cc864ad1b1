"""Registering one person or two together, and how they came."""

from typing import Any

from django import forms

from cases.models import Announcer, Arrival, Channel, Person
from cases.services import NewPerson
from cases.services.arriving import HowItCame

from .base import FactForm, same_as
from .family import PersonForm
from .fields import EMPTY, CodeField, DayField

NO_MAIL = {"invalid": "Dit is geen e-mailadres. Schrijf het als naam@voorbeeld.nl."}
ROLES = PersonForm.base_fields["role"].choices
CONSENT = "Zonder toestemming leggen we niets vast. Vraag of wij de gegevens mogen bewaren."


class RegisterForm(FactForm):
    """The fields that begin with `second_` are of who registers together with the first."""

    dated_by = "happened_on"

    first_name = same_as(Person, "first_name", required=True)
    last_name = same_as(Person, "last_name", required=True)
    role = forms.ChoiceField(label="Rol in het gezin", choices=ROLES, required=False)
    birth_date = DayField(label="Geboortedatum", required=False)
    phone = same_as(Person, "phone")
    email = same_as(Person, "email", error_messages=NO_MAIL)
    second_first_name = same_as(Person, "first_name")
    second_last_name = same_as(Person, "last_name")
    second_role = forms.ChoiceField(label="Rol in het gezin", choices=ROLES, required=False)
    second_birth_date = DayField(label="Geboortedatum", required=False)
    second_phone = same_as(Person, "phone")
    second_email = same_as(Person, "email", error_messages=NO_MAIL)
    happened_on = DayField(label="Aangemeld op")
    route = CodeField("registration_route", label="Route", required=False)
    referrer = CodeField("referrer", label="Verwijzer", required=False)
    channel = forms.ChoiceField(
        label="Hoe kwam het binnen",
        choices=[("", "Kies…"), *Channel.choices],
        error_messages={"required": EMPTY},
    )
    announcer = forms.ChoiceField(
        label="Wie meldt aan",
        choices=[("", "Kies…"), *Announcer.choices],
        error_messages={"required": EMPTY},
    )
    announcer_name = same_as(
        Arrival, "announcer_name", help_text="Alleen als het iemand anders is dan hierboven."
    )
    note = same_as(Arrival, "note", widget=forms.Textarea(attrs={"rows": 5}))
    consent = forms.BooleanField(
        label="Er is toestemming om de gegevens vast te leggen",
        error_messages={"required": CONSENT},
    )
    supervise = forms.BooleanField(label="Ik ga dit gezin begeleiden", required=False)
    choice = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    names = ("first_name", "last_name", "role", "birth_date", "phone", "email")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        someone = any(data.get(f"second_{name}") for name in self.names)
        for name in ("second_first_name", "second_last_name"):
            if someone and name not in self.errors and not data.get(name):
                self.add_error(name, "Vul een naam in, of laat alles over de tweede persoon leeg.")
        return data

    def applicants(self) -> list[NewPerson]:
        """One, or two together."""
        data = self.cleaned_data
        people = [NewPerson(**{name: data[name] for name in self.names})]
        if data["second_last_name"]:
            people.append(NewPerson(**{name: data[f"second_{name}"] for name in self.names}))
        return people

    def came(self) -> HowItCame:
        names = ("channel", "announcer", "announcer_name", "consent", "note")
        return HowItCame(**{name: self.cleaned_data[name] for name in names})
