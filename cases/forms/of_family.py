"""What a page asks about a family: the forms of the facts, with people to choose from."""

from typing import Any

from django import forms

from cases.models import Complaint, Role

from .base import FactForm
from .family import CustodyForm, PersonForm
from .fields import CodeField, DayField
from .on_screen import OnScreen
from .placement import InvolvementForm, PlacementForm
from .support import AnalysisForm, ComplaintForm, RequestForm, ResultForm, SupportForm

TEXT = forms.Textarea(attrs={"rows": 4})


class LivedOnScreen(OnScreen):
    """Mix in before a form that asks when someone was born and died."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name in ("birth_date", "died_on"):
            day = data.get(name)
            if day and day > self.today:
                self.add_error(name, "Deze dag moet nog komen. Kies een eerdere dag.")
        self.require_order(
            "birth_date",
            "died_on",
            "Dit is voor de geboortedatum ({first}). Controleer beide datums.",
        )
        return data


class NewPersonOnScreen(LivedOnScreen, PersonForm):
    field_order = ("role", "first_name", "last_name", "birth_date", "died_on")

    died_on = DayField(
        label="overleden op",
        required=False,
        help_text="Alleen als iemand is overleden. Weet je de dag niet precies, vul dan de dag in "
        "waarop je het hoorde.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not (data.get("first_name") or data.get("last_name")):
            self.add_error("first_name", "Vul een voornaam of een achternaam in.")
        return data


class PersonOnScreen(FactForm):
    """Name and how to reach someone: read as they stand, so `version` says what was read."""

    first_name = PersonForm.base_fields["first_name"]
    last_name = PersonForm.base_fields["last_name"]
    phone = PersonForm.base_fields["phone"]
    email = PersonForm.base_fields["email"]
    version = forms.IntegerField(widget=forms.HiddenInput)


class MemberOnScreen(LivedOnScreen, FactForm):
    role = PersonForm.base_fields["role"]
    birth_date = PersonForm.base_fields["birth_date"]
    died_on = NewPersonOnScreen.base_fields["died_on"]


class CustodyOnScreen(OnScreen, CustodyForm):
    people_fields = {"parent": Role.OTHER, "child": Role.CHILD}


class CompositionOnScreen(OnScreen, FactForm):
    composition = CodeField("family_composition", label="gezinssamenstelling")


class WishOnScreen(OnScreen, FactForm):
    situation = CodeField("desired_situation", label="gewenste gezinssituatie")


class ReasonOnScreen(OnScreen, FactForm):
    reason = CodeField("placement_reason", label="reden uithuisplaatsing")


class PlacementOnScreen(OnScreen, PlacementForm):
    people_fields = {"child": Role.CHILD}
    field_order = ("child", "happened_on", "ended_on", "residence", "measure")

    child = forms.CharField(label="kind")


class InvolvementOnScreen(OnScreen, InvolvementForm):
    pass


class RequestOnScreen(OnScreen, RequestForm):
    pass


class SupportOnScreen(OnScreen, SupportForm):
    pass


class ResultOnScreen(OnScreen, ResultForm):
    people_fields = {"child": Role.CHILD}
    field_order = ("result", "child", "happened_on")


class AnalysisOnScreen(OnScreen, AnalysisForm):
    pass


class ComplaintOnScreen(OnScreen, ComplaintForm):
    subject = forms.CharField(
        label=Complaint._meta.get_field("subject").verbose_name, max_length=5_000, widget=TEXT
    )
    measure_taken = forms.CharField(
        label="wat we deden", max_length=5_000, required=False, widget=TEXT
    )
