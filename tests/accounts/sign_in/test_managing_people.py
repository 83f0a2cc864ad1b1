"""The pages of the administrator: who may see them, and what they do."""

import pytest
from django.contrib.auth.models import Group

from accounts.models import SecondFactorReset, Team, User
from accounts.roles import PRIVACY_OFFICER, PROCESS_SUPERVISOR, REPORTING_STAFF, sync_roles

from .helpers import OTHER_PASSWORD, account, administrator, manager, signed_in, words_of

pytestmark = pytest.mark.django_db
PEOPLE = "/beheer/medewerkers/"


@pytest.fixture
def fay():
    return administrator()


@pytest.fixture
def rik():
    return account()


def deeds(rik) -> list[str]:
    of_rik = [
        f"{PEOPLE}{rik.pk}/{deed}/" for deed in ("werk", "uitnodigen", "sluiten", "heropenen")
    ]
    return [*of_rik, f"{PEOPLE}nieuw/"]


@pytest.mark.parametrize("role", [PROCESS_SUPERVISOR, REPORTING_STAFF, PRIVACY_OFFICER, None])
def test_no_other_role_sees_or_does_anything(role, rik):
    other = signed_in(account("pim@ot.example.org", *([role] if role else [])))
    for page in (PEOPLE, f"{PEOPLE}{rik.pk}/"):
        assert other.get(page).status_code == 403
    for page in [*deeds(rik), f"{PEOPLE}{rik.pk}/tweede-stap/"]:
        assert other.post(page, {"reason": "x", "roles": "rapporteur"}).status_code == 403


def test_a_manager_helps_with_a_lost_second_factor_and_no_more(rik):
    signed_in(rik)
    tess = signed_in(manager())
    page = tess.get(f"{PEOPLE}{rik.pk}/").content.decode()
    assert "Verwijderen aanvragen" in page
    assert "Account sluiten" not in page
    for deed in deeds(rik):
        assert tess.post(deed, {"reason": "x"}).status_code == 403
    tess.post(f"{PEOPLE}{rik.pk}/tweede-stap/", {"reason": "Aan haar bureau"})
    assert SecondFactorReset.objects.get().asked_by.name == "Tess Manager"


def test_superuser_is_not_a_role(rik):
    root = account("root@ot.example.org", is_superuser=True, is_staff=True)
    assert signed_in(root).get(PEOPLE).status_code == 403


def test_inviting_someone(fay):
    sync_roles()
    team = Team.objects.create(name="Team Oost")
    answer = signed_in(fay).post(
        f"{PEOPLE}nieuw/",
        {
            "name": "Noor Nieuw",
            "email": "Noor@OT.example.org",
            "roles": ["procesbegeleider"],
            "team": str(team.pk),
        },
        follow=True,
    )
    assert "Noor Nieuw is uitgenodigd" in words_of(answer)
    noor = User.objects.get(email="noor@ot.example.org")
    assert noor.invited_at
    assert [group.name for group in noor.groups.all()] == ["procesbegeleider"]
    assert noor.history.earliest().history_user == fay


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"name": ""}, "Vul een naam in"),
        ({"email": "geen adres"}, "geldig e-mailadres"),
        ({"email": "FAY@ot.example.org"}, "al een account"),
        ({"email": "noor@ot.nl\r\nBcc: x@y.nl"}, "geldig e-mailadres"),
        ({"roles": []}, "Kies minstens één rol"),
        ({"roles": ["superuser"]}, "superuser"),
        ({"name": "x\0y"}, "null"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_in_the_summary(fay, fields, reason):
    whole = {"name": "Noor", "email": "noor@ot.nl", "roles": ["rapporteur"], **fields}
    page = signed_in(fay).post(f"{PEOPLE}nieuw/", whole)
    text = page.content.decode()
    assert text.count("error-summary") == 1
    assert reason.lower() in words_of(page).lower()
    assert not User.objects.filter(name__startswith="Noor").exists()


def test_extra_fields_change_nothing(fay, rik):
    sync_roles()
    client = signed_in(fay)
    extra = {"is_staff": "on", "is_superuser": "1", "pk": str(fay.pk), "email": "x@y.nl"}
    client.post(f"{PEOPLE}{rik.pk}/werk/", {"roles": ["rapporteur"], **extra})
    rik.refresh_from_db()
    assert (rik.email, rik.is_staff, rik.is_superuser) == ("rik@ot.example.org", False, False)
    assert list(rik.groups.all()) == [Group.objects.get(name="rapporteur")]


def test_closing_and_reopening(fay, rik):
    client = signed_in(fay)
    page = client.post(f"{PEOPLE}{rik.pk}/sluiten/", {"reason": ""})
    assert page.status_code == 422
    page = client.post(f"{PEOPLE}{rik.pk}/sluiten/", {"reason": "Uit dienst"}, follow=True)
    assert "Het account is gesloten" in words_of(page)
    page = client.post(f"{PEOPLE}{rik.pk}/heropenen/", {"reason": "Terug"}, follow=True)
    assert "weer open" in words_of(page)


def test_the_four_eyes_on_the_pages(fay, rik):
    signed_in(rik)
    first, second = signed_in(fay), signed_in(manager())
    first.post(f"{PEOPLE}{rik.pk}/tweede-stap/", {"reason": "Zelf gesproken"})
    reset = SecondFactorReset.objects.get()
    approve = f"{PEOPLE}herstel/{reset.pk}/goedkeuren/"
    assert "Iemand anders" in words_of(first.post(approve, follow=True))
    assert "Tweede stap van Rik" in words_of(second.get(PEOPLE))
    assert "is verwijderd" in words_of(second.post(approve, follow=True))


def test_on_the_own_page_there_is_nothing_to_do(fay):
    text = signed_in(fay).get(f"{PEOPLE}{fay.pk}/").content.decode()
    assert "Dit ben je zelf" in text
    assert "Account sluiten" not in text


@pytest.mark.parametrize("number", [1, 3, 20])
def test_the_list_takes_as_many_queries_for_one_as_for_twenty(
    fay, number, django_assert_num_queries
):
    client = signed_in(fay)
    for count in range(number):
        account(f"pb{count}@ot.example.org", PROCESS_SUPERVISOR)
    client.get(PEOPLE)
    with django_assert_num_queries(10):
        client.get(PEOPLE)


def test_searching(fay, rik):
    client = signed_in(fay)
    assert "Rik Voorbeeld" in words_of(client.get(PEOPLE, {"zoek": "voorb"}))
    assert "Niemand gevonden" in words_of(client.get(PEOPLE, {"zoek": "xyz\0"}))


def test_the_password_in_a_form_is_never_in_the_answer(fay):
    page = signed_in(fay).post(
        "/account/wachtwoord/",
        {"oldpassword": "mis", "password1": OTHER_PASSWORD, "password2": "anders"},
    )
    assert OTHER_PASSWORD not in page.content.decode()
