"""Key figures through the rounds: each as the report of its round tells it, and nothing more.

Where a report tells it not, there is a gap: too few answered, or it wasn't asked like this.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from surveys.models import Question, Round

from .asking import Counted, counted, reworded, same_question, share_of
from .changing import Share, said
from .figures import RESPONSE, Figure, Unit, figures_of, words_of
from .rounds import Stage
from .structure import TOO_FEW
from .tables import Bar

MOST_ROUNDS = 12  # the newest
NOT_ASKED = "Niet zo gevraagd."
OTHER_WORDS = "Met andere woorden gevraagd dan ervoor."


@dataclass(frozen=True)
class Through:
    """One figure, a bar a round, the oldest first; beside each of how many it is."""

    figure: Figure
    bars: tuple[Bar, ...]

    @property
    def caption(self) -> str:
        who = "antwoordde" if self.figure.question else "is bereikt"
        return f"{self.figure.label}, per ronde: {self.measure} van wie {who}"

    @property
    def measure(self) -> str:
        return "gemiddeld" if self.figure.unit == Unit.MEAN else "aandeel"


@dataclass(frozen=True)
class Together:
    """The figures of the response, or of one question."""

    title: str
    figures: tuple[Through, ...]


def through_rounds(rounds: Iterable[Round], stages: Mapping[UUID, Stage]) -> list[Together]:
    """Of rounds, the newest first, with what `stages_of` says of them. Empty while fewer than two
    have a report. In seven queries whatever their number."""
    over = [one for one in rounds if stages[one.pk] in (Stage.TOLD, Stage.TOO_FEW)][:MOST_ROUNDS]
    told = counted(one for one in over if stages[one.pk] == Stage.TOLD)
    if len(told) < 2:
        return []
    by_round = {one.round.pk: one for one in told}
    in_order = [(one, by_round.get(one.pk)) for one in reversed(over)]
    return [
        Together(title, tuple(Through(each, _bars(each, asked, in_order)) for each in figures))
        for title, asked, figures in _key_figures(told)
    ]


def _key_figures(
    told: list[Counted],
) -> Iterator[tuple[str, Question | None, list[Figure]]]:
    """As the newest round says them that has them."""
    yield "Respons", None, _leading(RESPONSE)
    seen: set[str] = set()
    for round in told:
        for key, question in round.questions.items():
            leading = _leading(figures_of(question, round.wording))
            if leading and key not in seen:
                seen.add(key)
                yield words_of(round.wording, f"question.{key}"), question, leading


def _leading(figures: Iterable[Figure]) -> list[Figure]:
    return [one for one in figures if one.leads and one.unit != Unit.COUNT]


def _bars(
    figure: Figure, question: Question | None, in_order: list[tuple[Round, Counted | None]]
) -> tuple[Bar, ...]:
    bars, before = [], None
    for round, now in in_order:
        asked = now and same_question(question, now)
        share = share_of(figure, now.everybody) if now and asked else None
        if now is None or share is None:
            bars.append(_gap(round, NOT_ASKED if now and not asked else TOO_FEW))
            continue
        changed = question and before and reworded(question, now, before)
        bars.append(_bar(round, figure, question, share, OTHER_WORDS if changed else ""))
        before = now
    return tuple(bars)


def _bar(round: Round, figure: Figure, question: Question | None, share: Share, note: str) -> Bar:
    whole = question.highest if question and figure.unit == Unit.MEAN else 100
    width = f"{100 * float(share.value or 0) / float(whole or 100):.4g}"
    return Bar(round.name, str(share.base), said(figure.unit, share.value), width, note)


def _gap(round: Round, why: str) -> Bar:
    return Bar(round.name, "", said(Unit.PERCENT, None), "0", why)
