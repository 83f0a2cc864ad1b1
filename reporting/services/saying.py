"""What an edition says to the public: its texts with the numbers in them, what is hidden, and what
stands in the way."""

import re
from collections.abc import Iterator
from typing import Any

from accounts.roles import APPROVE_EDITIONS, may
from reporting.figures import REPORT, broken_rules
from reporting.models import Edition, ReportRun
from reporting.presenting import words
from reporting.suppression import Decisions, Published, relations_of, suppress
from reporting.suppression.choosing import Outcome
from surveys.report.quoting import Quotes, is_survey

State = Edition.State
REFERENCE = re.compile(r"\{([a-z0-9_.\-]+)\}")


def obstacles(edition: Edition) -> list[str]:
    """Why the edition can't be offered yet, a Dutch sentence each."""
    run = edition.run
    if run is None or run.state != ReportRun.State.DONE:
        return ["De cijfers zijn nog niet berekend."]
    found = list(broken_rules(REPORT, run.figures))
    hidden = hidden_in(edition)
    found += [
        f"'{key}' blijft te raden ({_between(ends)}), omdat er is gekozen om ernaast te tonen."
        for key, ends in hidden.open.items()
    ]
    for text in edition.texts.all():
        found += wrong_references(edition, text.body, hidden)
    return found


def may_still_approve(edition: Edition) -> bool:
    """Asked once more when the work is done, which may be long after it was ordered (T27)."""
    return edition.approved_by is not None and may(edition.approved_by, APPROVE_EDITIONS)


def hidden_in(edition: Edition) -> Outcome:
    """What the public doesn't see of the edition's figures, and why."""
    figures = edition.run.figures
    decisions = Decisions(
        shown={one.key: one.reason for one in edition.decisions.all() if one.shown},
        hidden={one.key: one.reason for one in edition.decisions.all() if not one.shown},
    )
    return suppress(figures, relations_of(REPORT, figures), decisions, _known_before(edition))


def paragraphs(edition: Edition, hidden: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """The texts with the numbers in them: part -> paragraphs."""
    figures, quoted = edition.run.figures, quoted_in(edition)

    def number(match: re.Match) -> str:
        key = match[1]
        if key in quoted:
            return quoted[key]["text"]
        if key not in figures or key in hidden:
            return words.HIDDEN
        decimals = 2 if isinstance(figures[key], float) else 0
        return words.number(figures[key], decimals)

    return {
        text.part: tuple(
            REFERENCE.sub(number, " ".join(block.split()))
            for block in re.split(r"\n\s*\n", text.body)
            if block.strip()
        )
        for text in edition.texts.all()
    }


def quoted_in(edition: Edition) -> dict[str, dict[str, Any]]:
    """What the texts quote of surveys, by key: the words for it, the value, what it is, and where
    it is from. Of a published edition as it was frozen."""
    if edition.state == State.PUBLISHED:
        return edition.quoted
    quotes = Quotes()
    keys = {key for text in edition.texts.all() for key in survey_keys(text.body)}
    found = {key: quotes.find(key) for key in sorted(keys)}
    return {
        key: {"text": one.text, "value": one.value, "source": one.source,
              "what": one.what, "unit": one.unit}
        for key, one in found.items()
        if one
    }  # fmt: skip


def survey_keys(body: str) -> set[str]:
    return {key for key in REFERENCE.findall(body) if is_survey(key)}


def _known_before(edition: Edition) -> Published | None:
    """What readers have already: the edition that was published last."""
    last = (
        Edition.objects.filter(state=State.PUBLISHED)
        .exclude(pk=edition.pk)
        .order_by("-published_at")
        .first()
    )
    if last is None:
        return None
    return Published(last.figures, relations_of(REPORT, last.figures), frozenset(last.hidden))


def wrong_references(edition: Edition, body: str, hidden: Outcome | None = None) -> Iterator[str]:
    figures = edition.run.figures if edition.run and edition.run.figures else None
    quotes = Quotes()
    for key in REFERENCE.findall(body):
        if is_survey(key):
            if why := quotes.why_not(key):
                yield f"De tekst noemt '{{{key}}}', maar {why}."
        elif REPORT.find(key) is None or (figures is not None and key not in figures):
            yield f"De tekst noemt '{{{key}}}', maar dat cijfer bestaat niet."
        elif hidden is not None and key in hidden.choices:
            yield f"De tekst noemt '{{{key}}}', maar dat cijfer wordt verborgen."


def _between(ends: tuple[float, float]) -> str:
    return f"tussen {ends[0]:.0f} en {ends[1]:.0f}"
