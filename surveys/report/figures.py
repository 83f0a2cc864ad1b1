"""Each figure of a survey report, declared once: what it counts, of what, and in which words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from facts.numbers import Number, percentage
from surveys.models import Audience, Letter, Question
from surveys.parts import FIRST_LANGUAGE
from surveys.wording import Wording

from .counting import Tally

# Answers that a reader wants to see together: what they mean, for a question with that key.
TOGETHER = {"satisfied": ("Tevreden", ("yes", "mostly"))}
KNOWN_IN_TIME = "voor het einde van de ronde, en die niet antwoordde."


class Unit(StrEnum):
    COUNT = "aantal"
    PERCENT = "procent"
    MEAN = "gemiddelde"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`of` and `base`: numerator and denominator; a count has no denominator. `question`: whose
    answers it rests on ('': all that were sent in). `leads`: one of the few that the quarterly
    report can quote. `of_answers`: False of what became of the letters, which tells no answer."""

    key: str
    label: str
    meaning: str
    unit: Unit
    of: Callable[[Tally], int]
    base: Callable[[Tally], int] | None = None
    question: str = ""
    leads: bool = False
    of_answers: bool = True

    def rests_on(self, tally: Tally) -> int:
        """On how many answers. Of fewer than ten nothing is told."""
        return tally.answers[self.question] if self.question else tally.answered

    def value(self, tally: Tally) -> Number:
        """Whole percents; a mean in one decimal; None of nothing."""
        part, whole = self.of(tally), self.base(tally) if self.base else 1
        if self.unit == Unit.MEAN:
            return float(_one_decimal(Decimal(part) / whole)) if whole else None
        return percentage(part, whole) if self.unit == Unit.PERCENT else part


RESPONSE = (
    Figure(
        key="invited",
        label="Uitgenodigd",
        meaning="Wie bij de start een uitnodiging zou krijgen.",
        unit=Unit.COUNT,
        of=lambda tally: tally.invited,
        of_answers=False,
    ),
    Figure(
        key="bounced",
        label="Teruggekomen",
        meaning=f"Van wie de uitnodiging terugkwam, {KNOWN_IN_TIME}",
        unit=Unit.COUNT,
        of=lambda tally: tally.missed[Letter.State.BOUNCED],
        of_answers=False,
    ),
    Figure(
        key="refused",
        label="Geweigerd",
        meaning="Van wie de mailserver de uitnodiging weigerde, of een dag lang niet kon aannemen, "
        f"{KNOWN_IN_TIME}",
        unit=Unit.COUNT,
        of=lambda tally: tally.missed[Letter.State.REFUSED],
        of_answers=False,
    ),
    Figure(
        key="not_sent",
        label="Niet verstuurd",
        meaning="Wie op het moment van versturen niet meer gevraagd mocht worden, of nog niet aan "
        "de beurt was toen de ronde eindigde.",
        unit=Unit.COUNT,
        of=lambda tally: tally.missed[Letter.State.SKIPPED],
        of_answers=False,
    ),
    Figure(
        key="not_reached",
        label="Niet bereikt",
        meaning="Teruggekomen, geweigerd en niet verstuurd samen. Een brief waarvan niemand weet "
        "of hij aankwam, telt als bereikt.",
        unit=Unit.COUNT,
        of=lambda tally: tally.not_reached,
        of_answers=False,
    ),
    Figure(
        key="reached",
        label="Bereikt",
        meaning="Uitgenodigd zonder niet bereikt, als deel van wie is uitgenodigd.",
        unit=Unit.PERCENT,
        of=lambda tally: tally.invited - tally.not_reached,
        base=lambda tally: tally.invited,
        of_answers=False,
    ),
    Figure(
        key="answers",
        label="Ingevuld",
        meaning="Hoeveel mensen de enquête insturden, ook als ze vragen oversloegen.",
        unit=Unit.COUNT,
        of=lambda tally: tally.answered,
        leads=True,
    ),
    Figure(
        key="response",
        label="Respons",
        meaning="Ingevuld, als deel van wie is bereikt: uitgenodigd zonder niet bereikt.",
        unit=Unit.PERCENT,
        of=lambda tally: tally.answered,
        base=lambda tally: tally.invited - tally.not_reached,
        leads=True,
    ),
)


def figures_of(question: Question, wording: Wording) -> Iterator[Figure]:
    """What is told of one question."""
    key, asked = question.key, words_of(wording, f"question.{question.key}")
    everyone = f"Van wie de vraag ‘{asked}’ beantwoordde."
    if question.kind == Question.Kind.TEXT:
        meaning = f"Hoeveel mensen iets schreven bij de vraag ‘{asked}’."
        yield Figure(
            key=f"{key}.written", label="Geschreven", meaning=meaning, unit=Unit.COUNT,
            of=_answers(key), question=key,
        )  # fmt: skip
    elif question.kind == Question.Kind.SCALE:
        numbers = [str(one) for one in range(question.lowest or 0, (question.highest or 0) + 1)]
        meaning = f"Alle getallen opgeteld, gedeeld door hoeveel het er zijn. {everyone}"
        yield Figure(
            key=f"{key}.mean", label="Gemiddeld", meaning=meaning, unit=Unit.MEAN,
            of=_sum(key, numbers), base=_answers(key), question=key, leads=True,
        )  # fmt: skip
        yield from (_share(key, [one], one, f"Koos {one}. {everyone}") for one in numbers)
    else:
        yield from _of_choices(question, wording, everyone)


def _of_choices(question: Question, wording: Wording, everyone: str) -> Iterator[Figure]:
    key = question.key
    said = {one: words_of(wording, f"option.{key}.{one}") for one in question.options}
    name, together = TOGETHER.get(key, ("", ()))
    if question.kind == Question.Kind.ONE and together and set(together) <= said.keys():
        which = " of ".join(f"‘{said[one]}’" for one in together)
        yield _share(key, together, name, f"Koos {which}. {everyone}", leads=True)
    several = question.kind == Question.Kind.SEVERAL
    more = " Meer antwoorden mogen, dus samen kan het meer dan 100% zijn." if several else ""
    for one in question.options:
        meaning = f"Koos ‘{said[one]}’. {everyone}{more}"
        yield _share(key, [one], said[one], meaning, leads=several)


def _share(key: str, options, label: str, meaning: str, *, leads: bool = False) -> Figure:
    """How many chose one of the options, of who answered. Options hold no '-': keys don't clash."""
    return Figure(
        key=f"{key}.{'-'.join(options)}", label=label, meaning=meaning, unit=Unit.PERCENT,
        of=lambda tally: sum(tally.chosen[key, one] for one in options),
        base=_answers(key), question=key, leads=leads,
    )  # fmt: skip


def _answers(key: str) -> Callable[[Tally], int]:
    return lambda tally: tally.answers[key]


def _sum(key: str, numbers: list[str]) -> Callable[[Tally], int]:
    return lambda tally: sum(int(one) * tally.chosen[key, one] for one in numbers)


def _one_decimal(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def words_of(wording: Wording, part: str) -> str:
    """In Dutch, as most were asked it; what was said for one audience alone is found as well."""
    for audience in ("", *Audience.values):
        if said := wording.say(part, audience=audience, language=FIRST_LANGUAGE):
            return said
    return part.rpartition(".")[2]
