"""What counts by its own id (an activity, an employment) gets another id when it is corrected.
Here it keeps that of its first version, so that a correction isn't one that went and one that came.
"""

from collections.abc import Iterable
from datetime import datetime

from accounts.models import Employment
from facts.dates import Dates
from facts.models import Fact
from reporting.figures import Figure, Report
from reporting.figures.units import ACTIVITY, FTE
from reporting.models import Activity

from .changes import changes_between
from .members import Members

KEPT_BY_ID = {ACTIVITY: Activity, FTE: Employment}


def as_first_recorded(
    report: Report, points: Iterable[Members], earlier: Dates, later: Dates
) -> dict[str, str]:
    """Rename in every point the later versions to the earliest known. Returns later -> first."""
    since, until = sorted((earlier.known_on, later.known_on))
    first: dict[str, str] = {}
    for model in KEPT_BY_ID.values():
        first |= _first_versions(model, since, until)
    keys = {figure.key for figure in report if _own_id(figure)}
    for point in points:
        for key, weights in point.by_key.items():
            if first and any(key == own or key.startswith(f"{own}.") for own in keys):
                point.by_key[key] = {first.get(one, one): many for one, many in weights.items()}
        for rows, ids in point.rows.items():
            if rows.unit in KEPT_BY_ID:
                point.rows[rows] = {first.get(one, one) for one in ids}
    return first


def _own_id(figure: object) -> bool:
    return isinstance(figure, Figure) and figure.unit in KEPT_BY_ID


def _first_versions(model: type[Fact], since: datetime, until: datetime) -> dict[str, str]:
    changes = changes_between(model._default_manager.all(), since, until, set())
    return {str(one.new.pk): str(one.old.pk) for one in changes if one.old and one.new}
