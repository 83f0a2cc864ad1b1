"""The periods: data, from which editions begin by themselves."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.roles import WRITE_EDITIONS, may
from reporting.forms import DayField
from reporting.models import Period

from .reports import may_view_reports


class NewPeriod(forms.ModelForm):
    first_day = DayField(label="Eerste dag")
    last_day = DayField(
        label="Laatste dag (peildatum)",
        help_text="De dag erna begint de editie vanzelf, als concept.",
    )

    class Meta:
        model = Period
        fields = ("label", "first_day", "last_day")

    def clean(self) -> dict:
        cleaned = super().clean()
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "Deze dag ligt voor de eerste dag. Kies een latere dag.")
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
@may_view_reports
def periods(request: HttpRequest) -> HttpResponse:
    """All periods, and the form to add one."""
    form = NewPeriod(request.POST or None)
    if request.method == "POST":
        if not may(request.user, WRITE_EDITIONS):
            raise PermissionDenied
        if form.is_valid():
            form.instance._history_user = request.user
            form.instance._change_reason = "Periode toegevoegd"
            form.save()
            messages.success(request, "De periode staat erbij.")
            return redirect("periods")
    context = {"form": form, "periods": Period.objects.order_by("-last_day")}
    return render(request, "reporting/periods.html", context)
