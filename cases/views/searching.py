"""What every page that searches writes in the read log of files that it doesn't show."""

from django.http import HttpRequest

from accounts.access_log import note
from accounts.models import AccessLine
from cases.door import SUPPORT
from cases.searching.elsewhere import Elsewhere


def note_elsewhere(request: HttpRequest, hidden: Elsewhere, words: str) -> None:
    """That the searcher learned that these people are known, and no more than that."""
    if not hidden.people:
        return
    note(
        actor=request.user,
        action=AccessLine.Action.SEARCH,
        object_type="lijst",
        part="gezinnen, alleen dat er een dossier is",
        subjects=hidden.people,
        ground=AccessLine.Ground.NONE,
        purpose=SUPPORT,
        detail={"zoek": words},
        request=request,
    )
