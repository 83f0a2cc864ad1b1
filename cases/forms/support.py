"""What a family asks, gets and reaches; the explanatory analysis; complaints."""

from typing import Any

from django import forms

from cases.models import Complaint

from .base import AboutPeople, FactForm, same_as
from .fields import CodeField, DayField


class RequestForm(FactForm):
    dated_by = "happened_on"

    request = CodeField("support_request", label="vraag")
    happened_on = DayField(label="datum")


class SupportForm(FactForm):
    dated_by = "happened_on"

    form = CodeField("support_form", label="vorm")
    happened_on = DayField(label="datum")


class ResultForm(AboutPeople):
    dated_by = "happened_on"

    child = forms.CharField(label="kind", required=False)
    result = CodeField("result", label="resultaat")
    happened_on = DayField(label="datum")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        child, result = data.get("child"), data.get("result")
        if result and result.per_child and not child:
            self.add_error("child", f"'{result.label}' wordt per kind geteld. Noem het kind.")
        self.refuse_strangers("child", [child] if child else [])
        return data


class AnalysisForm(FactForm):
    dated_by = "happened_on"

    happened_on = DayField(label="aangevraagd op")
    begun_on = DayField(label="gestart op", required=False)
    finished_on = DayField(label="afgerond op", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.require_order("happened_on", "begun_on", _too_early("start", "de aanvraag"))
        if data.get("begun_on"):
            self.require_order("begun_on", "finished_on", _too_early("afronding", "de start"))
        else:
            self.require_order("happened_on", "finished_on", _too_early("afronding", "de aanvraag"))
        return data


def _too_early(what: str, before: str) -> str:
    return f"De {what} ligt voor {before}. Kies een dag op of na {{first}}."


class ComplaintForm(FactForm):
    dated_by = "happened_on"

    happened_on = DayField(label="ontvangen op")
    handled_on = DayField(label="afgehandeld op", required=False)
    subject = same_as(Complaint, "subject")
    measure_taken = same_as(Complaint, "measure_taken")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.require_order(
            "happened_on",
            "handled_on",
            "Een klacht kan niet afgehandeld zijn voordat ze is ontvangen. Kies een dag op of na "
            "{first}.",
        )
        return data
