"""How things stood at the end of a reference date, as known at a moment: a row for each thing.

Every function gives a queryset with what the report asks of a thing as columns beside it, so a
figure is a filter on a column and its records are the rows that pass. The columns come from
subqueries joined as a whole, never from a look-up per row: a count costs one pass.

The rules, with the numbers that the docstrings use, stand in docs/cijfers.md.
"""

from .children import children
from .families import (
    families,
    families_by_item,
    families_by_placement_reason,
    families_by_region,
    families_by_wish,
)
from .parents import parents
from .registrations import registrations
from .waiting import trajectories

__all__ = [
    "children",
    "families",
    "families_by_item",
    "families_by_placement_reason",
    "families_by_region",
    "families_by_wish",
    "parents",
    "registrations",
    "trajectories",
]
