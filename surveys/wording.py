"""The words of a round as someone reads them: for an audience, in a language."""

from functools import cached_property

from surveys.models import Language, Round, Text

from .parts import FIRST_LANGUAGE


class Wording:
    """All words of one round, read once. Frozen with it."""

    def __init__(self, round: Round) -> None:
        self.round = round
        rows = Text.objects.filter(round=round)
        self._said = {
            (language, part, audience): body
            for language, part, audience, body in rows.values_list(
                "language", "part", "audience", "body"
            )
        }

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
