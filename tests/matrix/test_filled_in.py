"""Every form of the site, filled in and sent by the whole cast (T11, T19, T26)."""

import pytest

from tests.matrix.checking import Walk
from tests.matrix.expectations import EXPECTED
from tests.matrix.filling import WORDS, Typed

pytestmark = pytest.mark.filterwarnings("ignore:No directory at")
SENT = {name for name, expected in EXPECTED.items() if expected.post is not None}

# What filling in at random does not hit on.
GIVEN = {
    "comparisons": {"earlier": "{run.pk}", "later": "{published.run_id}"},
    "conflict_new": {"who": "{mother.number}"},
    "correct_of_family": {"subject": WORDS},
    "correct_of_registration": {"title": WORDS},
    "edition_hidden": {"key": "families.total"},
    "editions": {"period": "{published.period_id}"},
    "hand_over": {"doe": "aanbieden"},
    "survey_languages": {"code": "pl"},
    "survey_questions": {"key": "extra", "options": "een, twee"},
    "survey_remark": {"doe": "vrijgeven"},
    "survey_texts": {
        "mail-body": "{{link}} {{unsubscribe}}",
        "reminder-body": "{{link}} {{unsubscribe}}",
        "page-phone": "{{phone}}",
        "page-count": "{{number}} {{total}}",
    },
    "view_keep": {"query": "status=running"},
}
SECOND_FACTOR = "nobody of the cast has a second factor: tests/accounts/sign_in"
JUST_A_BUTTON = "only a button, not on a page in this world: the empty form is the whole of it"
WITHOUT_A_FORM = {
    **{name: SECOND_FACTOR for name in SENT if name.startswith("mfa_")},
    **dict.fromkeys(("mail_again", "person_invite", "reopen_task", "report_again"), JUST_A_BUTTON),
    "account_reset_password_from_key": "asks for a link that was mailed: tests/accounts/sign_in",
    "invitation": "asks for a link that was mailed: tests/accounts/sign_in",
    "assign_registration": "this one is assigned: tests/cases/test_handing_over_pages.py",
    "draft_keep": "is sent by a script, with the key of a page: tests/accounts/sign_in",
    "handover": "this one is decided: tests/cases/test_handing_over_pages.py",
    "odd_access": "nothing is odd here: tests/cases/test_odd_access.py",
    "person_reopen": "this account is open: tests/accounts/sign_in",
    "report_files": "all are made already: tests/reporting/test_making.py",
    "reset_ask": "one is asked already: tests/accounts/sign_in",
    **dict.fromkeys(
        ("survey_start", "survey_ask", "survey_send", "survey_unsubscribe"),
        "asks for a link that was mailed: tests/surveys",
    ),
    "web_join": "nobody looks like who sent this one in: tests/cases/test_queue.py",
}
NOT_SAVED = {
    "account_login": "writes the session only",
    "account_logout": "writes the session only",
    "account_reauthenticate": "writes the session only",
    "draft_discard": "the key is of whom the page was for, and nothing was typed yet",
    "merge": "a family and itself, here: tests/cases/test_merging_pages.py",
    "session_stay": "writes the session only",
    "open_in_emergency": "asks for a fresh second factor: tests/cases/test_emergency_step_up.py",
    "public_form": "is sent too fast for a person: tests/cases/test_public_form.py",
}


@pytest.mark.parametrize("name", sorted(SENT - WITHOUT_A_FORM.keys()))
def test_who_may_not_gets_nowhere_with_a_form_that_is_filled_in(world, forms, name):
    walk = Walk(world, name, EXPECTED[name])
    typed = forms.get(walk.address) or forms[name]
    more = {key: value.format(**world.own) for key, value in GIVEN.get(name, {}).items()}
    faults = walk.faults_when_filled_in(Typed({**typed.values, **more}, typed.files))
    assert not faults, "\n".join(faults)
    assert (name in world.saved) is (name not in NOT_SAVED), "niemand kwam erdoor, of juist wel"


def test_every_other_form_has_a_reason_and_no_reason_is_left_over(forms):
    left_over = [name for name in WITHOUT_A_FORM if name in forms]
    assert left_over == []
    assert WITHOUT_A_FORM.keys() | NOT_SAVED.keys() | GIVEN.keys() <= SENT
