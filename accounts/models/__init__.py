"""Who works here, and what they looked at."""

from .people import Employment, Team, User
from .reading import AccessHead, AccessLine

__all__ = ["AccessHead", "AccessLine", "Employment", "Team", "User"]
