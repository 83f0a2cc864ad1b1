"""Filling in a form at random from what it offers, or wrongly on purpose."""

import datetime
from random import Random
from typing import Any

from tests.day.pages import Form

Typed = dict[str, Any]
SYLLABLES = ("ba", "lo", "mi", "ter", "van", "ruz", "eck", "ol", "dij", "sum", "wa", "pre", "gon")
MOST_DAYS = 150
# Days that come after the first one of the same form.
LATER = ("ended_on", "begun_on", "finished_on", "handled_on", "answered_on", "due_on",
         "accepted_on")  # fmt: skip
HOPED_FOR = "result.child_returned_home"  # has a figure of its own
NOT_TYPED = {"hidden", "file"}
NOT_OFFERED = "staat.er.niet"


class Filler:
    """`today`: nothing is written down of a day that has yet to come."""

    def __init__(self, chance: Random, today: datetime.date) -> None:
        self.chance, self.today, self.said = chance, today, 0

    def name(self) -> str:
        pieces = self.chance.sample(SYLLABLES, 3)
        return "".join(pieces).capitalize()

    def words(self, what: str) -> str:
        """Never the same twice, so that what was said is found again."""
        self.said += 1
        return f"{what} {self.said:04d}"

    def past_day(self, most: int = MOST_DAYS) -> datetime.date:
        return self.today - datetime.timedelta(days=self.chance.randrange(most))

    def day_between(self, first: datetime.date, last: datetime.date) -> datetime.date:
        return first + datetime.timedelta(days=self.chance.randint(0, max(0, (last - first).days)))

    def fill(self, form: Form, **given: Any) -> Typed:
        """Every field that shows, with something that may stand there."""
        typed: Typed = dict(given)
        for name, field in form.fields.items():
            if name in typed or field.kind in NOT_TYPED or name == "csrfmiddlewaretoken":
                continue
            typed[name] = self._value(form, name, typed)
        return typed

    def _value(self, form: Form, name: str, typed: Typed) -> Any:
        field = form.fields[name]
        if field.kind == "select":
            blank = "" in field.options and not field.required and self.chance.random() < 0.2
            choices = form.choices(name)
            if HOPED_FOR in choices and self.chance.random() < 0.3:
                return HOPED_FOR
            return "" if blank or not choices else self.chance.choice(choices)
        if field.kind in ("checkbox", "radio"):
            return field.value or None
        if field.kind == "date":
            return self._day(name, typed)
        if field.kind in ("number", "time", "email", "tel"):
            return field.value[0] if field.value else ""
        return self.words("Verteld")

    def _day(self, name: str, typed: Typed) -> Any:
        if name not in LATER:
            return self.past_day()
        if self.chance.random() < (0.6 if name == "ended_on" else 0.3):
            return ""
        first = typed.get("begun_on") or typed.get("happened_on") or self.past_day()
        return self.day_between(first, self.today + datetime.timedelta(days=5))

    def spoil(self, form: Form, typed: Typed) -> tuple[Typed, str] | None:
        """The same with one thing wrong, and what; None where nothing can be."""
        ways = []
        for name, field in form.fields.items():
            if name not in typed:
                continue
            if field.required and field.kind != "radio":
                ways.append((name, "" if field.kind != "checkbox" else None, "leeg"))
            if field.kind == "select":
                ways.append((name, NOT_OFFERED, "niet aangeboden"))
            if field.kind == "date":
                ways.append((name, "31-02-2024", "geen dag"))
        if isinstance(typed.get("happened_on"), datetime.date):
            ways.append(("happened_on", self.today + datetime.timedelta(days=1), "nog niet"))
        if not ways:
            return None
        name, value, what = self.chance.choice(ways)
        return typed | {name: value}, f"{name} {what}"
