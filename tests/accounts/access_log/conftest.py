import pytest
from django.utils import timezone

from accounts.models import User
from tests.accounts.access_log.database import django_as_the_application, two_roles_or_skip


@pytest.fixture
def anna():
    """A colleague who can sign in."""
    return User.objects.create_user(
        "anna@ot.example.org", name="Anna Voorbeeld", invited_at=timezone.now()
    )


@pytest.fixture
def as_the_application():
    """Django works with the rights that it has on a server."""
    two_roles_or_skip()
    with django_as_the_application():
        yield
