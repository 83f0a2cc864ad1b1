"""The site with one page more: a form that keeps what is typed, as a file's page will."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template import engines
from django.urls import path
from django.views.decorators.http import require_http_methods

from accounts.models import Team
from accounts.typed import typed_in
from ondersteuning.urls import urlpatterns as site

TEMPLATE = """
{% extends "base.html" %}
{% block title %}Notitie{% endblock %}
{% block content %}
  <h1>Notitie bij {{ team }}</h1>
  <form method="post">
    {% include "components/_typed.html" %}
    {{ form.as_p }}
    <button type="submit">Notitie vastleggen</button>
  </form>
{% endblock content %}
"""


class Note(forms.Form):
    subject = forms.CharField(label="Onderwerp", required=False)
    text = forms.CharField(label="Tekst", widget=forms.Textarea)
    urgent = forms.BooleanField(label="Dringend", required=False)
    topics = forms.MultipleChoiceField(
        label="Onderwerpen",
        required=False,
        choices=[("a", "Wonen"), ("b", "School")],
        widget=forms.CheckboxSelectMultiple,
    )


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, team_id: str) -> HttpResponse:
    team = get_object_or_404(Team, pk=team_id)
    typed = typed_in(request, "notitie", about=team)
    form = Note(typed.data, initial=typed.initial(subject="Gesprek"))
    if typed.sent and form.is_valid():
        messages.success(request, f"{form.cleaned_data['subject']} staat erin.")
        return typed.saved(redirect("home"))
    context = {"form": form, "typed": typed, "team": team}
    return HttpResponse(engines["django"].from_string(TEMPLATE).render(context, request))


urlpatterns = [*site, path("notitie/<uuid:team_id>/", note, name="note")]
