"""Every personal field has a canary, and searching for people tells no more than it should."""

import pytest

from tests.cases.office import TODAY
from tests.matrix import cast
from tests.matrix.canaries import WITHOUT, can_be_unique, masked_fields

pytestmark = pytest.mark.filterwarnings("ignore:No directory at")


def test_every_field_that_is_declared_masked_holds_a_canary(world):
    held = {canary.of for canary in world.canaries.all()}
    wanted = {of for of, field in masked_fields() if can_be_unique(field)}
    missing = sorted(wanted - held - set(WITHOUT))
    assert missing == [], "geef deze velden een kanarie: een regel in tests/matrix/family.py"
    assert sorted(set(WITHOUT) - wanted) == [], "deze velden zijn er niet meer: tests/…/canaries.py"


@pytest.mark.parametrize("actor", sorted(cast.SIGNED_IN - cast.CASE_WORKERS))
def test_who_does_not_work_with_families_can_not_find_out_that_someone_is_known(world, actor):
    mother = world.own["mother"]
    name = f"{mother.first_name} {mother.last_name}"
    said = []
    for words in (name, "N" * 8 + " " + "N" * 8):  # as long, so that the pages are
        assert len(words) == len(name)
        with world.browsers[actor].asked("GET", f"/gezinnen/?zoek={words}") as answer:
            said.append(len(answer.response.content))
    assert said[0] == said[1]


@pytest.mark.parametrize("actor", sorted(cast.CASE_WORKERS - cast.FAMILY_READERS - {cast.KIN}))
def test_who_registers_someone_that_is_known_elsewhere_sees_nothing_of_them(world, actor):
    mother = world.own["mother"]
    typed = {
        "first_name": mother.first_name,
        "last_name": mother.last_name,
        "phone": mother.phone,
        "happened_on": f"{TODAY:%d-%m-%Y}",
        "channel": "phone",
        "announcer": "parent",
        "consent": "on",
    }
    address = "/aanmeldingen/nieuw/formulier/"
    with world.browsers[actor].asked("POST", address, data=typed) as answer:
        assert "Er is een dossier dat je niet mag zien" in answer.text
        seen = world.canaries.in_text(answer.text) - world.canaries.in_text(str(typed))
        assert seen == set()
        named = {subject for line in answer.lines() for subject in line.subjects}
        assert mother.pk in named, "wie het leest, leert iets van haar"
