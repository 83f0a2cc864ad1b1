"""Dates as the team writes them: wo 31 jul 2024."""

from django import template

from reporting.presenting import words
from reporting.workload import said

register = template.Library()
register.filter("day", words.day)
register.filter("instant", words.instant)
register.filter("said", said)


@register.simple_tag
def span(first, last) -> str:
    return words.span(first, last)


@register.filter
def part(texts: dict[str, tuple[str, ...]] | str, name: str) -> tuple[str, ...]:
    """The paragraphs of a part; none where a page has no texts at all."""
    return texts.get(name, ()) if isinstance(texts, dict) else ()
