"""The rows of the canary family: one line a model. What a model declares masked gets a canary by
itself, unless it is given here."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cases.models import Code
from cases.services import correct, note
from facts.models import Fact
from tests.cases.office import YESTERDAY
from tests.matrix.canaries import Canaries, can_be_unique
from tests.matrix.cast import Group

LONG_GONE = date(2000, 1, 1)


class Seeder:
    """Writes rows about the people in `about`, of which the masked fields hold canaries."""

    def __init__(self, canaries: Canaries) -> None:
        self.canaries = canaries
        self.about: list[UUID] = []
        self.rows: dict[str, models.Model] = {}

    def row(
        self,
        model: type[models.Model],
        may_see: Group,
        *,
        about: list[UUID] | None = None,
        **given: Any,
    ) -> models.Model:
        """A row that stands. Of a fact there is also an earlier one, withdrawn for a reason."""
        about = self.about if about is None else about
        for field in model._meta.concrete_fields:
            masked = field.name in model.privacy.masked and field.name != "withdrawal_reason"
            if masked and field.name not in given and can_be_unique(field):
                given[field.name] = self._value(model, field, may_see, about)
        if issubclass(model, Fact):
            reason = self.text(f"{model._meta.label}.withdrawal_reason", may_see, about)
            written = correct(note(model(**given), by=None), by=None, reason=reason)
        else:
            written = model(**given)
            written.save(force_insert=True)
        self.rows[model._meta.label] = written
        return written

    def text(self, of: str, may_see: Group, about: list[UUID] | None = None) -> str:
        return self.canaries.text(of, may_see, self.about if about is None else about)

    def _value(
        self, model: type[models.Model], field: models.Field, may_see: Group, about: list[UUID]
    ) -> Any:
        of = f"{model._meta.label}.{field.name}"
        if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
            return self.canaries.day(of, may_see, about)
        if isinstance(field, models.ForeignKey) and field.related_model is Code:
            entry = self.canaries.entry(of, may_see, about)
            return self.code(field.get_limit_choices_to()["list"], entry)
        word = self.canaries.text(of, may_see, about)
        if isinstance(field, models.EmailField):
            return f"{word}@example.org"
        if isinstance(field, ArrayField):
            return [word]
        if isinstance(field, models.JSONField):
            return {"tekst": word}
        if isinstance(field, models.CharField | models.TextField):
            return word
        raise AssertionError(f"{of}: geef hem een kanarie in tests/matrix/family.py")

    def code(self, list_name: str, word: str) -> Code:
        """An entry that is valid no more."""
        return Code.objects.create(
            list=list_name, code=word, label=word, position=99, valid_until=LONG_GONE
        )


def yesterday_at_noon() -> datetime:
    return datetime.fromisoformat(f"{YESTERDAY}T12:00+00:00")


HOUR = timedelta(hours=1)
