"""Every change of rights shows here."""

import pytest
from django.contrib.auth.models import Group

from accounts.roles import ROLES, sync_roles

pytestmark = pytest.mark.django_db


def test_each_role_may_do_exactly_this():
    sync_roles()
    sync_roles()
    assert {
        group.name: sorted(group.permissions.values_list("codename", flat=True))
        for group in Group.objects.all()
    } == {
        "procesbegeleider": ["open_in_emergency", "support_families"],
        "teammanager": [
            "approve_editions",
            "approve_reset",
            "judge_emergency",
            "manage_team",
            "open_in_emergency",
            "view_reports",
        ],
        "rapporteur": [
            "approve_editions",
            "manage_rounds",
            "read_survey_report",
            "view_reports",
            "write_editions",
        ],
        "functioneel beheerder": ["approve_reset", "manage_people"],
        "functionaris gegevensbescherming": [
            "judge_emergency",
            "read_access_log",
            "read_survey_report",
            "review_remarks",
        ],
    }


def test_a_right_that_was_added_by_hand_is_taken_back(django_user_model):
    sync_roles()
    group = Group.objects.get(name="procesbegeleider")
    group.permissions.set(Group.objects.get(name="rapporteur").permissions.all())
    sync_roles()
    held = group.permissions.values_list("codename", flat=True)
    assert sorted(held) == ["open_in_emergency", "support_families"]


def test_each_role_says_in_a_sentence_what_it_is_for():
    for role in ROLES:
        assert role.prose.endswith("."), role
