"""Whether a registration is for this team."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cases.models import TargetGroupCheck
from cases.models.arriving import Answer

from .base import same_as
from .fields import EMPTY, DayField


class TargetGroupForm(forms.Form):
    affected = forms.ChoiceField(
        label="Gedupeerd in de toeslagenaffaire?",
        choices=[("", "Kies…"), *Answer.choices],
        error_messages={"required": EMPTY},
    )
    placement = forms.ChoiceField(
        label="Is of was een kind uit huis geplaatst?",
        choices=[("", "Kies…"), *(one for one in Answer.choices if one[0] != Answer.WAITING)],
        error_messages={"required": EMPTY},
    )
    ground = same_as(
        TargetGroupCheck,
        "ground",
        label="Waaruit blijkt dat?",
        help_text="Bijvoorbeeld: de beschikking van UHT, of wat de ouder vertelde.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    happened_on = DayField(label="Getoetst op")
    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_happened_on(self) -> date:
        day = self.cleaned_data["happened_on"]
        if day > self.today:
            raise ValidationError("Deze dag moet nog komen. Vul de dag in waarop je toetste.")
        return day
