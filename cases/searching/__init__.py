"""Finding people, also with a spelling mistake; and who is likely to be known already.

A person is found by pieces: three letters at a time of each word of the name, and whole what has
to be whole (a date, a telephone number, an e-mail address). No extension of the database is at
hand, so the pieces stand in an array with an index (SearchKey).
"""

from .index import index_people, stale_people

__all__ = ["index_people", "stale_people"]
