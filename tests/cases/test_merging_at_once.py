"""Two who merge at the same moment, and one who writes while a colleague merges."""

from collections.abc import Callable
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from django.db import connection

from cases.models import Contact, Merge, SupportRequest, Task
from cases.services import note
from cases.services.merging import merge, undo_merge
from cases.services.tasks import plan_task
from facts.recording import recording
from tests.cases.merging import Twice, registered_twice, standing_facts
from tests.cases.office import TODAY
from tests.cast import code

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def at_once(*deeds: Callable[[], Any]) -> list[str]:
    """What each was told: an empty text for who succeeded."""
    together, told = Barrier(len(deeds)), [""] * len(deeds)

    def run(place: int, deed: Callable[[], Any]) -> None:
        together.wait()
        try:
            deed()
        except Exception as error:
            told[place] = str(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=one) for one in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


@pytest.fixture
def twice(transactional_db) -> Twice:
    return registered_twice()


def test_of_two_at_once_one_merges_and_the_other_is_told(twice):
    there, back = twice.pairing, twice.pairing
    back = type(back)(
        there.gone,
        there.kept,
        {kept: gone for gone, kept in there.people.items()},
        {kept: gone for gone, kept in there.registrations.items()},
    )
    told = at_once(
        *(lambda which=which: merge(pairing=which, reason="Eén", by=twice.tess)
          for which in (there, back))
    )  # fmt: skip
    assert Merge.objects.filter(part_of=None).count() == 1
    assert sorted(map(bool, told)) == [False, True]
    assert "Tess heeft intussen samengevoegd" in max(told)


def test_of_two_who_undo_at_once_one_is_told(twice):
    before = standing_facts()
    act = merge(pairing=twice.pairing, reason="Eén", by=twice.tess)
    told = at_once(*[lambda: undo_merge(merge=act, by=twice.tess)] * 2)
    assert sorted(map(bool, told)) == [False, True]
    assert "al teruggedraaid" in max(told)
    assert standing_facts() == before


@pytest.mark.parametrize("turn", range(4))
def test_what_is_written_meanwhile_stands_with_what_stays_or_is_refused(twice, turn):
    pairing, kind = twice.pairing, Contact.objects.first().kind
    said = {"registration": twice.gone, "with_whom": "Oma", "happened_on": TODAY}
    request = SupportRequest(
        family=pairing.gone, request=code("support_request", "recognition_felt"), happened_on=TODAY
    )
    writers = [
        lambda: note(Contact(kind=kind, note="Meanwhile", **said), by=twice.bob),
        lambda: note(request, by=twice.bob),
        lambda: plan_task(registration=twice.gone, title="Meanwhile", due_on=TODAY, by=twice.bob),
    ]
    merging = [lambda: merge(pairing=pairing, reason="Eén", by=twice.tess)]
    told = at_once(*writers[:turn], *merging, *writers[turn:])
    assert told.pop(turn) == ""
    assert all(not words or "intussen met een ander samengevoegd" in words for words in told)
    assert not Contact.objects.standing().filter(registration=twice.gone).exists()
    assert not SupportRequest.objects.standing().filter(family=pairing.gone).exists()
    assert not Task.objects.filter(registration=twice.gone).exists()


def test_whoever_writes_late_gets_it_refused_by_the_database(twice):
    merge(pairing=twice.pairing, reason="Eén", by=twice.tess)
    kind = Contact.objects.first().kind
    said = {"registration": twice.gone, "with_whom": "Oma", "happened_on": TODAY, "note": "Laat"}
    told = at_once(
        lambda: note(Contact(kind=kind, **said), by=twice.bob),
        lambda: plan_task(registration=twice.gone, title="Laat", due_on=TODAY, by=twice.bob),
    )
    assert "intussen met een ander samengevoegd" in told[0]
    assert "intussen met een ander samengevoegd" in told[1]


def test_while_much_is_being_written_one_is_asked_to_wait(twice, monkeypatch):
    """An import takes minutes: whoever merges then would keep everybody waiting."""
    monkeypatch.setattr("facts.recording.PATIENCE", "200ms")
    begun, done = Event(), Event()

    def import_much() -> None:
        with recording(by=None):
            begun.set()
            done.wait()
        connection.close()

    importing = Thread(target=import_much)
    importing.start()
    begun.wait()
    told = at_once(lambda: merge(pairing=twice.pairing, reason="Eén", by=twice.tess))
    done.set()
    importing.join()
    assert "Probeer het over een minuut weer" in told[0]
    assert not Merge.objects.exists()
