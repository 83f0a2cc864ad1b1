"""What can never be is refused by the database itself: every test goes round the forms."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Employment, User
from cases.models import (
    Applicant,
    Assignment,
    Code,
    Complaint,
    Custody,
    DesiredSituation,
    ExplanatoryAnalysis,
    FamilyComposition,
    FamilyMember,
    InstitutionInvolvement,
    Intake,
    Placement,
    PlacementReason,
    Result,
    Support,
    SupportRequest,
)
from facts.models import Fact
from reporting.models import Activity, Period, ReportRun
from tests.cases.going_round import AFTER, BEFORE, DAY, refuses, write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "about", "fields"),
    [
        (Placement, {"child": "person"}, {}),
        (
            InstitutionInvolvement,
            {"family": "family"},
            {"institution_id": "certified_institution.GI01", "region_id": "youth_region.JZ01"},
        ),
        (Assignment, {"registration": "registration", "supervisor": "supervisor"}, {}),
        (Employment, {"supervisor": "supervisor"}, {"fte": 1}),
    ],
)
def test_nothing_ends_before_it_starts(world, model, about, fields):
    about = {name: world[who] for name, who in about.items()}
    name = f"{model._meta.model_name}_ends_after_start"
    refuses(name, model, happened_on=DAY, ended_on=BEFORE, **about, **fields)
    write(model, happened_on=DAY, ended_on=DAY, **about, **fields)


def test_one_registration_has_one_open_assignment(world):
    about = {"registration": world["registration"], "supervisor": world["supervisor"]}
    write(Assignment, happened_on=DAY, ended_on=AFTER, **about)
    write(Assignment, happened_on=DAY, **about)
    refuses("assignment_one_open_a_registration", Assignment, happened_on=AFTER, **about)


def test_a_returned_child_is_named(world):
    returned = {"family": world["family"], "result_id": "result.child_returned_home"}
    refuses("result_a_returned_child_is_named", Result, happened_on=DAY, **returned)
    write(Result, happened_on=DAY, child=world["person"], **returned)


def test_an_analysis_runs_forward(world):
    rule = "explanatoryanalysis_dates_follow_each_other"
    for dates in (
        {"begun_on": BEFORE},
        {"finished_on": BEFORE},
        {"begun_on": AFTER, "finished_on": DAY},
    ):
        refuses(rule, ExplanatoryAnalysis, family=world["family"], happened_on=DAY, **dates)


def test_a_complaint_is_handled_after_it_came_in_and_has_a_number_of_its_own(world):
    fields = {"number": "KL1", "family": world["family"], "happened_on": DAY}
    refuses("complaint_handled_after_received", Complaint, handled_on=BEFORE, **fields)
    write(Complaint, **fields)
    refuses("complaint_one_a_number", Complaint, **fields)


def test_nobody_holds_custody_over_themselves_and_a_pair_has_one_answer(world):
    refuses(
        "custody_not_over_oneself",
        Custody,
        parent=world["person"],
        child=world["person"],
        holds=True,
    )
    pair = {"parent": world["person"], "child": world["other"]}
    write(Custody, holds=True, **pair)
    refuses("custody_one_answer_a_pair", Custody, holds=False, **pair)


def test_a_person_belongs_to_one_family_in_a_role_that_exists(world):
    refuses(
        "familymember_role_is_known",
        FamilyMember,
        person=world["person"],
        family=world["family"],
        role="aunt",
    )
    member = {"person": world["person"], "family": world["family"]}
    write(FamilyMember, role="mother", **member)
    refuses("familymember_one_family_a_person", FamilyMember, role="", **member)


def test_nobody_dies_before_they_are_born_or_after_it_is_written_down(world):
    member = {"person": world["person"], "family": world["family"]}
    early = {"birth_date": DAY, "died_on": BEFORE}
    refuses("familymember_died_after_birth", FamilyMember, **early, **member)
    tomorrow = timezone.localdate() + timedelta(days=1)
    refuses("familymember_died_before_it_was_written", FamilyMember, died_on=tomorrow, **member)
    write(FamilyMember, birth_date=DAY, died_on=DAY, **member)


def test_the_day_on_which_it_was_written_down_is_the_dutch_one(world):
    """At half past eleven in the evening UTC it is the next day here."""
    late = datetime(2024, 7, 1, 23, 30, tzinfo=UTC)
    member = {"person": world["person"], "family": world["family"], "recorded_at": late}
    write(FamilyMember, died_on=date(2024, 7, 2), **member)


def test_a_registration_has_one_intake_and_one_or_two_different_applicants(world):
    registration = world["registration"]
    write(Intake, registration=registration, family=world["family"], happened_on=DAY)
    refuses(
        "intake_one_a_registration",
        Intake,
        registration=registration,
        family=world["family"],
        happened_on=AFTER,
    )
    write(Applicant, registration=registration, person=world["person"], position=1)
    for rule, person, position in (
        ("applicant_one_or_two", "other", 3),
        ("applicant_one_a_place", "other", 1),
        ("applicant_once_a_registration", "person", 2),
    ):
        refuses(rule, Applicant, registration=registration, person=world[person], position=position)


@pytest.mark.parametrize(
    ("rule", "model", "fields"),
    [
        (
            "familycomposition_one_a_family",
            FamilyComposition,
            {"composition_id": "family_composition.intact"},
        ),
        (
            "desiredsituation_once_a_family",
            DesiredSituation,
            {"situation_id": "desired_situation.other"},
        ),
        (
            "placementreason_once_a_family",
            PlacementReason,
            {"reason_id": "placement_reason.health"},
        ),
    ],
)
def test_a_family_has_a_value_once(world, rule, model, fields):
    write(model, family=world["family"], **fields)
    refuses(rule, model, family=world["family"], **fields)


@pytest.mark.parametrize(
    ("model", "field", "about"),
    [
        (FamilyComposition, "composition", {"family": "family"}),
        (DesiredSituation, "situation", {"family": "family"}),
        (PlacementReason, "reason", {"family": "family"}),
        (Placement, "residence", {"child": "person", "happened_on": DAY}),
        (Support, "form", {"family": "family", "happened_on": DAY}),
        (SupportRequest, "request", {"family": "family", "happened_on": DAY}),
        (Result, "result", {"family": "family", "happened_on": DAY}),
        (Activity, "section", {"title": "Werksessie", "happened_on": DAY}),
        (Intake, "route", {"registration": "registration", "family": "family", "happened_on": DAY}),
        (
            Intake,
            "referrer",
            {"registration": "registration", "family": "family", "happened_on": DAY},
        ),
    ],
)
def test_a_field_refuses_an_entry_of_another_list(world, model, field, about):
    about = {
        name: world.get(what, what) if isinstance(what, str) else what
        for name, what in about.items()
    }
    name = f"{model._meta.model_name}_{field}_from_its_list"
    refuses(name, model, **about, **{f"{field}_id": "theme.placement"})


@pytest.mark.parametrize(
    "half",
    [
        {"withdrawn_at": timezone.now()},
        {"withdrawal_reason": "zonder moment"},
    ],
)
def test_no_fact_is_half_withdrawn(world, half):
    rule = "support_withdrawn_with_a_reason"
    fields = {"family": world["family"], "form_id": "support_form.mediation", "happened_on": DAY}
    refuses(rule, Support, **fields, **half)


def test_every_kind_of_fact_has_the_two_triggers_and_the_rule_of_withdrawal(db):
    def kinds(base):
        for model in base.__subclasses__():
            yield from kinds(model)
            if not model._meta.abstract:
                yield model

    found = set(kinds(Fact))
    assert len(found) >= 18
    for model in found:
        assert {"stands_as_written", "withdrawn_once"} <= {t.name for t in model._meta.triggers}
        names = {constraint.name for constraint in model._meta.constraints}
        assert f"{model._meta.model_name}_withdrawn_with_a_reason" in names


def test_codes_periods_and_runs(db):
    refuses("code_key_names_list_and_code", Code, id="x.y", list="x", code="z", label="Z")
    refuses(
        "code_valid_until_after_from",
        Code,
        id="x.y",
        list="x",
        code="y",
        label="Y",
        valid_from=DAY,
        valid_until=DAY,
    )
    write(Code, id="x.y", list="x", code="y", label="Y")
    refuses("code_one_current_entry_a_label", Code, id="x.z", list="x", code="z", label="Y")
    refuses("period_last_day_after_first", Period, label="P", first_day=DAY, last_day=BEFORE)
    run = {"label": "R", "period_start": DAY, "reference_date": DAY, "known_on": timezone.now()}
    for rule, fields in (
        ("reportrun_reference_date_after_start", {"reference_date": BEFORE}),
        ("reportrun_done_has_figures", {"state": "done"}),
        ("reportrun_failed_says_why", {"state": "failed"}),
        ("reportrun_running_has_an_owner", {"state": "running"}),
    ):
        refuses(rule, ReportRun, **{**run, **fields})


def test_an_address_is_one_account_whatever_its_capitals(world):
    refuses("user_one_email_one_account", User, email="PB@ot.example.org", name="Dubbel")


def test_an_employment_is_a_part_of_a_week(world):
    for fte in (-1, 3):
        refuses(
            "employment_fte_is_a_part_of_a_week",
            Employment,
            supervisor=world["supervisor"],
            happened_on=DAY,
            fte=fte,
        )
