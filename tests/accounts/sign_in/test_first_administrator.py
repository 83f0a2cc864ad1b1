"""On a new server somebody has to be the first."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User

from .helpers import OTHER_PASSWORD, administrator

pytestmark = pytest.mark.django_db
WHO = ("fay@ot.example.org", "Fay Beheer")


def test_the_first_gets_a_link_that_works(client, capsys):
    call_command("first_administrator", *WHO)
    link = capsys.readouterr().out.strip().splitlines()[-1]
    client.get("/" + link.split("/", 3)[3], follow=True)
    client.post("/uitnodiging/", {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD})
    fay = User.objects.get()
    assert fay.check_password(OTHER_PASSWORD)
    assert [group.name for group in fay.groups.all()] == ["functioneel beheerder"]


def test_a_link_that_got_lost_is_made_again(capsys):
    call_command("first_administrator", *WHO)
    call_command("first_administrator", *WHO)
    assert User.objects.count() == 1


def test_once_there_is_one_that_one_invites_the_others():
    administrator()
    with pytest.raises(CommandError, match="al een functioneel beheerder"):
        call_command("first_administrator", "ander@ot.example.org", "Ander")


def test_a_wrong_address_makes_nothing():
    with pytest.raises(CommandError, match="geldig e-mailadres"):
        call_command("first_administrator", "geen adres", "Fay")
    assert not User.objects.exists()
