"""Asking for a part of the list of files. What can't be asked is left out."""

from datetime import date
from typing import Any

from django import forms

from cases.files.listing import LAST_PAGE, SORTS, Asked
from cases.status import Status

from .fields import DayField
from .moving import refuse_the_future

SHORTEST = 2

SORT_WORDS = {
    "beste": "Wat het best past",
    "nummer": "Aanmelding",
    "gezin": "Gezin",
    "langst": "Langst zo",
    "kortst": "Kortst zo",
    "begeleider": "Procesbegeleider",
}


class FindFiles(forms.Form):
    zoek = forms.CharField(
        label="Nummer of naam",
        required=False,
        min_length=SHORTEST,
        max_length=100,
        help_text="Of geboortedatum, telefoon, e-mail.",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"min_length": f"Zoek met minstens {SHORTEST} tekens."},
    )
    status = forms.TypedChoiceField(
        label="Status",
        required=False,
        coerce=lambda code: Status[code.upper()],
        empty_value=None,
        choices=[("", "Alle"), *((status.code, status.label) for status in Status)],
    )
    sorteer = forms.ChoiceField(
        label="Volgorde", required=False, choices=[(name, SORT_WORDS[name]) for name in SORTS]
    )
    pagina = forms.IntegerField(
        required=False, min_value=1, max_value=LAST_PAGE, widget=forms.HiddenInput
    )

    def asked(self) -> Asked:
        """What was asked for, as far as it can be asked."""
        self.full_clean()
        given: dict[str, Any] = self.cleaned_data
        return Asked(
            words=given.get("zoek") or "",
            status=given.get("status"),
            sort=given.get("sorteer") or ("beste" if given.get("zoek") else "nummer"),
            page=given.get("pagina") or 1,
        )


class AsOf(forms.Form):
    """The day at the end of which a file is looked at."""

    op = DayField(label="Zoals we het wisten aan het eind van")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_op(self) -> date:
        return refuse_the_future(self.cleaned_data["op"], self.today)
