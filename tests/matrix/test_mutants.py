"""The matrix catches what it is there for: a page with one fault each, and what is said of it."""

import logging

import pytest

from tests.matrix import urls
from tests.matrix.cast import FAMILY_READERS
from tests.matrix.checking import Walk
from tests.matrix.expectations import EXPECTED
from tests.matrix.expecting import deed, page
from tests.matrix.mutants import FAULTY

READ = page(FAMILY_READERS, "family")
READERS = ", ".join(sorted(FAMILY_READERS))


@pytest.fixture(autouse=True)
def mutated_site(settings):
    settings.ROOT_URLCONF = "tests.matrix.mutants"


def test_a_url_without_an_expectation_is_named_with_what_to_do():
    """T12."""
    faults = urls.faults(EXPECTED)
    assert len(faults) == len(FAULTY)
    assert (
        "without_the_door staat niet in tests/matrix/expectations.py: schrijf op wie erin mag"
        in faults
    )


def test_an_expectation_of_a_url_that_is_gone_is_named():
    assert "weg bestaat niet meer: haal de regel uit tests/matrix/expectations.py" in urls.faults(
        {**EXPECTED, "weg": READ}
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("without_the_door", "geeft 200 in plaats van een weigering (administrator, "),
        ("without_the_door", "LEKT cases.Person.last_name (administrator, "),
        ("without_a_line", f"zonder regel in het leeslogboek ({READERS})"),
        ("in_a_header", "LEKT cases.Person.last_name"),
        ("writes_on_reading", "een GET schrijft in ['accounts_"),
        ("for_passers_by", "geeft 200 in plaats van een weigering (anonymous, closed)"),
        ("a_fragment_alike", f"zonder Vary: HX-Request ({READERS})"),
        ("kept_on_the_way", "Cache-Control: 'max-age=3600'"),
    ],
)
def test_a_faulty_page_is_caught(world, name, said):
    faults = "\n".join(Walk(world, name, READ).faults())
    assert said in faults


def test_a_name_in_the_technical_log_is_caught(world, caplog):
    caplog.set_level(logging.DEBUG)
    Walk(world, "in_the_technical_log", READ).faults()
    found = {canary.of for canary in world.canaries.in_text(caplog.text)}
    assert found == {"cases.Person.last_name"}


def test_saying_that_it_exists_is_caught(world):
    faults = Walk(world, "tells_that_it_exists", READ).faults_with_a_stranger()
    assert any("voor een gezin dat er niet is" in fault for fault in faults)


def test_a_form_that_asks_no_token_is_caught(world):
    walk = Walk(world, "without_a_token", deed(FAMILY_READERS, "family", post=200))
    assert walk.faults() == []
    assert "without_a_token als aftercare: 200 zonder token" in walk.faults_without_a_token()
