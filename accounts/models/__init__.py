"""Who works here, how they sign in, what they are sent, and what they looked at."""

from .drafts import Draft, FinishedForm
from .guesses import GuessCount
from .invitations import Invitation, SecondFactorReset
from .mail import OutgoingMail
from .people import Employment, Team, User
from .reading import AccessHead, AccessLine
from .sessions import BrowserSession

__all__ = [
    "AccessHead",
    "AccessLine",
    "BrowserSession",
    "Draft",
    "Employment",
    "FinishedForm",
    "GuessCount",
    "Invitation",
    "OutgoingMail",
    "SecondFactorReset",
    "Team",
    "User",
]
