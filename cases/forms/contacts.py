"""Noting a contact, and correcting one."""

from collections.abc import Sequence
from typing import Any

from django import forms

from cases.clock import PHONE, WELCOME, Norm
from cases.models import Contact, Intake, Person
from cases.models.contact import LONGEST_CONTACT, PHONE_CALL
from facts.words import enumeration

from .base import FactForm, same_as
from .fields import EMPTY, CodeField, DayField

SOMEONE_ELSE = ("", "Iemand anders")
HOW_LONG = f"Dit is geen duur. Schrijf hele minuten, van 1 tot en met {LONGEST_CONTACT}."
NO_CONTACT = "Wil niet benaderd worden door het team"
WITH_WHOM = "Met wie was het? Kies iemand van het gezin, of vul hieronder een naam in."


class ContactForm(FactForm):
    """`people`: who may be chosen, with their name."""

    dated_by = "happened_on"

    kind = CodeField("contact_kind", label="Soort")
    person = forms.ChoiceField(label="Met wie", required=False)
    with_whom = same_as(
        Contact, "with_whom", label="Wie nog meer, of wie anders",
        help_text="Bijvoorbeeld een jeugdbeschermer of een advocaat.",
    )  # fmt: skip
    happened_on = DayField(label="Dag")
    at = forms.TimeField(
        label="Hoe laat",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Dit is geen tijd. Schrijf uren:minuten, zoals 14:30."},
    )
    minutes = forms.IntegerField(
        label="Minuten",
        required=False,
        min_value=1,
        max_value=LONGEST_CONTACT,
        error_messages=dict.fromkeys(["invalid", "min_value", "max_value"], HOW_LONG),
    )
    note = same_as(Contact, "note", label="Verslag", widget=forms.Textarea(attrs={"rows": 8}))

    def __init__(self, *args: Any, people: Sequence[tuple[Person, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(person.pk): person for person, _ in people}
        chosen = [(str(person.pk), name) for person, name in people]
        self.fields["person"].choices = [*chosen, SOMEONE_ELSE]
        self.fields["note"].widget.attrs["autofocus"] = True

    def clean_person(self) -> Person | None:
        return self._people.get(self.cleaned_data["person"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "person" in data and not data["person"] and not data.get("with_whom"):
            self.add_error("person", WITH_WHOM)
        return data

    def facts(self) -> dict[str, Any]:
        """What the form says, by the names of the fact."""
        names = ("kind", "person", "with_whom", "happened_on", "at", "minutes", "note")
        return {name: self.cleaned_data[name] for name in names}


class NoteContact(ContactForm):
    """With what the clock of `intake` still waits for. `blocked`: who, in words, doesn't want to be
    approached; that is said and not refused."""

    first_phone = forms.BooleanField(
        label="Dit was het eerste telefonische contact", required=False
    )
    welcome_planned = forms.BooleanField(
        label="Hierin is het welkomstgesprek ingepland", required=False
    )
    asks = {norm.told_by: norm for norm in (PHONE, WELCOME)}

    def __init__(
        self, *args: Any, intake: Intake, blocked: Sequence[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if blocked:
            self.fields["person"].help_text = f"{NO_CONTACT}: {enumeration(list(blocked))}."
        for name, norm in self.asks.items():
            if getattr(intake, norm.answered_on) is not None:
                del self.fields[name]

    def answers(self) -> list[Norm]:
        """The norms that this contact answers. Ticked by itself for a call, so only for a call."""
        data = self.cleaned_data
        called = data["kind"].pk == PHONE_CALL
        return [
            norm
            for name, norm in self.asks.items()
            if data.get(name) and (called or norm is not PHONE)
        ]


class CorrectContact(ContactForm):
    reason = forms.CharField(
        label="Waarom klopt het niet?",
        max_length=500,
        error_messages={"required": EMPTY},
        help_text="Het eerdere verslag blijft bewaard, met deze reden erbij.",
    )


class PageAsked(forms.Form):
    pagina = forms.IntegerField(required=False, min_value=1, max_value=1000)

    def number(self) -> int:
        """The page of a list that was asked for, as far as it can be."""
        return (self.is_valid() and self.cleaned_data["pagina"]) or 1
