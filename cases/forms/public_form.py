"""The form that anybody can fill in, in plain words."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cases.models import Announcer, WebRegistration
from cases.searching.pieces import digits_of

from .base import same_as
from .fields import DayField

WHO = [
    (Announcer.PARENT, "Ik ben ouder"),
    (Announcer.YOUNG_PERSON, "Ik ben een jongere"),
    (Announcer.PROFESSIONAL, "Ik werk met dit gezin"),
    (Announcer.OTHER, "Ik ben iemand anders"),
]
FOR_OTHERS = (Announcer.PROFESSIONAL, Announcer.OTHER)
LEAST_DIGITS = 8
NO_WAY_BACK = "Vul een telefoonnummer of een e-mailadres in. Anders kunnen we je niet bereiken."


def _text(name: str, label: str, **options: Any) -> forms.Field:
    return same_as(WebRegistration, name, label=label, **options)


class PublicForm(forms.Form):
    """Every field says itself what is wrong and what would be right."""

    announcer = forms.ChoiceField(
        label="Wie ben je?",
        choices=WHO,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wie je bent."},
    )
    announcer_name = _text(
        "announcer_name", "Je eigen naam", help_text="Alleen als je iemand anders aanmeldt."
    )
    organisation = _text(
        "organisation", "Waar werk je?", help_text="Alleen als je dit voor je werk invult."
    )
    first_name = _text("first_name", "Voornaam")
    last_name = _text("last_name", "Achternaam")
    birth_date = DayField(
        label="Geboortedatum (hoeft niet)",
        required=False,
        help_text="Zo: 31-07-1990.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "bday"}),
    )
    phone = _text("phone", "Telefoonnummer", widget=forms.TextInput(attrs={"type": "tel"}))
    email = _text(
        "email",
        "E-mailadres",
        error_messages={"invalid": "Dit e-mailadres klopt niet. Zo wel: naam@voorbeeld.nl."},
    )
    story = _text(
        "story",
        "Wat is er aan de hand? (hoeft niet)",
        help_text="Een paar zinnen zijn genoeg. Je kunt het ook later vertellen.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    consent = forms.BooleanField(
        label="Ja, jullie mogen deze gegevens bewaren om contact op te nemen",
        error_messages={"required": "Zonder je toestemming mogen we niets bewaren."},
    )
    # Not for people. Who fills it in all the same is asked to look once more, and not turned away.
    website = forms.CharField(
        label="Laat dit vak leeg",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    kept = (
        "announcer", "announcer_name", "organisation", "first_name", "last_name", "birth_date",
        "phone", "email", "story", "consent",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_name"].error_messages["required"] = "Vul een voornaam in."
        self.fields["last_name"].error_messages["required"] = "Vul een achternaam in."
        for name in ("first_name", "last_name"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        if phone and len(digits_of(phone)) < LEAST_DIGITS:
            raise ValidationError("Dit telefoonnummer is te kort. Schrijf het zo: 06 12345678.")
        return phone

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if {"phone", "email"} <= set(data) and not (data["phone"] or data["email"]):
            self.add_error("phone", NO_WAY_BACK)
        if data.get("announcer") in FOR_OTHERS and data.get("announcer_name") == "":
            self.add_error("announcer_name", "Vul je eigen naam in. Dan weten we wie we bellen.")
        return data

    def said(self) -> dict[str, Any]:
        """What is kept, by the names of the model."""
        return {name: self.cleaned_data[name] for name in self.kept}
