"""Who works here, and what they looked at."""

from .people import Employment, Team, User

__all__ = ["Employment", "Team", "User"]
