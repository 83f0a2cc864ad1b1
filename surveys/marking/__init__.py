"""Free text, taken apart in words: which of them may tell who somebody is, and blacking them out.

Rules of our own, and the names in our own files: nothing leaves the process, and nobody is told
which rule marked a word (docs/adr/0006-enquetes.md).
"""

from .blacking import BLACK, black_out
from .pieces import Piece, take_apart
from .rules import marked

__all__ = ["BLACK", "Piece", "black_out", "marked", "take_apart"]
