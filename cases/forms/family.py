"""A family, its people, and who holds custody."""

from typing import Any

from django import forms

from cases.models import Person, Role

from .base import AboutPeople, FactForm, same_as
from .fields import EMPTY, CodeField, CodesField, DayField, YesNoField


class FamilyForm(FactForm):
    composition = CodeField("family_composition", label="gezinssamenstelling", required=False)
    desired_situations = CodesField(
        "desired_situation", label="gewenste gezinssituatie", required=False
    )
    placement_reasons = CodesField(
        "placement_reason", label="redenen uithuisplaatsing", required=False
    )


class PersonForm(FactForm):
    role = forms.ChoiceField(
        label="rol", choices=[("", "Niet in beeld"), *Role.choices], required=False
    )
    first_name = same_as(Person, "first_name")
    last_name = same_as(Person, "last_name")
    birth_date = DayField(label="geboortedatum", required=False)
    email = same_as(
        Person,
        "email",
        error_messages={"invalid": "Dit is geen e-mailadres. Schrijf het als naam@voorbeeld.nl."},
    )
    phone = same_as(Person, "phone")

    own_fields = ("first_name", "last_name", "email", "phone")
    member_fields = ("role", "birth_date")


class CustodyForm(AboutPeople):
    parent = forms.CharField(label="ouder", error_messages={"required": EMPTY})
    child = forms.CharField(label="kind", error_messages={"required": EMPTY})
    holds = YesNoField(label="gezag")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("parent") and data.get("parent") == data.get("child"):
            self.add_error("child", "Niemand heeft gezag over zichzelf. Noem twee personen.")
        return data
