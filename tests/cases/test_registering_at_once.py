"""Two who register the same person at the same moment (T89): the second is shown the first."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from cases.models import Registration
from cases.services.arriving import LikelyKnown, register_arrival
from tests.cases.office import TODAY
from tests.cases.test_registering import CAME, KNOWN_NADIA

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
WRITERS = 4


def test_of_four_at_once_one_is_saved_and_the_others_are_told():
    together, told = Barrier(WRITERS), []

    def write() -> None:
        together.wait()
        try:
            register_arrival(applicants=[KNOWN_NADIA], happened_on=TODAY, came=CAME, by=None)
        except LikelyKnown as likely:
            told.append(len(likely.duplicates))
        finally:
            connection.close()

    writers = [Thread(target=write) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert Registration.objects.count() == 1
    assert told == [1] * (WRITERS - 1)
