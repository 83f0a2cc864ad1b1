"""What became of the letters, as a report tells it: of everybody and of each group."""

import pytest
from django.db.models.functions import Now

from surveys.models import Letter
from surveys.report.rounds import told_report
from surveys.services.moving import empty_boxes
from surveys.services.rounds import end
from tests.cases.office import browser_of
from tests.surveys.asking import a_running_round, reporter
from tests.surveys.reading_reports import TO_COUNT_WITH, lines_of, plain, rows_in, text_in_pdf
from tests.surveys.saying import a_round_that_is_over, drop

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:No directory at"),
]


def becomes(state: str, letters) -> None:
    """As if the first attempt had ended like this: the database lets nothing sent be unsent."""
    for letter in letters:
        Letter.objects.filter(pk=letter.pk).delete()
        letter.state, letter.cause = state, "550"
        letter.finished_at = letter.invitation.round.started_at
        letter.save(force_insert=True)


@pytest.mark.parametrize("children", [10, 9])
def test_what_became_of_the_letters_is_told_apart_of_each_group_in_every_form(children):
    def choose(group: str, number: int):
        return {"satisfied": "yes"} if number < (12 if group == "parent" else children) else None

    round, _ = a_round_that_is_over("Voorjaar", {"parent": 20, "child": 15}, choose)
    silent = Letter.objects.filter(invitation__answered=False).select_related("invitation__round")
    of = {key: list(silent.filter(invitation__group__key=key)) for key in ("parent", "child")}
    becomes("bounced", of["parent"][:3])
    becomes("refused", of["child"][:2])
    becomes("skipped", [of["parent"][4], of["child"][3]])
    report = told_report(round)
    about = ["invited", "bounced", "refused", "not_sent", "not_reached", "reached"]
    told = {
        group: [lines_of(report)[group, key].value for key in about]
        for group in ("", "Ouders", "Kinderen")
    }
    assert told == {
        "": [35, 3, 2, 2, 7, 80],
        "Ouders": [20, 3, 0, 1, 4, 80],
        "Kinderen": [15, 0, 2, 1, 3, 80],
    }
    split = {key for group, key in lines_of(report) if group}
    assert ("answers" in split, "response" in split) == (children == 10, children == 10)
    page = plain(browser_of(reporter()).get(f"/enquetes/{round.pk}/rapport/").text)
    assert "Ouders 3 teruggekomen, 0 geweigerd, 1 niet verstuurd 80% 20" in page
    assert "Kinderen 15 80% 0 teruggekomen, 2 geweigerd, 1 niet verstuurd" in text_in_pdf(report)
    for extension in TO_COUNT_WITH:
        row = rows_in(extension, report)["Kinderen", "not_reached"]
        assert (row["Waarde"], row["Vraag"]) == (3, "Respons")
    assert ("Niet per groep" in page) == (children == 9)


def test_a_letter_that_waits_when_the_round_ends_never_left():
    round = a_running_round(many=14)
    first, *others = round.invitations.order_by("pk")
    Letter.objects.exclude(invitation=first).update(state="sent", finished_at=Now())
    for one in others[:12]:
        drop(one, {round.questions.get(key="satisfied"): "yes"})
    end(round=round, by=None)
    assert (first.letters.get().state, first.letters.get().cause) == ("skipped", "ended")
    empty_boxes()
    round.refresh_from_db()
    lines = lines_of(told_report(round))
    assert (lines["", "not_sent"].value, lines["", "response"].share.base) == (1, 13)
