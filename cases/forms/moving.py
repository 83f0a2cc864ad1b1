"""The small forms that move a status, and that take the last move back."""

from datetime import date
from typing import Any

from django import forms

from cases.status import REASONS, Status

from .base import FactForm
from .fields import EMPTY, CodeField, DayField

NOT_YET = "Deze dag moet nog komen. Kies vandaag of een eerdere dag."
REASON_LABELS = {
    Status.NEVER_STARTED: "Waarom start het traject niet?",
    Status.CLOSED: "Waarom sluit je af?",
}


class MoveForm(FactForm):
    """A move to `to`. `seen` is the change of status that the page was made with ('' for none)."""

    dated_by = "happened_on"

    happened_on = DayField(label="Ingangsdatum")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, to: Status, today: date, **kwargs: Any) -> None:
        if to in REASONS:  # before FactForm fills the lists
            self.base_fields = {
                "happened_on": self.base_fields["happened_on"],
                "reason": CodeField(REASONS[to], label=REASON_LABELS[to]),
                "seen": self.base_fields["seen"],
            }
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_happened_on(self) -> date:
        return refuse_the_future(self.cleaned_data["happened_on"], self.today)


class TakeBackForm(forms.Form):
    """Why something that was written down is taken back."""

    reason = forms.CharField(
        label="Waarom trek je dit in?",
        max_length=500,
        error_messages={"required": EMPTY},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


def refuse_the_future(day: date, today: date) -> date:
    if day > today:
        raise forms.ValidationError(NOT_YET, code="future")
    return day
