"""What stood earlier is shown by the same rights as what stands, field by field: on the timeline,
on the file as of any day, and in 'who looked' (T16). A page with the past is no way round."""

import pytest
from django.urls import reverse

from tests.cases.office import LAST_MONTH, LAST_WEEK, TODAY, YESTERDAY
from tests.matrix import cast
from tests.matrix.canaries import FIRST_DAY

pytestmark = pytest.mark.filterwarnings("ignore:No directory at")
DAYS = (TODAY, YESTERDAY, LAST_WEEK, LAST_MONTH, FIRST_DAY)
MOST_PAGES = 6


def pages_with_the_past(world) -> list[str]:
    family = {"family_id": world.own["family"].pk}
    as_of, timeline = reverse("file_as_of", kwargs=family), reverse("timeline", kwargs=family)
    return [
        *(f"{as_of}?op={day:%d-%m-%Y}" for day in DAYS),
        *(f"{timeline}?pagina={page}" for page in range(1, MOST_PAGES)),
        reverse("who_looked", kwargs=family),
    ]


def seen_by(world, actor: str) -> set:
    seen = set()
    for address in pages_with_the_past(world):
        with world.browsers[actor].asked("GET", address) as answer:
            seen |= world.canaries.in_text(answer.text)
    return seen


@pytest.mark.parametrize("actor", sorted(cast.EVERYONE))
def test_nobody_sees_of_the_past_what_they_may_not_see_of_today(world, actor):
    wrong = {canary.of for canary in seen_by(world, actor) if actor not in canary.may_see}
    assert wrong == set()


def test_what_was_withdrawn_and_why_is_for_who_may_see_that_registration(world):
    """And it is there: or the test above would prove nothing."""
    owner, other = seen_by(world, cast.OWNER), seen_by(world, cast.OTHER_PARENT)
    of_the_past = {canary for canary in owner if canary.of.endswith("withdrawal_reason")}
    private = {canary for canary in of_the_past if cast.OTHER_PARENT not in canary.may_see}
    assert {"cases.Contact.withdrawal_reason", "cases.FormalRequest.withdrawal_reason"} <= {
        canary.of for canary in private
    }
    assert of_the_past - private
    assert private & other == set()
    assert (of_the_past - private) & other
