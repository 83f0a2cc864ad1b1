"""The review list: odd access, and what the privacy officer made of it."""

from dataclasses import dataclass, replace

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import AccessLine
from accounts.roles import READ_ACCESS_LOG
from accounts.typed import Typed, several_typed_in, typed_in
from cases.door import must
from cases.models import AccessReview
from cases.services.reviewing import review
from cases.views.log import note_oversight
from cases.who_looked.oddities import Finding, findings, without_reviewed
from cases.who_looked.sentences import Told, in_words
from facts.words import many, moment

LINES_SHOWN = 20
MOST_SHOWN = 100


class ReviewForm(forms.Form):
    rule = forms.ChoiceField(choices=AccessReview.Rule.choices, widget=forms.HiddenInput)
    first_line = forms.IntegerField(widget=forms.HiddenInput)
    last_line = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label="Wat heb je gezien?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Schrijf erbij wat je hebt gezien."},
    )


@dataclass(frozen=True)
class Shown:
    """A finding in words. `lines`: the first of them; `more`: how many there are besides."""

    rule: str
    who: str
    roles: str
    when: str
    much: str
    lines: list[Told]
    more: int
    form: ReviewForm | None
    review: AccessReview | None
    typed: Typed | None = None


@require_http_methods(["GET", "HEAD", "POST"])
def odd_access(request: HttpRequest) -> HttpResponse:
    """What three rules find, and every read in an emergency; marked when it was looked at."""
    must(request, READ_ACCESS_LOG, what="leeslogboek", part="opvallend")
    waiting, done = without_reviewed(findings(timezone.now()))
    wrong: ReviewForm | None = None
    if request.method == "POST":
        typed = typed_in(request, "opvallend")
        wrong = ReviewForm(typed.data)
        if wrong.is_valid() and _reviewed(request, wrong, waiting):
            messages.success(request, "Beoordeeld.")
            return typed.saved(redirect("odd_access"))
    more, waiting, done = len(waiting) - MOST_SHOWN, waiting[:MOST_SHOWN], done[:MOST_SHOWN]
    words = _lines_in_words([*waiting, *(finding for finding, _ in done)])
    context = {
        "form": wrong,
        "more": max(more, 0),
        "waiting": _with_forms(request, waiting, words, wrong),
        "done": [_shown(one, words, made=made) for one, made in done],
    }
    note_oversight(request, "opvallend", [])
    return render(request, "cases/odd_access.html", context)


def _reviewed(request: HttpRequest, form: ReviewForm, waiting: list[Finding]) -> bool:
    """Only what stands on the list can be marked."""
    given = form.cleaned_data
    key = (given["rule"], given["first_line"], given["last_line"])
    if key not in {_key(finding) for finding in waiting}:
        form.add_error(None, "Deze staat niet meer op de lijst, of er kwam iets bij. Kijk opnieuw.")
        return False
    try:
        review(**given, by=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _key(finding: Finding) -> tuple[str, int, int]:
    return str(finding.rule), finding.first.number, finding.last.number


def _with_forms(
    request: HttpRequest, waiting: list[Finding], words: dict, wrong: ReviewForm | None
) -> list[Shown]:
    names = ["opvallend {} {}".format(*_key(one)) for one in waiting]
    typed = several_typed_in(request, names)
    return [
        replace(_shown(one, words, _form(one, wrong, typed[name])), typed=typed[name])
        for name, one in zip(names, waiting, strict=True)
    ]


def _form(finding: Finding, wrong: ReviewForm | None, typed: Typed) -> ReviewForm:
    """With what was kept, or as it was sent when that was wrong."""
    rule, first, last = _key(finding)
    if wrong and wrong.data.get("rule") == rule and wrong.data.get("first_line") == str(first):
        return wrong
    return ReviewForm(
        initial=typed.initial() | {"rule": rule, "first_line": first, "last_line": last},
        auto_id=f"id_{rule}_{first}_%s",
    )


def _lines_in_words(found: list[Finding]) -> dict[int, Told]:
    lines: dict[int, AccessLine] = {
        line.number: line for finding in found for line in finding.lines[:LINES_SHOWN]
    }
    return {told.number: told for told in in_words(lines.values())}


def _shown(
    finding: Finding,
    words: dict[int, Told],
    form: ReviewForm | None = None,
    made: AccessReview | None = None,
) -> Shown:
    lines = finding.lines
    much = many(len(lines), "keer gelezen", "keer gelezen")
    if finding.files:
        much += f", {many(finding.files, 'dossier', 'dossiers')}"
    return Shown(
        rule=AccessReview.Rule(finding.rule).label,
        who=finding.first.actor.name,
        roles=finding.first.actor_roles,
        when=moment(finding.first.at),
        much=much,
        lines=[words[line.number] for line in lines[:LINES_SHOWN]],
        more=max(len(lines) - LINES_SHOWN, 0),
        form=form,
        review=made,
    )
