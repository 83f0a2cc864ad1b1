"""Opening a file in an emergency, and judging that it was opened."""

from django import forms

from cases.models import EmergencyAccess
from cases.models.access import SHORTEST_REASON

from .fields import EMPTY


class OpenInEmergency(forms.Form):
    nummer = forms.CharField(
        label="Nummer van het gezin of de aanmelding",
        max_length=20,
        help_text="Precies zoals het er staat, bijvoorbeeld G00412 of A00512.",
        error_messages={"required": "Vul het nummer in."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "short"}),
    )
    ground = forms.ChoiceField(
        label="Waarom kan het niet wachten?",
        choices=[("", "Kies…"), *EmergencyAccess.Ground.choices],
        error_messages={"required": "Kies een grond."},
    )
    reason = forms.CharField(
        label="Wat is er aan de hand?",
        min_length=SHORTEST_REASON,
        max_length=1000,
        help_text="Een of twee zinnen. De teammanager en de functionaris gegevensbescherming "
        "lezen dit.",
        error_messages={
            "required": "Schrijf waarom je dit dossier nu moet zien.",
            "min_length": f"Schrijf minstens {SHORTEST_REASON} tekens: een hele zin.",
        },
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_nummer(self) -> str:
        return self.cleaned_data["nummer"].upper()


class JudgeEmergency(forms.Form):
    judgement = forms.ChoiceField(
        label="Oordeel",
        choices=[("", "Kies…"), *EmergencyAccess.Judgement.choices],
        error_messages={"required": EMPTY},
    )
    note = forms.CharField(
        label="Toelichting",
        required=False,
        max_length=2000,
        help_text="Verplicht als het niet terecht was.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
