"""What someone may ask: the figures of a stored period, or of two dates of their own."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from facts.dates import end_of_day
from reporting.models import Edition, Period, ReportRun
from reporting.presenting import words

FIRST_YEAR, LAST_YEAR = 2000, 2099


class DayField(forms.DateField):
    """A day, typed or picked; years that nobody means are refused."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {
        "invalid": "Dit is geen datum. Vul bijvoorbeeld 31-07-2024 in.",
    }

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(f"Kies een jaar van {FIRST_YEAR} tot en met {LAST_YEAR}.")
        return day


class PeriodField(forms.ModelChoiceField):
    default_error_messages = {
        "invalid_choice": "Deze periode bestaat niet meer. Kies een andere periode.",
    }

    def to_python(self, value: Any) -> Period | None:
        """An id that can't be one is as unknown as one of a period that was removed."""
        try:
            return super().to_python(value)
        except ValidationError:
            raise ValidationError(self.error_messages["invalid_choice"]) from None

    def label_from_instance(self, period: Period) -> str:
        first, last = words.long_day(period.first_day), words.long_day(period.last_day)
        return f"{period.label} ({first} t/m {last})"


class AskForFigures(forms.Form):
    """Asks for a draw. After cleaning, `question` is what to ask the service."""

    period = PeriodField(
        Period.objects.all(), label="Periode", required=False, empty_label="Eigen datums kiezen"
    )
    period_start = DayField(label="Eerste dag van de periode", required=False)
    reference_date = DayField(
        label="Peildatum",
        required=False,
        help_text="De laatste dag van de periode. De stand aan het eind van deze dag telt.",
    )
    known_on = DayField(
        label="Bekend op (mag leeg blijven)",
        required=False,
        help_text="Wat na deze dag is vastgelegd, telt niet mee. Leeg: alles wat nu bekend is.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        period = cleaned.get("period")
        if period:
            cleaned["period_start"], cleaned["reference_date"] = period.first_day, period.last_day
        elif "period" not in self.errors:
            self._check_own_dates(cleaned)
        self._check_reference_date(cleaned.get("reference_date"), "period" if period else None)
        self._check_known_on(cleaned.get("known_on"), cleaned.get("reference_date"))
        return cleaned

    @property
    def question(self) -> dict[str, Any]:
        """The arguments of request_run. A day that isn't over yet means: all that is known now."""
        asked = self.cleaned_data
        start, last, known_on = asked["period_start"], asked["reference_date"], asked["known_on"]
        past = known_on is not None and known_on < timezone.localdate()
        return {
            "period_start": start,
            "reference_date": last,
            "known_on": end_of_day(known_on) if past else None,
            "label": asked["period"].label if asked["period"] else words.span(start, last),
        }

    def _check_own_dates(self, cleaned: dict[str, Any]) -> None:
        for name, what in (("period_start", "de eerste dag"), ("reference_date", "de peildatum")):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, f"Vul {what} in, of kies hierboven een periode.")
        start, last = cleaned.get("period_start"), cleaned.get("reference_date")
        if start and last and start > last:
            self.add_error(
                "reference_date",
                f"De peildatum ligt voor de eerste dag. Kies een dag vanaf {words.day(start)}.",
            )

    def _check_reference_date(self, last: date | None, field: str | None) -> None:
        if not last or last <= timezone.localdate():
            return
        if field:
            why = f"Deze periode loopt nog tot en met {words.day(last)}. Kies een andere periode."
        else:
            why = "De peildatum ligt in de toekomst. Kies een dag tot en met vandaag."
        self.add_error(field or "reference_date", why)

    def _check_known_on(self, known_on: date | None, last: date | None) -> None:
        if known_on and known_on > timezone.localdate():
            self.add_error(
                "known_on",
                "Deze dag ligt in de toekomst. Kies een dag tot en met vandaag, of laat dit leeg.",
            )
        elif known_on and last and known_on < last:
            self.add_error(
                "known_on",
                f"Deze dag ligt voor de peildatum. Kies een dag vanaf {words.day(last)}.",
            )


class BeginEdition(forms.Form):
    period = PeriodField(Period.objects.all(), label="Periode", empty_label="Kies een periode")
    known_on = DayField(
        label="Zoals bekend op",
        required=False,
        help_text="Laat leeg voor alles wat nu bekend is.",
    )
    correction = forms.CharField(
        label="Wat wordt er hersteld?",
        required=False,
        max_length=2000,
        help_text="Alleen als deze periode al is gepubliceerd. Lezers zien dit bij de editie.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_known_on(self) -> datetime | None:
        day = self.cleaned_data["known_on"]
        return end_of_day(day) if day else None


class WriteText(forms.Form):
    body = forms.CharField(
        label="Tekst",
        required=False,
        max_length=20_000,
        strip=False,
        help_text="Een lege regel begint een alinea. Schrijf een cijfer als {registrations.total}: "
        "dan staat er altijd hetzelfde getal als in de tabel.",
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    instead_of = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def clean_body(self) -> str:
        return self.cleaned_data["body"].replace("\r\n", "\n")

    def clean_instead_of(self) -> str:
        return self.cleaned_data["instead_of"].replace("\r\n", "\n")


class Decide(forms.Form):
    key = forms.ChoiceField(label="Cijfer", error_messages={"required": "Kies een cijfer."})
    shown = forms.TypedChoiceField(
        label="Besluit",
        choices=[("ja", "Toch tonen"), ("nee", "Toch verbergen")],
        coerce=lambda value: value == "ja",
    )
    reason = forms.CharField(label="Reden", max_length=500)

    def __init__(self, *args: Any, names: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        in_order = sorted(names.items(), key=lambda one: one[1].lower())
        self.fields["key"].choices = [("", "Kies…"), *in_order]


def _drawn() -> QuerySet[ReportRun]:
    """The draws that are done, each with the edition that it was published in."""
    published = Edition.objects.filter(state=Edition.State.PUBLISHED).defer("figures", "rules")
    runs = ReportRun.objects.filter(state=ReportRun.State.DONE).defer("figures")
    return runs.prefetch_related(Prefetch("editions", published, to_attr="published"))


class DrawField(forms.ModelChoiceField):
    default_error_messages = {
        "required": "Kies een berekening of editie.",
        "invalid_choice": "Deze berekening is er niet (meer). Kies een andere.",
    }

    def to_python(self, value: Any) -> ReportRun | None:
        """An id that can't be one is as unknown as one of a draw that is not there."""
        try:
            return super().to_python(value)
        except ValidationError:
            raise ValidationError(self.error_messages["invalid_choice"]) from None

    def label_from_instance(self, run: ReportRun) -> str:
        edition = "".join(f", gepubliceerd als editie {one.number}" for one in run.published)
        return f"{run.label}, bekend op {words.instant(run.known_on)}{edition}"


class ChooseTwo(forms.Form):
    """Which two draws to lay side by side; the order doesn't matter."""

    earlier = DrawField(None, label="Eerdere stand", empty_label="Kies…")
    later = DrawField(None, label="Latere stand", empty_label="Kies…")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("earlier", "later"):
            self.fields[name].queryset = _drawn()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("earlier") and cleaned.get("earlier") == cleaned.get("later"):
            self.add_error("later", "Kies een andere dan de eerdere stand.")
        return cleaned
