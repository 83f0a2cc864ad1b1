"""What an administrator fills in about colleagues."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Team, User
from accounts.roles import ROLES, Role


class RolesField(forms.MultipleChoiceField):
    """Roles, each with the sentence that says what it is for."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        choices = [(role.name, f"{role.name.capitalize()}: {role.prose}") for role in ROLES]
        super().__init__(choices=choices, **options)

    def clean(self, value: Any) -> list[Role]:
        names = super().clean(value)
        return [role for role in ROLES if role.name in names]


class WorkForm(forms.Form):
    """What someone may do, and in which team."""

    roles = RolesField(
        label="Rollen",
        error_messages={"required": "Kies minstens één rol, anders ziet iemand niets."},
    )
    team = forms.ModelChoiceField(
        Team.objects.all(), label="Team", required=False, empty_label="Geen team"
    )


class NewPersonForm(WorkForm):
    """A new account."""

    field_order = ["name", "email", "roles", "team"]
    name = forms.CharField(
        label="Naam", max_length=200, error_messages={"required": "Vul een naam in."}
    )
    email = forms.EmailField(
        label="E-mailadres",
        max_length=254,
        help_text="Hier gaat de uitnodiging heen.",
        error_messages={"required": "Vul een e-mailadres in."},
    )

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exists():
            raise ValidationError("Er is al een account met dit e-mailadres.")
        return email


class ReasonForm(forms.Form):
    """Why: it stays on record."""

    reason = forms.CharField(
        label="Reden",
        max_length=500,
        error_messages={"required": "Geef een reden; die blijft in de geschiedenis staan."},
    )


class ResetForm(forms.Form):
    """How the first person knows that it is the owner who asks."""

    reason = forms.CharField(
        label="Hoe weet je dat dit klopt?",
        max_length=500,
        help_text="Bijvoorbeeld: zelf gesproken, aan haar bureau. Een mailtje is niet genoeg.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Schrijf op hoe je weet dat dit klopt."},
    )
