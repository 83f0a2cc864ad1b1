"""What a page asks about a registration: its road, formal requests, consents, transfers."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from cases.models import Consent, Document, FormalRequest, Transfer
from cases.models.formal import why_no_parent_may_answer
from cases.stored_files.kinds import Kind, kind_of

from .base import AboutPeople, FactForm, same_as
from .fields import EMPTY, CodeField, DayField, YesNoField
from .on_screen import OnScreen
from .placement import END_BEFORE_START

REVIEW = "review"
ALLOWED = "een PDF, PNG, JPEG, DOCX, ODT of TXT"
TOO_EARLY = "Deze dag ligt voor het verzoek. Kies een dag op of na {first}."


class RoadOnScreen(OnScreen, FactForm):
    route = CodeField("registration_route", label="route", required=False)
    referrer = CodeField("referrer", label="verwijzer", required=False)


class FormalRequestOnScreen(OnScreen, AboutPeople):
    dated_by = "happened_on"
    people_fields = {"person": None}

    kind = CodeField(
        "formal_request",
        label="verzoek",
        help_text="Een herzieningsverzoek kan zolang de ondertoezichtstelling loopt.",
    )
    person = forms.CharField(label="voor wie", required=False)
    addressed_to = same_as(FormalRequest, "addressed_to")
    happened_on = DayField(label="ingediend op")
    due_on = DayField(
        label="antwoord uiterlijk",
        required=False,
        help_text="Leeg bij een herzieningsverzoek: dan twee weken na het indienen.",
    )
    answered_on = DayField(label="beantwoord op", required=False)
    outcome = same_as(
        FormalRequest, "outcome", widget=forms.Textarea(attrs={"rows": 4}), required=False
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        kind, asked = data.get("kind"), data.get("happened_on")
        if kind and asked and kind.code == REVIEW and "due_on" in data and not data["due_on"]:
            data["due_on"] = asked + settings.REVIEW_ANSWERED_WITHIN
        self.require_order("happened_on", "due_on", TOO_EARLY)
        self.require_order("happened_on", "answered_on", TOO_EARLY)
        if data.get("outcome") and not data.get("answered_on") and "answered_on" in data:
            self.add_error("answered_on", "Vul in wanneer het antwoord kwam.")
        return data


class ConsentOnScreen(OnScreen, AboutPeople):
    dated_by = "happened_on"
    people_fields = {"person": None}

    person = forms.CharField(label="van wie", error_messages={"required": EMPTY})
    kind = CodeField("consent_kind", label="toestemming voor")
    given = YesNoField(label="geeft toestemming")
    given_by = forms.ChoiceField(
        label="gegeven door",
        choices=[("", "Kies…"), *Consent.GivenBy.choices],
        error_messages={"required": EMPTY},
    )
    about = same_as(
        Consent, "about", required=False, help_text="Bijvoorbeeld de naam van de instelling."
    )
    happened_on = DayField(label="vanaf")
    ended_on = DayField(label="teruggenomen op", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.require_order("happened_on", "ended_on", END_BEFORE_START)
        member, day = self.members.get(data.get("person", "")), data.get("happened_on")
        by_a_parent = data.get("given_by") == Consent.GivenBy.PARENT
        refusal = (
            member
            and day
            and by_a_parent
            and why_no_parent_may_answer(member.role, member.birth_date, day)
        )
        if refusal:
            self.add_error("given_by", refusal)
        return data


class TransferOnScreen(OnScreen, FactForm):
    dated_by = "happened_on"

    municipality = same_as(Transfer, "municipality")
    support_point = same_as(Transfer, "support_point")
    contact_name = same_as(Transfer, "contact_name", required=False)
    happened_on = DayField(label="overgedragen op")
    accepted_on = DayField(label="aangenomen op", required=False)
    agreements = same_as(
        Transfer, "agreements", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.require_order(
            "happened_on",
            "accepted_on",
            "Aannemen kan niet voor het overdragen. Kies een dag op of na {first}.",
        )
        return data


class DocumentOnScreen(OnScreen, FactForm):
    """What is said of a document; its file stays as it came in."""

    dated_by = "happened_on"

    title = same_as(Document, "title")
    happened_on = DayField(label="datum van het stuk")


class NewDocument(DocumentOnScreen):
    field_order = ("file", "title", "happened_on")
    kind: Kind | None = None

    title = same_as(Document, "title", required=False, help_text="Leeg: de naam van het bestand.")
    file = forms.FileField(
        label="bestand",
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.docx,.odt,.txt"}),
        error_messages={"required": "Kies een bestand.", "empty": "Dit bestand is leeg."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "file"
        ].help_text = (
            f"{ALLOWED[:1].upper()}{ALLOWED[1:]}, hoogstens {megabytes(settings.LARGEST_DOCUMENT)}."
        )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > settings.LARGEST_DOCUMENT:
            raise forms.ValidationError(
                f"Dit bestand is {megabytes(file.size)}. Het mag hoogstens "
                f"{megabytes(settings.LARGEST_DOCUMENT)} zijn.",
                code="large",
            )
        self.kind = kind_of(file)
        if self.kind is None:
            raise forms.ValidationError(
                f"Dit is geen bestand dat we bewaren. Kies {ALLOWED}, zonder macro's.",
                code="kind",
            )
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("file") and not data.get("title"):
            data["title"] = PurePath(data["file"].name).stem[:200] or "Document"
        return data


def megabytes(size: int) -> str:
    return f"{size / 2**20:.0f} MB"
