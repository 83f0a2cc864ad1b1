"""What the stories of writing on a file share: addresses, and something to write down."""

from cases.models import FamilyMember, Person
from cases.services import assign, register, start
from tests.cases.office import LAST_WEEK, YESTERDAY
from tests.cast import a_father, code, family_of


def person_of(case, role: str) -> Person:
    return FamilyMember.objects.get(family=family_of(case), role=role).person


def address(case, slug: str, which: object = "nieuw", more: str = "") -> str:
    return f"/gezinnen/{family_of(case).pk}/{slug}/{getattr(which, 'pk', which)}/{more}"


def given(case, slug: str) -> dict:
    """Something to write down of each subject."""
    child, mother = person_of(case, "child").number, person_of(case, "mother").number
    return {
        "gezag": {"parent": mother, "child": child, "holds": "ja"},
        "samenstelling": {"composition": "family_composition.intact"},
        "plaatsingen": {"child": child, "happened_on": LAST_WEEK, "measure": "nee"},
        "instellingen": {
            "institution": "certified_institution.GI01",
            "region": "youth_region.JZ01",
            "happened_on": LAST_WEEK,
        },
        "wensen": {"situation": "desired_situation.contact_with_children"},
        "redenen": {"reason": "placement_reason.housing"},
        "vragen": {"request": "support_request.housing", "happened_on": LAST_WEEK},
        "ondersteuning": {"form": "support_form.debt_help", "happened_on": LAST_WEEK},
        "resultaten": {
            "result": "result.child_returned_home",
            "child": child,
            "happened_on": LAST_WEEK,
        },
        "analyses": {"happened_on": LAST_WEEK, "begun_on": YESTERDAY},
        "klachten": {"happened_on": LAST_WEEK, "subject": "Te laat gebeld"},
    }[slug]


def a_wish(case) -> dict:
    request = code("support_request", "housing")
    return {"family": family_of(case), "request": request, "happened_on": LAST_WEEK}


def assign_to_too(case, user) -> None:
    """A second registration of the same family, with a supervisor of its own."""
    second = register(
        applicants=[a_father()], happened_on=LAST_WEEK, family=family_of(case), by=None
    )
    start(registration=second, on=LAST_WEEK, by=None)
    assign(registration=second, supervisor=user, on=LAST_WEEK, by=None)
