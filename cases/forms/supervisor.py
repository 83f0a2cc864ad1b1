"""A process supervisor and how much they work."""

from typing import Any

from django import forms

from accounts.models import Employment, Team, User

from .base import FactForm, same_as
from .fields import EMPTY, DayField
from .placement import END_BEFORE_START

PART_OF_A_WEEK = "De fte moet een getal van 0 tot en met 2 zijn."


class EmploymentForm(FactForm):
    dated_by = "happened_on"

    email = same_as(
        User,
        "email",
        error_messages={"invalid": "Dit is geen e-mailadres. Schrijf het als naam@voorbeeld.nl."},
    )
    name = same_as(User, "name", required=False)
    team = same_as(Team, "name", label="team", required=False)
    fte = forms.DecimalField(
        min_value=0,
        max_value=2,
        max_digits=Employment._meta.get_field("fte").max_digits,
        decimal_places=Employment._meta.get_field("fte").decimal_places,
        error_messages={
            "required": EMPTY,
            **dict.fromkeys(
                ("invalid", "min_value", "max_value", "max_digits", "max_whole_digits"),
                PART_OF_A_WEEK,
            ),
        },
    )
    happened_on = DayField(label="vanaf")
    ended_on = DayField(label="tot", required=False)

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("name") and "email" in data:
            data["name"] = data["email"]  # a name that is not in view: the address stands for it
        self.require_order("happened_on", "ended_on", END_BEFORE_START)
        return data
