"""Every URL x the whole cast x every method x page or fragment (T11, T16, T17, T26, T32, T33, T53,
T59, T61)."""

import logging

import pytest

from tests.matrix import urls
from tests.matrix.checking import Walk
from tests.matrix.expectations import EXPECTED

pytestmark = pytest.mark.filterwarnings("ignore:No directory at")
every_url = pytest.mark.parametrize("name", sorted(EXPECTED))


def test_every_url_has_its_expectation_and_no_expectation_is_left_over():
    faults = urls.faults(EXPECTED)
    assert not faults, "\n".join(faults)


@every_url
def test_it_opens_for_whom_it_should_and_shows_what_it_may(world, name, caplog):
    caplog.set_level(logging.DEBUG)
    faults = Walk(world, name, EXPECTED[name]).faults()
    assert not faults, "\n".join(faults)
    assert world.canaries.in_text(caplog.text) == set(), "in het technische logboek"


@every_url
def test_a_family_without_a_ground_is_as_if_it_were_not_there(world, name):
    walk = Walk(world, name, EXPECTED[name])
    faults = walk.faults_with_a_stranger() + walk.faults_when_mixed()
    assert not faults, "\n".join(faults)


@every_url
def test_a_form_without_its_token_is_refused_and_changes_nothing(world, name):
    faults = Walk(world, name, EXPECTED[name]).faults_without_a_token()
    assert not faults, "\n".join(faults)
