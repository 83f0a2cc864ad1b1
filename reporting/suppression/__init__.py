"""Small numbers in what is made public: what is hidden, why, and that it stays hidden.

Internal figures stay exact. In a public edition a number of people below the threshold is hidden,
and with it as many others as it takes so that no hidden number follows from totals, from parts,
or from an earlier edition.
"""

from .choosing import Choice, Decisions, Published, suppress
from .relations import Relations, relations_of

__all__ = ["Choice", "Decisions", "Published", "Relations", "relations_of", "suppress"]
