"""Over a merge, and from one quarter to the next: what was recorded late and what is new."""

from datetime import date

import pytest

from accounts.models import User
from cases.merging.pairing import Pairing
from cases.models import Placement
from cases.services import NewPerson, add_person, assign, correct, note, start
from cases.services.merging import merge, undo_merge
from tests.cases.office import colleague
from tests.reporting.differing import (
    JULY_1,
    JUNE,
    MAY,
    NEXT,
    NOBODY,
    WRONG,
    Office,
    after,
    an_office,
    came,
    compared,
    drawn,
    registered,
    said,
    went,
)

pytestmark = pytest.mark.django_db
AUGUST = date(2024, 8, 12)


@pytest.fixture
def office() -> Office:
    return an_office()


class TestMerging:
    @pytest.fixture
    def tess(self, office) -> User:
        tess = colleague("tess", "teammanager")
        for registration in (office.sanne, office.bram):
            assign(registration=registration, supervisor=tess, on=MAY, by=None)
        return tess

    def pairing(self, office) -> Pairing:
        return Pairing(
            office.family(office.sanne), office.family(office.bram), {},
            {office.bram.pk: office.sanne.pk},
        )  # fmt: skip

    def test_two_that_were_one(self, office, tess):
        bram, gone = office.bram.number, office.family(office.bram).number
        pairing = self.pairing(office)
        found = after(lambda: merge(pairing=pairing, reason="Eén gezin", by=tess))
        assert found["registrations.total"] == {"merged": went(bram)}
        assert found["families.total"] == {"merged": went(gone)}
        assert {cause for causes in found.values() for cause in causes} == {"merged"}

    def test_and_undone(self, office, tess):
        act = merge(pairing=self.pairing(office), reason="Eén gezin", by=tess)
        found = after(lambda: undo_merge(merge=act, by=tess))
        assert found["registrations.total"] == {"merged": came(office.bram.number)}


class TestTheNextQuarter:
    def after(self, change=lambda: None):
        return after(change, NEXT)

    def test_what_happened_in_it_is_new(self, office):
        def change():
            start(registration=office.els, on=AUGUST, by=None)

        found = self.after(change)
        els, family = office.els.number, office.family(office.els).number
        assert found["registrations.status.running"] == {"new": came(els)}
        assert found["families.total"] == {"new": came(family)}

    def test_also_when_it_was_known_beforehand(self, office):
        start(registration=office.els, on=AUGUST, by=None)
        found = self.after()
        assert found["registrations.status.running"] == {"new": came(office.els.number)}

    def test_late_and_new_stand_side_by_side(self, office):
        def change():
            registered(JULY_1)
            registered(AUGUST)

        found = self.after(change)
        assert {cause: len(ids) for cause, (ids, _) in found["registrations.total"].items()} == {
            "late": 1, "new": 1,
        }  # fmt: skip
        assert set(found["registrations.by_month.2024-07"]) == {"late"}
        assert set(found["registrations.by_month.2024-08"]) == {"new"}

    def test_a_placement_that_ended_in_it(self, office):
        found = self.after(lambda: correct(office.placement, ended_on=AUGUST, **WRONG))
        assert found["children.placed_now"] == {"new": went(office.lot.number)}

    def test_a_term_that_passed(self, office):
        last_day = date(2024, 7, 31)
        nora = registered(last_day)
        found = self.after()
        due = {"time": came(nora.number)}
        assert found["response.phone_within_two_days.due"] == due
        assert found["response.welcome_within_week.due"] == due
        assert "registrations.total" not in found

    def test_a_child_that_was_expected(self, office):
        unborn = NewPerson("Mats", "Voorbeeld", "child", AUGUST)
        mats = add_person(family=office.family(office.sanne), person=unborn, by=None)
        assert self.after()["children.total"] == {"time": came(mats.number)}

    def test_a_child_born_and_recorded_since(self, office):
        unborn = NewPerson("Mats", "Voorbeeld", "child", AUGUST)
        found = self.after(
            lambda: add_person(family=office.family(office.sanne), person=unborn, by=None)
        )
        ((mats, _),) = found["children.total"].values()
        assert found["children.total"] == {"new": (mats, NOBODY)}

    def test_a_flow_begins_anew(self, office):
        assert self.after()["complaints.received"] == {"period": went("K-1")}

    def test_an_earlier_knowledge_of_a_later_day(self, office):
        """A correction of the first quarter may be drawn after the second was."""
        second = drawn(NEXT)
        start(registration=office.els, on=JUNE, by=None)
        first = drawn()
        found = said(compared(first, second))
        assert found["registrations.status.running"] == {"not_yet_known": went(office.els.number)}

    def test_two_placements_of_one_child(self, office):
        """The first ended in time and was recorded late; the second began in the new quarter."""

        def change():
            correct(office.placement, ended_on=JULY_1, **WRONG)
            note(Placement(child=office.lot, happened_on=AUGUST), by=None)

        found = self.after(change)
        assert "children.placed_now" not in found
        lot = office.lot.number
        assert found["children.residence.network"] == {"late": went(lot)}
        assert found["children.residence.not_in_view"] == {"new": came(lot)}
