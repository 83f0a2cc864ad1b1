"""Who and what is the same in two files, and why."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from cases.merging.pairing import Pairing
from cases.merging.sides import Side

SOMEONE_ELSE = ("", "Iemand anders: komt erbij")
ANOTHER = ("", "Een andere aanmelding: komt erbij, met eigen begeleider")


class MergeForm(forms.Form):
    """A choice for each person and each registration of what goes."""

    reason = forms.CharField(
        label="Waaraan zie je dat ze dezelfde zijn?",
        max_length=1000,
        help_text="Komt in de tijdlijn te staan.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Schrijf waaraan je ziet dat ze dezelfde zijn."},
    )

    def __init__(self, *args: Any, kept: Side, gone: Side, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kept, self.gone = kept, gone
        self.within = kept.family == gone.family
        self.of_people, self.of_registrations = [], []
        suggested = {} if self.within else gone.same_as(kept)
        people = [(one.person_id, kept.who(one)) for one in kept.members]
        for one in gone.members:
            field = self._choice(gone.who(one), one.person_id, people, suggested, SOMEONE_ELSE)
            self.of_people.append(field)
        registrations = [(one.registration_id, one.stand) for one in kept.intakes]
        for one in gone.intakes:
            field = self._choice(one.stand, one.registration_id, registrations, suggested, ANOTHER)
            self.of_registrations.append(field)

    def _choice(
        self,
        label: str,
        which: UUID,
        choices: Iterable[tuple[UUID, str]],
        suggested: dict[UUID, UUID],
        none: tuple[str, str],
    ) -> Any:
        others = [(str(pk), words) for pk, words in choices if pk != which]
        empty = ("", "Niet dubbel") if self.within else none
        self.fields[str(which)] = forms.ChoiceField(
            label=label,
            required=False,
            choices=[empty, *others],
            initial=str(suggested.get(which, "")),
            error_messages={
                "invalid_choice": "Dit staat niet meer zo in het dossier. Kies opnieuw."
            },
        )
        return self[str(which)]

    @property
    def pairing(self) -> Pairing:
        """What was chosen; of a form that wasn't sent, what is suggested."""
        chosen = self.cleaned_data if self.is_bound else self.initial_choices()
        people = {one.person_id for one in self.gone.members}
        pairs = {
            UUID(name): UUID(value) for name, value in chosen.items() if value and name != "reason"
        }
        return Pairing(
            self.kept.family,
            self.gone.family,
            {gone: kept for gone, kept in pairs.items() if gone in people},
            {gone: kept for gone, kept in pairs.items() if gone not in people},
        )

    def initial_choices(self) -> dict[str, str]:
        return {name: field.initial for name, field in self.fields.items() if name != "reason"}
