"""Which passwords will do (T5)."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import Team, User

from .helpers import account, give_app, give_password

LONG = "x Ω ñ 日本 " * 11 + "einde zin"
GOOD = [
    "vier paarden bij de sloot",
    "correct horse battery staple",
    "toeslagen zijn soms lastig uit te leggen",
    "  spaties voor en achter  ",
    "Ελληνικά γράμματα και λέξεις",
    "кот на крыше дома",
    "q7#Vz!m2&Kd9x",
    LONG,
]
BAD = {
    "kort maar..": "kort",
    "": "leeg",
    "password1234": "vaak gebruikt",
    "aaaaaaaaaaaaaaaa": "herhaalt",
    "abababababababab": "herhaalt",
    "483920175638": "alleen cijfers",
    "ondersteuning": "woord van het team",
    "Ondersteuning2026!": "woord van het team met cijfers",
    "0nd3rst3un1ngst3am": "woord van het team in cijferletters",
    "Welkom-Zomer-2026": "woorden die iedereen kiest",
    "toeslagentoeslagen": "woorden van het team",
    "rikvoorbeeld2026": "eigen naam",
    "TeamNoord!2026!!": "eigen team",
    "x" * 40 + "abcdefgh " * 12: "te lang",
}


def rik() -> User:
    return User(email="rik@ot.example.org", name="Rik Voorbeeld", team=Team(name="Team Noord"))


@pytest.mark.parametrize("password", GOOD)
def test_a_long_password_of_any_signs_is_taken(password):
    validate_password(password, rik())


@pytest.mark.parametrize("password", BAD, ids=BAD.values())
def test_what_is_easy_to_guess_is_refused_with_a_reason(password):
    with pytest.raises(ValidationError) as refusal:
        validate_password(password, rik())
    assert all(reason.endswith(".") for reason in refusal.value.messages)


@pytest.mark.django_db
@pytest.mark.parametrize("password", [LONG, "  spaties voor en achter  "])
def test_it_is_kept_unchanged(client, password):
    assert len(LONG) <= 128
    user = account()
    give_app(user)
    user.set_password(password)
    user.save()
    assert give_password(client, password=password).status_code == 302
    client.cookies.clear()
    assert give_password(client, password=password[:-1]).status_code == 200


@pytest.mark.django_db
def test_an_endless_password_is_not_even_tried(client):
    account()
    assert "hoogstens 128 tekens" in give_password(client, password="x" * 5000).content.decode()
