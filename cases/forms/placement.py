"""Placement out of home, and the institutions that are involved."""

from typing import Any

from .base import FactForm
from .fields import CodeField, DayField, YesNoField

END_BEFORE_START = "Het einde ligt voor het begin. Kies een dag op of na {first}."


class PlacementForm(FactForm):
    dated_by = "happened_on"

    happened_on = DayField(label="begin")
    ended_on = DayField(label="einde", required=False)
    measure = YesNoField(label="jeugdbeschermingsmaatregel", required=False)
    residence = CodeField("residence", label="verblijfplaats", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.require_order("happened_on", "ended_on", END_BEFORE_START)
        return data


class InvolvementForm(FactForm):
    dated_by = "happened_on"

    institution = CodeField("certified_institution", label="gecertificeerde instelling")
    region = CodeField("youth_region", label="jeugdzorgregio")
    happened_on = DayField(label="vanaf")
    ended_on = DayField(label="tot", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.require_order("happened_on", "ended_on", END_BEFORE_START)
        return data
