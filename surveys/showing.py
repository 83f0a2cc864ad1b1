"""The pages of a survey in words: for one audience, in one language."""

from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings

from surveys.models import Language, Question
from surveys.wording import Wording

# A number reads from left to right, in whatever language it stands.
PHONE = "\N{LEFT-TO-RIGHT ISOLATE}{}\N{POP DIRECTIONAL ISOLATE}"


def phone_number() -> str:
    """Of the team, as it stands in a sentence of any language."""
    return PHONE.format(settings.TEAM_PHONE.replace(" ", "\N{NO-BREAK SPACE}"))


class Choice(NamedTuple):
    value: str
    words: str


@dataclass(frozen=True)
class Asked:
    """One question as it is read. `low`, `high`: what the ends of a scale mean."""

    question: Question
    words: str
    choices: list[Choice]
    low: str = ""
    high: str = ""


@dataclass(frozen=True)
class Shown:
    wording: Wording
    audience: str
    language: Language

    def say(self, part: str, **named: object) -> str:
        return self.wording.say(
            part,
            audience=self.audience,
            language=self.language.code,
            phone=phone_number(),
            **named,
        )

    @property
    def page(self) -> "Page":
        """For a template: `shown.page.title`."""
        return Page(self)

    def question(self, question: Question) -> Asked:
        key, words = question.key, self.say(f"question.{question.key}")
        if question.kind == Question.Kind.SCALE:
            numbers = range(question.lowest or 0, (question.highest or 0) + 1)
            choices = [Choice(str(one), str(one)) for one in numbers]
            return Asked(question, words, choices, self.say(f"low.{key}"), self.say(f"high.{key}"))
        choices = [Choice(one, self.say(f"option.{key}.{one}")) for one in question.options]
        return Asked(question, words, choices)


@dataclass(frozen=True)
class Page:
    shown: Shown

    def __getitem__(self, part: str) -> str:
        return self.shown.say(f"page.{part}")
