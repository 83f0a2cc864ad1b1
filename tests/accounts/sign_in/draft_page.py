"""The site with one page more: a form that keeps what is typed, as a file's page will."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template import engines
from django.urls import path
from django.views.decorators.http import require_http_methods

from accounts.models import Team
from accounts.services.drafts import discard_draft, open_draft
from ondersteuning.urls import urlpatterns as site

TEMPLATE = """
{% extends "base.html" %}
{% load static %}
{% block title %}Notitie{% endblock %}
{% block scripts %}<script src="{% static 'js/concept.js' %}" defer></script>{% endblock %}
{% block content %}
  <h1>Notitie bij {{ team }}</h1>
  {% include "accounts/_draft.html" %}
  <form method="post" data-draft-key="{{ draft.key }}" data-draft-url="{% url 'draft_keep' %}">
    {% csrf_token %}
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
    draft = open_draft(user=request.user, form="notitie", about=team)
    form = Note(request.POST or None, initial=draft.initial(subject="Gesprek"))
    if request.method == "POST" and form.is_valid():
        discard_draft(user=request.user, form="notitie", about=team)
        return redirect("home")
    context = {"form": form, "draft": draft, "team": team}
    return HttpResponse(engines["django"].from_string(TEMPLATE).render(context, request))


urlpatterns = [*site, path("notitie/<uuid:team_id>/", note, name="note")]
