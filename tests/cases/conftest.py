"""What the tests of files share."""

import pytest

from accounts.models import User
from cases.models import Family, Person, Registration


@pytest.fixture
def world(db):
    """One of everything that a fact can be about."""
    family, registration = (
        Family.objects.create(number="G1"),
        Registration.objects.create(number="A1"),
    )
    return {
        "family": family,
        "registration": registration,
        "person": Person.objects.create(number="P1"),
        "other": Person.objects.create(number="P2"),
        "supervisor": User.objects.create_user("pb@ot.example.org", name="P. B."),
    }
