"""Each kind of later change: what was drawn keeps its bytes, and the comparison names the cause
with the records behind it, and no others."""

from datetime import date

import pytest

from cases.models import Custody, DesiredSituation, FamilyComposition, Result
from cases.services import correct, note, reopen, start, withdraw_last_move
from cases.services.editing import change_person, version_of, withdraw_fact
from tests.cast import code
from tests.reporting.differing import (
    JULY_1,
    JUNE,
    MAY,
    WRONG,
    Office,
    after,
    an_office,
    came,
    registered,
    some,
    went,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return an_office()


class TestTheSameQuarterDrawnAgain:
    """Only what was recorded differs."""

    def test_nothing_changed(self, office):
        assert after(lambda: None) == {}

    def test_a_registration_recorded_late(self, office):
        found = after(lambda: registered(JULY_1))
        (number,) = found["registrations.total"]["late"][0]
        assert found["registrations.status.not_started"] == {"late": came(number)}
        assert found["registrations.by_month.2024-07"] == {"late": came(number)}
        assert found["registrations.supported_person.mother"] == {"late": came(number)}
        assert {cause for causes in found.values() for cause in causes} == {"late"}

    def test_a_registration_recorded_late_that_had_started_too(self, office):
        def change():
            start(registration=registered(JUNE), on=JULY_1, by=None)

        found = after(change)
        assert {cause for causes in found.values() for cause in causes} == {"late"}
        assert len(found["families.total"]["late"][0]) == 1

    def test_a_status_dated_back(self, office):
        found = after(lambda: start(registration=office.els, on=JUNE, by=None))
        els, family = office.els.number, office.family(office.els).number
        assert found["registrations.status.running"] == {"dated_back": came(els)}
        assert found["registrations.status.not_started"] == {"dated_back": went(els)}
        assert found["families.total"] == {"dated_back": came(family)}
        assert found["parents.custody.not_in_view"] == {
            "dated_back": came(office.person(office.els).number)
        }
        assert "registrations.total" not in found

    def test_reopened_within_the_quarter(self, office):
        found = after(lambda: reopen(registration=office.bram, on=JULY_1, by=None))
        bram = office.bram.number
        assert found["registrations.status.reopened"] == {"dated_back": came(bram)}
        assert found["registrations.status.closed"] == {"dated_back": went(bram)}
        assert found["registrations.closing_reason.own_choice"] == {"dated_back": went(bram)}

    def test_a_status_taken_back(self, office):
        found = after(lambda: withdraw_last_move(registration=office.bram, **WRONG))
        bram = office.bram.number
        assert found["registrations.status.running"] == {"withdrawn": came(bram)}
        assert found["registrations.status.closed"] == {"withdrawn": went(bram)}

    def test_a_fact_withdrawn(self, office):
        found = after(lambda: withdraw_fact(fact=office.request, **WRONG))
        item = office.request.request.code
        assert found[f"families.request.item.{item}"] == {
            "withdrawn": went(office.family(office.sanne).number)
        }

    def test_a_date_corrected(self, office):
        intake = office.intake(office.els)
        found = after(lambda: correct(intake, happened_on=JULY_1, **WRONG))
        els = office.els.number
        assert found == {
            "registrations.by_month.2024-06": {"corrected": went(els)},
            "registrations.by_month.2024-07": {"corrected": came(els)},
        }

    def test_corrected_twice_is_one_difference(self, office):
        def change():
            first = correct(office.intake(office.els), happened_on=JULY_1, **WRONG)
            correct(first, happened_on=MAY, **WRONG)

        assert set(after(change)) == {
            "registrations.by_month.2024-05", "registrations.by_month.2024-06",
        }  # fmt: skip

    def test_corrected_and_put_back_is_none(self, office):
        def change():
            first = correct(office.intake(office.els), happened_on=JULY_1, **WRONG)
            correct(first, happened_on=JUNE, **WRONG)

        assert after(change) == {}

    def test_a_birth_date_corrected(self, office):
        """Birth dates are facts: the earlier draw keeps who it counted."""
        member = office.member(office.lot)
        found = after(lambda: correct(member, birth_date=date(2024, 9, 1), **WRONG))
        assert found["children.total"] == {"corrected": went(office.lot.number)}
        assert found["children.placed_now"] == {"corrected": went(office.lot.number)}
        assert found["families.custody.one_parent"] == {
            "corrected": went(office.family(office.sanne).number)
        }

    def test_a_role_corrected(self, office):
        """And so are roles."""
        member = office.member(office.person(office.sanne))
        found = after(lambda: correct(member, role="other", **WRONG))
        sanne = office.sanne.number
        assert found["registrations.supported_person.mother"] == {"corrected": went(sanne)}
        assert found["registrations.supported_person.not_in_view"] == {"corrected": came(sanne)}
        assert found["parents.custody.all"] == {
            "corrected": went(office.person(office.sanne).number)
        }

    def test_a_name_is_never_counted(self, office):
        person = office.person(office.sanne)
        change = {"person": person, "version": version_of(person), "by": None}
        assert after(lambda: change_person(first_name="Sonja", **change)) == {}

    def test_a_residence_corrected(self, office):
        elsewhere = code("residence", "family_home")
        found = after(lambda: correct(office.placement, residence=elsewhere, **WRONG))
        lot = office.lot.number
        assert found == {
            "children.residence.network": {"corrected": went(lot)},
            "children.residence.family_home": {"corrected": came(lot)},
        }

    def test_a_placement_that_had_ended_in_time(self, office):
        """An end is something that happened, and no correction."""
        found = after(lambda: correct(office.placement, ended_on=JULY_1, **WRONG))
        assert found["children.placed_now"] == {"late": went(office.lot.number)}
        assert "children.placed_ever" not in found

    def test_a_measure_filled_in(self, office):
        found = after(lambda: correct(office.placement, measure=True, **WRONG))
        lot = office.lot.number
        assert found["children.measure.with_measure"] == {"filled_in": came(lot)}
        assert found["children.measure.not_in_view"] == {"filled_in": went(lot)}

    def test_a_region_changed(self, office):
        before, now = office.involvement.region, some("youth_region", 3)
        found = after(lambda: correct(office.involvement, region=now, **WRONG))
        family = office.family(office.sanne).number
        assert found == {
            f"families.region.{before.code}": {"corrected": went(family)},
            f"families.region.{now.code}": {"corrected": came(family)},
        } | {"families.regions_involved": {"corrected": ({now.pk}, {before.pk})}}

    def test_a_request_added_late(self, office):
        another = some("support_request", 2)
        family = office.family(office.sanne)
        asked = type(office.request)(family=family, request=another, happened_on=JUNE)
        found = after(lambda: note(asked, by=None))
        assert found[f"families.request.item.{another.code}"] == {"late": came(family.number)}

    def test_a_result_of_a_child_recorded_late(self, office):
        home = code("result", "child_returned_home")
        family = office.family(office.sanne)
        result = Result(family=family, child=office.lot, result=home, happened_on=JULY_1)
        found = after(lambda: note(result, by=None))
        assert found["children.returned_home"] == {"late": came(office.lot.number)}

    def test_what_has_no_day_is_filled_in(self, office):
        family = office.family(office.sanne)
        facts = (
            FamilyComposition(family=family, composition=some("family_composition", 0)),
            DesiredSituation(family=family, situation=some("desired_situation", 0)),
        )
        found = after(lambda: [note(fact, by=None) for fact in facts])
        composition = facts[0].composition.code
        assert found == {
            f"registrations.composition.{composition}": {"filled_in": came(office.sanne.number)},
            "registrations.composition.not_in_view": {"filled_in": went(office.sanne.number)},
            f"families.desired_situation.{facts[1].situation.code}": {
                "filled_in": came(family.number)
            },
        }

    def test_custody_corrected(self, office):
        answer = Custody.objects.standing().get()
        found = after(lambda: correct(answer, holds=False, **WRONG))
        assert found["parents.custody.none"] == {
            "corrected": came(office.person(office.sanne).number)
        }
        assert found["families.custody.none"] == {
            "corrected": came(office.family(office.sanne).number)
        }

    def test_a_call_in_time_recorded_late(self, office):
        intake = office.intake(office.els)
        found = after(lambda: correct(intake, phone_contact_on=JUNE, **WRONG))
        assert found["response.phone_within_two_days.met"] == {"late": came(office.els.number)}
        assert "response.phone_within_two_days.due" not in found

    def test_a_complaint_handled_in_time_recorded_late(self, office):
        found = after(lambda: correct(office.complaint, handled_on=JULY_1, **WRONG))
        assert found == {"complaints.handled": {"late": came("K-1")}}

    def test_an_activity_of_another_section(self, office):
        now = some("activity_section", 1)
        found = after(lambda: correct(office.activity, section=now, **WRONG))
        which = str(office.activity.pk)
        assert found[f"activities.{now.code}"] == {"corrected": came(which)}
        assert found[f"activities.{office.activity.section.code}"] == {"corrected": went(which)}

    def test_moved_to_another_family(self, office):
        to, gone = office.family(office.sanne), office.family(office.bram)
        found = after(lambda: correct(office.intake(office.bram), family=to, **WRONG))
        assert found["families.total"] == {"moved": went(gone.number)}
        assert "registrations.total" not in found

    def test_a_family_gets_the_reason_of_its_own_registration(self, office):
        """What else is done in a file is no cause."""

        def change():
            correct(office.intake(office.els), route=code("registration_route", "other"), **WRONG)
            start(registration=office.els, on=JUNE, by=None)

        found = after(change)
        assert set(found["families.total"]) == {"dated_back"}
        assert set(found["registrations.route.other"]) == {"corrected"}
        assert set(found["registrations.status.running"]) == {"dated_back"}
