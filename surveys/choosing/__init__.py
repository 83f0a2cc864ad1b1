"""Who may be asked, and why someone may not: one rule for the preview, the start and the moment
at which a letter leaves."""

from .groups import TooFew, coarse_groups
from .reasons import AT_SENDING, REASONS
from .who import Candidate, choose

__all__ = ["AT_SENDING", "REASONS", "Candidate", "TooFew", "choose", "coarse_groups"]
