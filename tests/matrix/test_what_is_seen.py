"""What is searched for can be found: who has a ground does see it. Comes after test_every_page,
and uses what was seen there; run alone, it walks by itself."""

import pytest

from tests.matrix.checking import Walk
from tests.matrix.expectations import EXPECTED
from tests.matrix.shown_nowhere import SHOWN_NOWHERE

pytestmark = pytest.mark.filterwarnings("ignore:No directory at")


def test_who_has_a_ground_sees_each_canary_somewhere(world):
    """A test that nothing leaks proves nothing about what no page ever shows."""
    for name in EXPECTED.keys() - world.walked:
        Walk(world, name, EXPECTED[name]).look_around()
    seen = {canary.of for name in EXPECTED for canary in world.seen[name]}
    never = {canary.of for canary in world.canaries.all()} - seen
    assert sorted(never - SHOWN_NOWHERE.keys()) == [], "geen pagina toont ze: is er iets weg?"
    assert sorted(SHOWN_NOWHERE.keys() - never) == [], (
        "staan nu op een pagina: weg uit SHOWN_NOWHERE"
    )
