"""What is said of the facts under a figure is what its SQL reads: no table more, none less."""

import re

import pytest
from django.db import connection

from accounts.models import User
from cases.models import Code, Family
from reporting.differences.sources import COLUMNS, ROWS, columns_of, sources_of
from reporting.figures import REPORT, Figure
from reporting.figures.statement import statement
from tests.reporting.runs import DATES

pytestmark = pytest.mark.django_db
# Read as they stand, and so in no fact: the lists, and the numbers of families.
NO_FACTS = {Code._meta.db_table, Family._meta.db_table, User._meta.db_table}
ROWS_OF_FIGURES = {figure.rows for figure in REPORT if isinstance(figure, Figure)}


def figures_over(rows) -> list[Figure]:
    return [one for one in REPORT if isinstance(one, Figure) and one.rows.read == rows.read]


@pytest.mark.parametrize("rows", sorted(ROWS_OF_FIGURES, key=str), ids=lambda rows: rows.id)
def test_the_tables_that_are_read_are_the_facts_that_are_named(rows):
    figures = figures_over(rows)
    sql, _ = statement(figures, DATES)
    tables = set(re.findall(r'"((?:cases|accounts|reporting)_\w+)"', sql))
    tables &= set(connection.introspection.table_names())
    named = {
        source.model._meta.db_table
        for figure in figures
        for source in sources_of(figure, row_came_or_went=True)
    }
    assert tables - NO_FACTS == named


def test_every_column_that_a_figure_asks_for_comes_from_somewhere():
    for figure in REPORT:
        if isinstance(figure, Figure) and figure.rows in COLUMNS:
            assert set(columns_of(figure)) <= COLUMNS[figure.rows].keys(), figure.key


def test_what_is_named_is_asked_for_and_is_a_field():
    assert ROWS.keys() == ROWS_OF_FIGURES
    asked = {
        (figure.rows, name)
        for figure in REPORT
        if isinstance(figure, Figure)
        for name in columns_of(figure)
    }
    for rows, columns in COLUMNS.items():
        assert {(rows, name) for name in columns} <= asked
    for figure in REPORT:
        if isinstance(figure, Figure):
            for source in sources_of(figure, row_came_or_went=True):
                names = {field.attname for field in source.model._meta.concrete_fields}
                assert {source.column, *source.fields, *source.days} <= names
