"""The columns of a chart as a picture that stands by itself, for documents without our styles."""

from django.template.loader import render_to_string

from reporting.charts import Columns


def as_svg(chart: Columns) -> str:
    """With its colours in it. What it says in words goes beside it, as alternative text."""
    return render_to_string("reporting/columns_alone.svg", {"chart": chart, "width": 640})
