"""The words of a round as someone reads them: for an audience, in a language."""

from collections.abc import Iterable
from functools import cached_property
from uuid import UUID

from surveys.models import Language, Round, Text

from .parts import FIRST_LANGUAGE


class Wording:
    """All words of one round, read once, or those that are given. Frozen with it."""

    def __init__(self, round: Round, texts: Iterable[Text] | None = None) -> None:
        self.round = round
        rows = Text.objects.filter(round=round) if texts is None else texts
        self._said = {(one.language, one.part, one.audience): one.body for one in rows}

    @cached_property
    def languages(self) -> list[Language]:
        return list(self.round.languages.all())

    def language(self, code: str | None) -> Language:
        """The language of that code, or the first."""
        by_code = {one.code: one for one in self.languages}
        return by_code.get(code or "") or by_code[FIRST_LANGUAGE]

    def say(self, part: str, *, audience: str, language: str, **named: object) -> str:
        """The words; {names} in them are filled in, and nothing else is read as one."""
        body = (
            self._said.get((language, part, audience))
            or self._said.get((language, part, ""))
            or self._said.get((FIRST_LANGUAGE, part, audience))
            or self._said.get((FIRST_LANGUAGE, part, ""), "")
        )
        for name, value in named.items():
            body = body.replace(f"{{{name}}}", str(value))
        return body


def in_dutch(rounds: Iterable[Round]) -> dict[UUID, Wording]:
    """The Dutch words of each round, in one query."""
    texts: dict[UUID, list[Text]] = {}
    for one in Text.objects.filter(round__in=rounds, language=FIRST_LANGUAGE):
        texts.setdefault(one.round_id, []).append(one)
    return {one.pk: Wording(one, texts.get(one.pk, [])) for one in rounds}
