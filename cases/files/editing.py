"""Where the pages of a fact are, and two texts side by side when someone else was first."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.forms import Form
from django.urls import reverse

from cases.forms.on_screen import WHY, in_words
from cases.subjects import Holder, Subject
from facts.models import Fact
from facts.words import moment


@dataclass(frozen=True)
class Addresses:
    """`file`: back to where it stands on the page. `landing`: the top of it, where the message is
    (a browser that goes to a part of a page doesn't give the message its focus)."""

    file: str
    new: str

    @property
    def landing(self) -> str:
        return self.file.partition("#")[0]

    def of(self, fact: Fact) -> str:
        return self.new.removesuffix("nieuw/") + f"{fact.pk}/"


def addresses_of(subject: Subject, holder: Holder) -> Addresses:
    file = reverse("file", args=[holder.family.pk]) + f"#{subject.anchor}"
    if holder.registration:
        new = reverse("add_of_registration", args=[holder.registration.pk, subject.slug])
    else:
        new = reverse("add_of_family", args=[holder.family.pk, subject.slug])
    return Addresses(file, new)


class Line(NamedTuple):
    label: str
    typed: str
    stands: str

    @property
    def differs(self) -> bool:
        return self.typed != self.stands


@dataclass(frozen=True)
class Stale:
    """Two texts. `who` and `when` changed it; `why` they did. `save_to`: where 'mine' goes."""

    lines: list[Line]
    who: str
    when: str
    why: str
    gone: bool
    save_to: str = ""


def side_by_side(subject: Subject, fact: Fact, stands: Fact | None, form: Form) -> Stale:
    """What was typed beside what stands now (or, withdrawn for good, what stood)."""
    values = subject.form.first_values(stands or fact)
    return Stale(
        lines=lines_of(form, values),
        who=fact.withdrawn_by.name if fact.withdrawn_by else "Iemand anders",
        when=moment(fact.withdrawn_at) if fact.withdrawn_at else "",
        why=fact.withdrawal_reason,
        gone=stands is None,
    )


def lines_of(form: Form, values: dict[str, Any]) -> list[Line]:
    return [
        Line(form[name].label, _typed(form, name), in_words(form, name, value))
        for name, value in values.items()
        if name != WHY
    ]


def _typed(form: Form, name: str) -> str:
    """As the form takes it, or as it came in when it can't be so."""
    if name in getattr(form, "cleaned_data", {}) and not form.errors.get(name):
        value = form.cleaned_data[name]
        if isinstance(value, bool):
            value = "ja" if value else "nee"
        return in_words(form, name, getattr(value, "pk", value))
    return in_words(form, name, form[name].value())
