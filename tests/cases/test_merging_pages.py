"""The pages of merging: choosing two, seeing it beforehand, doing it, undoing it; old addresses."""

import pytest
from django.urls import reverse

from accounts.models import AccessLine
from cases.models import Contact, Merge
from cases.services import note
from cases.services.exceptions import declare_conflict
from cases.services.merging import merge, undo_merge
from tests.cases.merging import Twice, registered_twice
from tests.cases.office import LAST_MONTH, TODAY, browser_of, colleague, last_line, seal
from tests.cast import family_of

pytestmark = pytest.mark.django_db
Action = AccessLine.Action
WHY = "Twee keer aangemeld"
CHOOSE_QUERIES, PREVIEW_QUERIES = 15, 84


@pytest.fixture
def twice() -> Twice:
    return registered_twice()


@pytest.fixture
def tess(twice):
    return browser_of(twice.tess)


def address(twice: Twice) -> str:
    return reverse("merge", args=[twice.family.pk, twice.family_gone.pk])


def sent(twice: Twice, **more: str) -> dict[str, str]:
    pairing = twice.pairing
    pairs = {**pairing.people, **pairing.registrations}
    return {str(gone): str(kept) for gone, kept in pairs.items()} | {"reason": WHY} | more


def confirmed(twice: Twice, tess, **more: str):
    """As one does it on the page: looked at first."""
    form = sent(twice, doe="bekijken") | more
    seal = tess.post(address(twice), form).context["preview"]["told"].seal
    return tess.post(address(twice), form | {"doe": "samenvoegen", "seen": seal})


def test_found_from_a_file_by_who_it_looks_like(twice, tess):
    page = tess.get(reverse("file", args=[twice.family.pk])).content.decode()
    found = f"{reverse('merges')}?gezin={twice.family.pk}"
    assert found in page
    page = tess.get(found).content.decode()
    assert "Hier lijkt iemand op" in page
    assert address(twice) in page
    line = last_line(actor=twice.tess, action=Action.SEARCH, part="samenvoegen")
    assert twice.person("Sanne", twice.gone).pk in line.subjects


def test_found_by_number(twice, tess):
    page = tess.get(reverse("merges"), {"zoek": twice.family_gone.number}).content.decode()
    assert f"?gezin={twice.family_gone.pk}" in page


def test_the_likely_pairs_are_chosen_already_and_both_files_logged(twice, tess):
    page = tess.get(address(twice)).content.decode()
    assert page.count("selected") == len(sent(twice)) - 1 + 1  # and Ruben: somebody else
    read = AccessLine.objects.filter(actor=twice.tess, part="samenvoegen", action=Action.READ)
    assert set(read.values_list("object_id", flat=True)) == {
        str(twice.family.pk),
        str(twice.family_gone.pk),
    }


def test_beforehand_it_says_what_moves_and_what_clashes_and_does_nothing(twice, tess):
    page = tess.post(address(twice), sent(twice, doe="bekijken")).content.decode()
    assert "Zo wordt het" in page
    assert "Sanne Dorpstraat heeft gezag over Lot Dorpstraat</b> blijft" in page
    assert "Sanne Dorpstraat: moeder, geboren 4 mrt 1985" in page
    assert "1 statuswijziging en 1 toewijzing van de aanmelding die opgaat" in page
    assert not Merge.objects.exists()


def test_merged_and_undone_from_the_list(twice, tess):
    answer = confirmed(twice, tess)
    assert answer.url == reverse("file", args=[twice.family.pk])
    act = Merge.objects.get(part_of=None)
    page = tess.get(reverse("merges")).content.decode()
    assert f"Gezin {twice.family_gone.number} in {twice.family.number}" in page
    assert tess.post(reverse("merge_undo", args=[act.pk])).url == reverse("merges")
    act.refresh_from_db()
    assert act.undone_by == twice.tess


def test_only_what_was_seen_is_done(twice, tess):
    form = sent(twice, doe="samenvoegen")
    seal = tess.post(address(twice), form | {"doe": "bekijken"}).context["preview"]["told"].seal
    lot = str(twice.person("Lot", twice.gone).pk)
    for late in ({}, {"seen": seal, lot: ""}):
        page = tess.post(address(twice), form | late).content.decode()
        assert "Dit is niet meer wat je zag" in page
    said = {"kind": Contact.objects.first().kind, "happened_on": TODAY, "note": "Intussen"}
    note(Contact(registration=twice.gone, with_whom="Oma", **said), by=twice.bob)
    page = tess.post(address(twice), form | {"seen": seal}).content.decode()
    assert "Dit is niet meer wat je zag" in page
    assert not Merge.objects.exists()


def test_who_will_be_shut_out_is_named(twice, tess):
    ruben = twice.person("Ruben", twice.gone)
    said = {"user": twice.fatima, "person": ruben, "reason": "Buurman", "by": twice.fatima}
    declare_conflict(since=LAST_MONTH, **said)
    page = tess.post(address(twice), sent(twice, doe="bekijken")).content.decode()
    assert "Fatima kan er straks niet meer bij" in page


def test_what_has_to_be_settled_first_is_named_and_cannot_be_sent(twice, tess):
    ruben, sanne = twice.person("Ruben", twice.gone), twice.person("Sanne", twice.kept)
    form = sent(twice, doe="bekijken") | {str(ruben.pk): str(sanne.pk)}
    page = tess.post(address(twice), form).content.decode()
    assert "Eerst uitzoeken" in page
    assert 'value="samenvoegen"' not in page
    page = tess.post(address(twice), form | {"doe": "samenvoegen"}).content.decode()
    assert "Verbeter eerst de rol" in page
    assert not Merge.objects.exists()


def test_without_a_reason_what_was_chosen_stays(twice, tess):
    page = tess.post(address(twice), sent(twice, reason="", doe="bekijken")).content.decode()
    assert "Schrijf waaraan je ziet dat ze dezelfde zijn." in page
    assert page.count("selected") == len(sent(twice))


def test_of_someone_elses_file_there_is_nothing(twice):
    west = browser_of(colleague("wes", "teammanager", team="Team West"))
    act = merge(pairing=twice.pairing, reason=WHY, by=twice.tess)
    assert west.get(address(twice)).status_code == 404
    assert west.get(reverse("merges"), {"gezin": twice.family.pk}).status_code == 404
    assert west.post(reverse("merge_undo", args=[act.pk])).status_code == 404
    assert WHY not in west.get(reverse("merges")).content.decode()


def test_an_old_address_leads_to_what_stays(twice):
    pairing = twice.pairing
    merge(pairing=pairing, reason=WHY, by=twice.tess)
    fatima = browser_of(twice.fatima)
    answer = fatima.get(reverse("file", args=[pairing.gone.pk]) + "?x=1")
    assert answer.status_code == 302
    assert answer.url == reverse("file", args=[pairing.kept.pk]) + "?x=1"
    old, new = (reverse("plan_task", args=[one.pk]) for one in (twice.gone, twice.kept))
    assert fatima.get(old).url == new
    answer = fatima.post(old, {"title": "Bellen"})
    assert (answer.status_code, answer.url) == (307, new)


def test_an_old_address_is_nothing_to_others_and_it_is_logged(twice):
    pairing = twice.pairing
    merge(pairing=pairing, reason=WHY, by=twice.tess)
    assert browser_of(twice.bob).get(reverse("file", args=[pairing.gone.pk])).status_code == 404
    line = last_line(actor=twice.bob, outcome=AccessLine.Outcome.REFUSED)
    assert line.object_id == str(pairing.gone.pk)


def test_a_conversation_is_corrected_where_it_went(twice):
    contact = Contact.objects.standing().get(registration=twice.gone)
    act = merge(pairing=twice.pairing, reason=WHY, by=twice.tess)
    answer = browser_of(twice.fatima).get(reverse("correct_contact", args=[contact.pk]))
    moved = Contact.objects.standing().get(note=contact.note)
    assert answer.url == reverse("correct_contact", args=[moved.pk])
    undo_merge(merge=act, by=twice.tess)
    again = Contact.objects.standing().get(note=contact.note)
    for one in (contact, moved):
        answer = browser_of(twice.bob).get(reverse("correct_contact", args=[one.pk]))
        assert answer.url == reverse("correct_contact", args=[again.pk])


def test_who_looked_is_found_by_both_numbers(twice):
    pairing = twice.pairing
    browser_of(twice.bob).get(reverse("file", args=[pairing.gone.pk]))
    merge(pairing=pairing, reason=WHY, by=twice.tess)
    seal()
    page = browser_of(twice.fatima).get(reverse("who_looked", args=[pairing.kept.pk]))
    assert "Bob" in page.content.decode()


def test_the_timeline_tells_of_the_merge_and_not_of_every_move(twice):
    fatima = browser_of(twice.fatima)
    timeline = reverse("timeline", args=[family_of(twice.kept).pk])
    before = fatima.get(timeline).context["page"].object_list
    act = merge(pairing=twice.pairing, reason=WHY, by=twice.tess)
    during = fatima.get(timeline).context["page"].object_list
    assert during[0].did == "voegde samen"
    assert during[0].why == WHY
    assert {"Fatima", "Bob"} <= {event.who for event in during}
    assert sum(event.at == act.merged_at for event in during) == 1
    undo_merge(merge=act, by=twice.tess)
    after = fatima.get(timeline).context["page"].object_list
    assert [event.did for event in after[:2]] == ["draaide terug", "voegde samen"]
    assert after[2:] == before


def test_as_many_queries_whatever_there_is(twice, tess, django_assert_max_num_queries):
    def counted(*asked) -> int:
        with django_assert_max_num_queries(200) as captured:
            tess.post(*asked) if len(asked) == 2 else tess.get(*asked)
        return len(captured.captured_queries)

    def twice_more(*numbers: int) -> tuple[int, int]:
        for n in numbers:
            one_more(n)
        return counted(reverse("merges")), counted(address(twice), sent(twice, doe="bekijken"))

    def one_more(n: int) -> None:
        said = {"kind": Contact.objects.first().kind, "happened_on": TODAY, "note": f"{n}"}
        note(Contact(registration=twice.gone, with_whom="Oma", **said), by=twice.bob)
        undo_merge(merge=merge(pairing=twice.pairing, reason=f"{n}", by=twice.tess), by=twice.tess)

    tess.get(reverse("merges"))
    assert twice_more(0) == twice_more(1, 2, 3) == (CHOOSE_QUERIES, PREVIEW_QUERIES)
