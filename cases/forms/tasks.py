"""What has to be done, by when, and for whom."""

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.models import User
from cases.models import Task

from .base import same_as
from .fields import DayField

THE_SUPERVISOR = ("", "Wie het gezin begeleidt")


class TaskForm(forms.Form):
    """`colleagues`: to whom it may be given. `version`: of the task that the page showed."""

    title = same_as(
        Task, "title", label="Wat moet er gebeuren?",
        help_text="Begin met een werkwoord: 'bellen over woning'.",
    )  # fmt: skip
    due_on = DayField(label="Uiterlijk")
    remind_on = DayField(
        label="Herinner mij op", required=False, help_text="Leeg: alleen op de dag zelf."
    )
    owner = forms.ChoiceField(label="Voor wie", required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, colleagues: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._colleagues = {str(one.pk): one for one in colleagues}
        names = [(pk, one.name) for pk, one in self._colleagues.items()]
        self.fields["owner"].choices = [THE_SUPERVISOR, *names]
        self.fields["title"].widget.attrs["autofocus"] = True

    def clean_owner(self) -> User | None:
        return self._colleagues.get(self.cleaned_data["owner"])

    def facts(self) -> dict[str, Any]:
        """What the form says of a task."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
