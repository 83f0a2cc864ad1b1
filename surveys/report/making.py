"""The report of one round: a plain structure, from which page and files are made.

Nothing of it is there before the end, and after that it doesn't change: two renderings can't be
subtracted. What rests on fewer than ten answers has no number, and a breakdown is there only when
all its groups have ten: then total and groups can't be subtracted either.
"""

from collections.abc import Iterable, Iterator, Mapping

from facts.numbers import percentage
from surveys.models import Question, Round
from surveys.models.rounds import SMALLEST_GROUP
from surveys.remarks import ERASED

from .asking import Counted, counted, reworded, same_question, share_of
from .changing import change
from .counting import Tally
from .figures import RESPONSE, Figure, Unit, figures_of, words_of
from .structure import GroupLines, Line, Section, SurveyReport

NO_GROUPS = "Niet per groep: een groep zou minder dan 10 antwoorden hebben."


def report_of(
    round: Round, *, previous: Round | None, remarks: Mapping[str, tuple[str, ...]] | None
) -> SurveyReport:
    """Of a round that is `told` (rounds). `previous`: one that is told as well. `remarks`: of each
    question what was released; None where it was erased."""
    now, *earlier = counted([round, previous] if previous else [round])
    before = earlier[0] if earlier else None
    sections = [_section(now, before, "respons", "Respons", RESPONSE)]
    for question in now.questions.values():
        figures = tuple(figures_of(question, now.wording))
        slug, title = f"vraag-{question.key}", words_of(now.wording, f"question.{question.key}")
        written = question.kind == Question.Kind.TEXT and remarks is not None
        texts = remarks.get(question.key, ()) if written else None
        sections.append(_section(now, before, slug, title, figures, question, texts))
    return SurveyReport(round, previous, tuple(sections))


def _section(
    now: Counted,
    before: Counted | None,
    slug: str,
    title: str,
    figures: tuple[Figure, ...],
    question: Question | None = None,
    remarks: tuple[str, ...] | None = None,
) -> Section:
    comparable = before if same_question(question, before) else None
    lines = [_line(one, now.everybody, comparable and comparable.everybody) for one in figures]
    answers = figures[0].rests_on(now.everybody)
    groups = tuple(_by_group(figures, now.groups))
    leading, rest = _leading_first(lines)
    return Section(
        slug=slug,
        title=title,
        leading=leading,
        lines=rest,
        groups=groups,
        answers=answers if answers >= SMALLEST_GROUP else None,
        of_all=now.everybody.answered,
        notes=tuple(_notes(question, now, comparable, lines, groups, remarks is None)),
        remarks=remarks if answers >= SMALLEST_GROUP else None,
    )


def _line(figure: Figure, tally: Tally, before: Tally | None = None, group: str = "") -> Line:
    now, then = share_of(figure, tally), share_of(figure, before) if before else None
    return Line(figure, now, group, change(figure, now, then) if now and then else None)


def _by_group(figures: tuple[Figure, ...], groups: Mapping[str, Tally]) -> Iterator[GroupLines]:
    """Of answers all groups, or none: also a group without answers would tell who didn't. What
    became of the letters is told of each."""
    first = figures[0]
    split = bool(groups) and min(map(first.rests_on, groups.values())) >= SMALLEST_GROUP
    told = [one for one in figures if split or not one.of_answers]
    if len(groups) < 2 or not told:
        return
    for name, tally in groups.items():
        lines = [_line(one, tally, group=name) for one in told]
        answers = first.rests_on(tally) if split else None
        yield GroupLines(name, answers, *_leading_first(lines))


def _leading_first(lines: list[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """What sums it up, and the rest. Where every answer leads (of a question with several) they
    stand together, in their table."""
    leading = tuple(one for one in lines if one.figure.leads)
    return ((), tuple(lines)) if len(leading) == len(lines) else (
        leading, tuple(one for one in lines if not one.figure.leads)
    )  # fmt: skip


def _notes(
    question: Question | None,
    now: Counted,
    before: Counted | None,
    lines: Iterable[Line],
    groups: tuple[GroupLines, ...],
    erased: bool,
) -> Iterator[str]:
    bases = [one.share.base for one in lines if one.share and one.figure.unit == Unit.PERCENT]
    if bases and 0 < min(bases) < 100 and question is not None:
        one_more = percentage(1, min(bases))
        yield f"Eén antwoord meer of minder scheelt hier ongeveer {one_more} procentpunt."
    if question and question.kind == Question.Kind.SEVERAL and bases:
        yield "Meer antwoorden mochten, dus samen kan het meer dan 100% zijn."
    if question and question.kind == Question.Kind.TEXT and erased:
        yield ERASED
    if question and before and reworded(question, now, before):
        yield "De woorden van deze vraag zijn veranderd: vergelijk voorzichtig."
    if bases and len(now.groups) > 1 and all(one.answers is None for one in groups):
        yield NO_GROUPS
