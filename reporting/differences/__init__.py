"""What changed between two draws, and why: docs/verschillen.md."""

from . import causes
from .causes import CAUSES, Cause
from .comparing import FigureDifference, Part, Side, compare

__all__ = ["CAUSES", "Cause", "FigureDifference", "Part", "Side", "causes", "compare"]
