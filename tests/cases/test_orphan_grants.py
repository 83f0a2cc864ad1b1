"""A grant is of one file for one person, and of nothing that takes its place: no key is used
again, nothing is granted to what is gone, and no generic permission opens anything (T25)."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from guardian.models import UserObjectPermission

from accounts.models import User
from cases.access import visible_to
from cases.models import Registration, RegistrationGrant
from cases.services.exceptions import READ_SHARED, share_file
from tests.cases.office import a_case, browser_of, colleague, seal
from tests.cast import family_of

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


@pytest.fixture
def case() -> Registration:
    return a_case(colleague("fatima"))


@pytest.fixture
def bob() -> User:
    return colleague("bob", team="Team West")


@pytest.fixture
def grant(case, bob) -> RegistrationGrant:
    until = timezone.now() + timedelta(days=1)
    tess = colleague("tess", "teammanager")
    return share_file(registration=case, to=bob, until=until, reason="Meekijken", by=tess)


def opens(user: User, case: Registration) -> bool:
    page = browser_of(user).get(f"/gezinnen/{family_of(case).pk}/")
    assert (page.status_code == 200) == visible_to(user).filter(registration=case).exists()
    return page.status_code == 200


def test_a_grant_opens_the_file(grant, case, bob):
    assert opens(bob, case)


def test_a_file_with_a_grant_is_not_removed_and_leaves_none_behind(grant, case):
    with pytest.raises(ProtectedError):
        case.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM cases_registration WHERE id = %s", [case.pk])
        seal()


def test_a_key_that_comes_back_brings_no_grant_along(grant, case, bob):
    """Of a user as well: an account is closed, and never removed."""
    for column in ("content_object", "user"):
        target = RegistrationGrant._meta.get_field(column)
        assert target.remote_field.model._meta.pk.get_internal_type() == "UUIDField"
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_constraint WHERE contype = 'f'"
                " AND conrelid = 'cases_registrationgrant'::regclass"
                " AND pg_get_constraintdef(oid) LIKE %s",
                [f"FOREIGN KEY ({target.column})%"],
            )
            assert cursor.fetchone() == (1,), "the database knows what it points to"


def test_a_grant_points_to_what_exists_or_is_refused(grant):
    with pytest.raises(IntegrityError), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE cases_registrationgrant SET content_object_id = gen_random_uuid()"
            )
        seal()


def test_no_generic_permission_opens_anything(case, bob):
    """guardian's own table points by a text to whatever has that key: nobody here reads it."""
    app, codename = READ_SHARED.split(".")
    UserObjectPermission.objects.create(
        user=bob,
        permission=Permission.objects.get(content_type__app_label=app, codename=codename),
        content_type=ContentType.objects.get_for_model(Registration),
        object_pk=str(case.pk),
    )
    bob.is_superuser = True
    bob.save()
    assert not opens(bob, case)


def test_there_are_no_orphans(grant):
    """Every grant of the table has its file and its person: counted as a nightly check would."""
    kept = RegistrationGrant.objects.filter(
        models.Exists(Registration.objects.filter(pk=models.OuterRef("content_object"))),
        models.Exists(User.objects.filter(pk=models.OuterRef("user"))),
    )
    assert kept.count() == RegistrationGrant.objects.count() == 1
    assert UserObjectPermission.objects.count() == 0
