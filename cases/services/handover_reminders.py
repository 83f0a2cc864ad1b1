"""Who takes over later is reminded of it on the day itself."""

from datetime import date

from accounts.models import User
from cases.models import Handover, Task
from cases.services.tasks import plan_task


def remind_of_taking_over(offer: Handover, *, on: date, by: User) -> Task:
    """A task that follows whoever supports: until that day the giver sees it coming, and from
    then on it is on the list of who took over."""
    return plan_task(
        registration=offer.registration,
        title=f"{offer.receiver} neemt {offer.registration} over: maak kennis met het gezin",
        due_on=on,
        by=by,
    )
