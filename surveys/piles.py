"""What the privacy officer goes through: remarks of a round, in one state, of one question or all.

In the order of their random ids, which says nothing of who wrote them or when.
"""

from bisect import bisect
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict

from surveys.models import Question, Remark, Round, Text
from surveys.parts import FIRST_LANGUAGE

State = Remark.State


class Around(NamedTuple):
    """The ids of the one before and after, and the how-manieth this is of how many: None if it
    isn't in the pile."""

    before: UUID | None
    after: UUID | None
    place: int | None
    many: int


@dataclass(frozen=True)
class Pile:
    """`question`: the key of one, or '' for all."""

    round: Round
    state: str = State.NEW
    question: str = ""

    @classmethod
    def asked(cls, round: Round, asked: QueryDict) -> "Pile":
        """As an address says it; what it says wrongly counts as not said."""
        state = asked.get("stand", State.NEW)
        return cls(round, state if state in State.values else State.NEW, asked.get("vraag", ""))

    @property
    def remarks(self) -> QuerySet[Remark]:
        rows = Remark.objects.in_round(self.round).filter(state=self.state)
        if self.question:
            rows = rows.filter(question__key=self.question)
        return rows.select_related("question").order_by("pk")

    @property
    def query(self) -> str:
        """For behind an address."""
        said = {"stand": self.state if self.state != State.NEW else "", "vraag": self.question}
        asked = urlencode({key: value for key, value in said.items() if value})
        return f"?{asked}" if asked else ""

    def around(self, remark: Remark) -> Around:
        """Where `remark` lies, or where it lay; behind the last comes the first."""
        pks = list(self.remarks.values_list("pk", flat=True))
        others = [one for one in pks if one != remark.pk]
        at = bisect(others, remark.pk)
        before, after = (others[at - 1], others[at % len(others)]) if others else (None, None)
        return Around(before, after, at + 1 if len(others) < len(pks) else None, len(pks))


def questions_in_words(round: Round) -> dict[str, str]:
    """By key those that are answered in words, as they were asked; in their order."""
    asked = round.questions.filter(kind=Question.Kind.TEXT).order_by("position", "key")
    said = Text.objects.filter(round=round, language=FIRST_LANGUAGE, audience="")
    words = dict(said.filter(part__startswith="question.").values_list("part", "body"))
    return {one.key: words.get(f"question.{one.key}", one.key) for one in asked}
