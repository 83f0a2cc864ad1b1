"""Questions whose SQL is made once a process. For the pages of every day: making the SQL of a
short question takes the ORM longer than the database needs to answer it.

    def _names(*, families: Collection[UUID], day: date) -> QuerySet:
        return Person.objects.filter(..., family__in=among(families)).values_list("pk", "name")

    rows(_names, families=shown, day=today)
"""

from collections.abc import Callable, Collection
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

Given = UUID | date | int | Collection[UUID] | Collection[str] | QuerySet
Converters = dict[int, tuple[list[Callable], Any]]
# What a value of that kind is called while the SQL is made. Nothing in a question is ever these.
STANDS_IN: dict[str, Callable[[int], Any]] = {
    "id": lambda place: UUID(int=place),
    "day": lambda place: date(1, 1, place),
    "number": lambda place: -1_000_000 - place,
    "ids": lambda place: [UUID(int=place)],
    "words": lambda place: [f"\N{SUBSTITUTE}{place}"],
}


def rows(make: Callable[..., QuerySet], **given: Given) -> list[tuple]:
    """The rows of `make(**given)`, a values_list. `make` may look at nothing else, may not choose
    by what it is given, and hands ids on with `among`. A question among what is given (the ids of
    who leads a team) is made anew, with all around it."""
    if any(isinstance(one, QuerySet) for one in given.values()):
        return list(make(**given))
    sql, params, places, converters = _made(
        make, tuple((name, _kind(one)) for name, one in given.items())
    )
    filled = list(params)
    for place, name in places:
        one = given[name]
        filled[place] = one if isinstance(one, UUID | date | int) else list(one)
    with connection.cursor() as cursor:
        cursor.execute(sql, filled)
        found = cursor.fetchall()
    return [_converted(row, converters) for row in found] if converters else found


@cache
def _made(
    make: Callable[..., QuerySet], kinds: tuple[tuple[str, str], ...]
) -> tuple[str, tuple, list[tuple[int, str]], Converters]:
    """The SQL, its parameters, at which of these places what is given comes, and what the ORM
    does with the values of a column."""
    stand_ins = {name: STANDS_IN[kind](place) for place, (name, kind) in enumerate(kinds, 1)}
    compiler = make(**stand_ins).query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    places = [
        (place, name)
        for place, param in enumerate(params)
        for name, stand_in in stand_ins.items()
        if isinstance(param, type(stand_in)) and param == stand_in
    ]
    lists = [stand_in for stand_in in stand_ins.values() if isinstance(stand_in, list)]
    taken_apart = any(one in params for stand_in in lists for one in stand_in)
    if taken_apart or {name for _, name in places} != stand_ins.keys():
        raise TypeError(f"{make.__name__} doesn't ask for what it is given as it is given.")
    converters = compiler.get_converters([column for column, *_ in compiler.select])
    return sql, tuple(params), places, converters


def _converted(row: tuple, converters: Converters) -> tuple:
    values = list(row)
    for place, (convert_all, column) in converters.items():
        for convert in convert_all:
            values[place] = convert(values[place], column, connection)
    return tuple(values)


def _kind(one: Given) -> str:
    if isinstance(one, UUID):
        return "id"
    if isinstance(one, date):
        return "day"
    if isinstance(one, int):
        return "number"
    return "words" if any(isinstance(word, str) for word in one) else "ids"
