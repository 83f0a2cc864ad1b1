"""Assigning, handing over, and answering an offer."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from accounts.roles import who_may
from cases.models import Handover, Registration
from cases.services.assigning import SUPPORT_FAMILIES

from .exceptions import Colleague, within_a_year
from .fields import DayField

NOTHING = "Kies minstens één traject."


class AssignForm(forms.Form):
    supervisor = Colleague(label="Wie gaat begeleiden?")
    on = DayField(label="Vanaf")

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["supervisor"].queryset = who_may(SUPPORT_FAMILIES).select_related("team")
        self.today = today

    def clean_on(self) -> date:
        return not_in_the_past(self.cleaned_data["on"], self.today)


class Several(forms.ModelMultipleChoiceField):
    """Rows to tick; the page itself shows them, with what there is to say of each."""

    def __init__(self, **options: Any) -> None:
        errors = {
            "required": NOTHING,
            "invalid_choice": "Een van deze trajecten is hier niet meer. Kijk opnieuw.",
        }
        super().__init__(None, error_messages=errors, **options)


class HandOverForm(forms.Form):
    which = Several(label="Welke trajecten?")
    receiver = Colleague(label="Aan wie?", required=False)
    takes_over_on = DayField(label="Vanaf", required=False)
    note = forms.CharField(
        label="Wat moet de ander weten?",
        required=False,
        max_length=5000,
        help_text="Niet verplicht. De ander leest dit voor het aannemen; noem geen namen.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, registrations: QuerySet, giver: Any, today: date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["which"].queryset = Registration.objects.filter(pk__in=registrations)
        who = who_may(SUPPORT_FAMILIES).exclude(pk=giver.pk).select_related("team")
        self.fields["receiver"].queryset = who
        self.today = today

    def clean_takes_over_on(self) -> date | None:
        day = self.cleaned_data["takes_over_on"]
        return day and not_in_the_past(day, self.today)

    def require_receiver(self) -> bool:
        """For an offer; the waiting list asks for none."""
        for name, message in (("receiver", "Kies iemand."), ("takes_over_on", "Kies een dag.")):
            if name not in self.errors and not self.cleaned_data.get(name):
                self.add_error(name, message)
        return self.is_valid()


class AnswerForm(forms.Form):
    which = Several(label="Welke trajecten?")
    share_until = DayField(
        label="Laat de ander meelezen tot en met",
        required=False,
        help_text="Niet verplicht. Leeg: wie het overdraagt, ziet het dossier dan niet meer.",
    )
    answer = forms.CharField(
        label="Waarom niet?",
        required=False,
        max_length=1000,
        help_text="Alleen bij weigeren; de teammanager leest dit.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, offers: QuerySet[Handover], today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["which"].queryset = offers
        self.today = today

    def clean_share_until(self) -> date | None:
        day = self.cleaned_data["share_until"]
        return day and within_a_year(day, self.today)


def not_in_the_past(day: date, today: date) -> date:
    if day < today:
        raise ValidationError("Deze dag is al voorbij. Kies vandaag of later.")
    return day
