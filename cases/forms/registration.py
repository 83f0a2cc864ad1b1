"""A registration, the moves of its status, and who supports it."""

from collections.abc import Container
from typing import Any

from django import forms

from cases.models import Code
from cases.status import REASONS, Status

from .base import AboutPeople, FactForm
from .fields import EMPTY, CodeField, DayField, NumbersField
from .placement import END_BEFORE_START


class IntakeForm(AboutPeople):
    dated_by = "happened_on"

    applicants = NumbersField(label="aanmelders")
    happened_on = DayField(label="aangemeld op")
    route = CodeField("registration_route", label="route", required=False)
    referrer = CodeField("referrer", label="verwijzer", required=False)
    phone_contact_on = DayField(label="telefonisch contact op", required=False)
    welcome_scheduled_on = DayField(label="welkomstgesprek ingepland op", required=False)

    def clean_applicants(self) -> list[str]:
        numbers = self.cleaned_data["applicants"]
        if len(numbers) > 2:
            raise forms.ValidationError(
                "Hier staan %(count)s aanmelders. Een aanmelding is van één persoon, of van twee "
                "ouders samen.",
                code="too_many",
                params={"count": len(numbers)},
            )
        return numbers

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.refuse_strangers("applicants", data.get("applicants", []))
        return data


class StatusForm(FactForm):
    """Whether the status may follow the one before is up to cases.status, not to this form."""

    dated_by = "happened_on"

    status = forms.TypedChoiceField(
        label="status",
        choices=Status.choices,
        coerce=lambda value: Status(int(value)),
        error_messages={"required": EMPTY},
    )
    happened_on = DayField(label="ingangsdatum")
    reason = CodeField(*REASONS.values(), label="reden", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        status, reason = data.get("status"), data.get("reason")
        if status not in REASONS:
            if status is not None and reason:
                self.add_error("reason", f"Bij '{status.label}' hoort geen reden. Laat dit leeg.")
        elif reason is None:
            if "reason" not in self.errors:
                self.add_error("reason", f"Bij '{status.label}' hoort een reden. Kies er een.")
        elif reason.list != REASONS[status]:
            self.add_error("reason", _wrong_list(reason, status))
        return data


def _wrong_list(reason: Code, status: Status) -> str:
    return (
        f"'{reason.label}' is geen reden bij '{status.label}'. Kies een reden uit de lijst van "
        "die status."
    )


class AssignmentForm(FactForm):
    """`accounts`, when given, are the e-mail addresses of those who can be assigned."""

    dated_by = "happened_on"
    accounts: Container[str] | None = None

    supervisor = forms.CharField(label="procesbegeleider", error_messages={"required": EMPTY})
    happened_on = DayField(label="vanaf")
    ended_on = DayField(label="tot", required=False)

    def clean_supervisor(self) -> str:
        email = self.cleaned_data["supervisor"].lower()
        if self.accounts is not None and email not in self.accounts:
            raise forms.ValidationError(
                "Niemand heeft het e-mailadres %(email)s. Noem een procesbegeleider met een "
                "aanstelling of een account.",
                code="unknown",
                params={"email": email},
            )
        return email

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.require_order("happened_on", "ended_on", END_BEFORE_START)
        return data
