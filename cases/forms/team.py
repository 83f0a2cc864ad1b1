"""Asking for a part of the team's trajectories, and keeping that question under a name."""

from typing import Any
from urllib.parse import urlencode

from django import forms

from accounts.models import User
from cases.caseload.team_lists import NOBODY, Chosen
from cases.status import UNDER_WAY, Status

LISTS = {"": "Alle", "wacht": "Wacht te lang op de start", "gemist": "Venster gemist"}
SORT_WORDS = {
    "nummer": "Aanmelding",
    "contact": "Langst zonder contact",
    "wacht": "Wacht het langst",
    "nieuw": "Nieuwste eerst",
}
LAST_PAGE = 1000


class TeamListForm(forms.Form):
    begeleider = forms.ChoiceField(label="Procesbegeleider", required=False)
    lijst = forms.ChoiceField(label="Wat", required=False, choices=list(LISTS.items()))
    status = forms.TypedChoiceField(
        label="Status",
        required=False,
        coerce=lambda code: Status[code.upper()],
        empty_value=None,
        choices=[("", "Alle"), *((one.code, one.label) for one in Status if one in UNDER_WAY)],
    )
    sorteer = forms.ChoiceField(label="Volgorde", required=False, choices=list(SORT_WORDS.items()))
    pagina = forms.IntegerField(
        required=False, min_value=1, max_value=LAST_PAGE, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, supervisors: list[User], **options: Any) -> None:
        super().__init__(*args, **options)
        people = [(str(user.pk), user.name) for user in supervisors]
        self.fields["begeleider"].choices = [("", "Alle"), (NOBODY, "Nog niemand"), *people]

    def chosen(self) -> Chosen:
        """What was asked for, as far as it can be asked."""
        self.full_clean()
        given = self.cleaned_data
        supervisor, what = given.get("begeleider") or "", given.get("lijst") or ""
        return Chosen(supervisor, what, given.get("status"))

    @property
    def sort(self) -> str:
        return self.cleaned_data.get("sorteer") or "nummer"

    @property
    def page(self) -> int:
        return self.cleaned_data.get("pagina") or 1

    def query(self) -> str:
        """The question as an address: what may be asked, and nothing else."""
        names = ("begeleider", "lijst", "status", "sorteer")
        sent = {name: self.data.get(name, "") for name in names if name not in self.errors}
        return urlencode({name: value for name, value in sent.items() if value})


class ViewNameForm(forms.Form):
    name = forms.CharField(
        label="Naam van de weergave",
        max_length=60,
        error_messages={"required": "Geef de weergave een naam."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
