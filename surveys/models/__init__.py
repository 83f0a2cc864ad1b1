"""Three worlds (docs/enquetes.md): the round, who was asked, and what was said.

Between the second and the third no key, no shared value and no time ever runs.
"""

from .answers import Dropped, Given, Progress, Remark, Response
from .inviting import ClosedLink, FormerLink, Invitation, Letter, OptOut
from .questions import Audience, Language, Question, Text
from .rounds import Group, Round

__all__ = [
    "Audience",
    "ClosedLink",
    "Dropped",
    "FormerLink",
    "Given",
    "Group",
    "Invitation",
    "Language",
    "Letter",
    "OptOut",
    "Progress",
    "Question",
    "Remark",
    "Response",
    "Round",
    "Text",
]
