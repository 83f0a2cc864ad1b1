"""Making a round, starting it, and that nothing of it moves after that."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Now

from cases.models import Person
from surveys import ready
from surveys.models import Group, Invitation, Letter, Question, Round, Text
from surveys.services import rounds
from surveys.services.questions import add_question, drop_question, move_up
from surveys.services.texts import (
    add_language,
    change_texts,
    drop_language,
    missing_texts,
    refusal,
)
from tests.surveys.asking import (
    TODAY,
    a_child_of,
    a_parent,
    a_round,
    a_running_round,
    parents,
    reporter,
)

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
REFUSED = "is gestart en verandert niet meer"


def test_a_round_begins_with_the_ready_questions_in_five_languages():
    round = a_round()
    keys = [question.key for question in round.questions.all()]
    assert keys == ["satisfied", "helped", "grade", "good", "better"]
    languages = {one.code: (one.right_to_left, one.to_be_checked) for one in round.languages.all()}
    assert languages == {
        "nl": (False, False), "en": (False, True), "tr": (False, True), "ar": (True, True),
        "pap": (False, True),
    }  # fmt: skip
    assert missing_texts(round) == []
    assert round.texts.filter(part="question.satisfied", language="nl", audience="child").exists()


def test_each_language_has_words_for_the_same_parts():
    """But for the letter, which is Dutch: what no page or letter says is not asked (T114)."""
    parts = {code: set(one["texts"]) for code, one in ready.languages().items()}
    of_a_letter = {part for part in parts["nl"] if part.startswith(("mail.", "reminder."))}
    assert len(of_a_letter) == 4
    assert {frozenset(parts.pop(code)) for code in ("en", "tr", "ar", "pap")} == {
        frozenset(parts.pop("nl") - of_a_letter)
    }
    assert parts == {}


def test_a_later_round_takes_over_what_an_earlier_one_said():
    first = a_running_round()
    later = rounds.make_round(name="Najaar", like=first, by=None)
    assert later.texts.count() == first.texts.count()
    assert later.is_draft
    assert later.ends_on is None


def test_a_letter_that_was_once_translated_is_not_taken_over():
    first = a_round()
    Text.objects.create(round=first, part="mail.subject", language="ar", body="?")
    later = rounds.make_round(name="Najaar", like=first, by=None)
    assert set(later.texts.filter(part="mail.subject").values_list("language", flat=True)) == {"nl"}


def test_a_start_invites_each_once_with_one_letter():
    round = a_running_round(many=12)
    assert Invitation.objects.filter(round=round).count() == 12
    assert Letter.objects.filter(invitation__round=round, state="waiting").count() == 12
    assert [(group.key, group.invited) for group in round.groups.all()] == [("parent_running", 12)]
    with pytest.raises(ValidationError, match="gestart"):
        rounds.start(round=round, by=None, today=TODAY)


def test_with_fewer_than_ten_people_no_round_starts():
    parents(9)
    with pytest.raises(ValidationError, match="minstens 10"):
        rounds.start(round=a_round(), by=None, today=TODAY)


def test_a_small_group_goes_into_another():
    for number, registration in enumerate(parents(11)):
        a_child_of(registration, 14, f"kind{number}@example.org")
    a_child_of(a_parent(50), 20)
    round = a_round()
    rounds.start(round=round, by=None, today=TODAY)
    groups = [(group.key, group.invited) for group in round.groups.all()]
    assert groups == [("children", 12), ("parent_running", 12)]


def test_what_is_missing_stops_the_start():
    parents(10)
    round = a_round()
    Text.objects.filter(round=round, part="page.begin", language="ar").delete()
    rounds.change_rules(round=round, by=None, ends_on=None)
    with pytest.raises(ValidationError) as refusal:
        rounds.start(round=round, by=None, today=TODAY)
    assert refusal.value.messages == [
        "Kies tot en met welke dag mensen kunnen antwoorden.",
        "In het Arabisch ontbreekt: Knop: beginnen.",
    ]


def a_row_of(rows, **fields):
    """As one that is there, under another key."""
    row = rows.first()
    row.pk = None
    for name, value in ({"id": uuid.uuid4()} | fields).items():
        setattr(row, name, value)
    row.save(force_insert=True)


def one_more_person(round):
    return a_row_of(round.invitations, person=Person.objects.create(first_name="Nog een"))


def another_group():
    draft = Round.objects.get(state="draft")
    return Group.objects.create(round=draft, key="other", label="Anders", invited=10)


def of_the_draft(rows: str):
    return getattr(Round.objects.get(state="draft"), rows)


FROZEN = {
    "a rule": lambda round: rows_of(round).update(children=False),
    "who started it": lambda round: rows_of(round).update(started_by=reporter()),
    "when it started": lambda round: rows_of(round).update(started_at=Now()),
    "an earlier last day": lambda round: rows_of(round).update(ends_on=F("ends_on") - A_DAY),
    "no last day": lambda round: rows_of(round).update(ends_on=None),
    "back to draft": lambda round: rows_of(round).update(state="draft", started_at=None),
    "all of it": lambda round: rows_of(round)._raw_delete("default"),
    "a text": lambda round: round.texts.filter(part="page.begin").update(body="x"),
    "no text": lambda round: round.texts.filter(part="page.begin").delete(),
    "one more text": lambda round: a_row_of(round.texts, part="page.more"),
    "a text out of it": lambda round: round.texts.filter(part="page.begin").update(
        round=a_round(name="Anders")
    ),
    "a text of a draft": lambda round: of_the_draft("texts").update(
        round=round, part=Concat("part", Value(".more"))
    ),
    "no language": lambda round: round.languages.filter(code="ar").delete(),
    "a language of a draft": lambda round: (
        of_the_draft("languages").filter(code="nl").update(round=round, code="pl")
    ),
    "a question": lambda round: round.questions.filter(key="grade").update(highest=5),
    "another question": lambda round: Question.objects.create(
        round=round, key="new", kind="text", position=9
    ),
    "a question of a draft": lambda round: (
        of_the_draft("questions").filter(key="grade").update(round=round, key="more")
    ),
    "a group": lambda round: round.groups.update(invited=99),
    "a group of a draft": lambda round: Group.objects.filter(pk=another_group().pk).update(
        round=round
    ),
    "one more person": one_more_person,
    "one person less": lambda round: some_invitation(round).delete(),
    "someone else": lambda round: some_invitation(round).update(
        person=Person.objects.create(first_name="Nog een")
    ),
    "in another group": lambda round: some_invitation(round).update(group=another_group()),
    "in other words": lambda round: some_invitation(round).update(audience="child"),
    "to a draft": lambda round: some_invitation(round).update(
        round=Round.objects.get(state="draft")
    ),
    "an answer undone": lambda round: round.invitations.filter(answered=True).update(
        answered=False
    ),
}


def rows_of(round):
    return Round.objects.filter(pk=round.pk)


def some_invitation(round):
    """Without letters: these would keep it from being deleted."""
    Letter.objects.filter(invitation__round=round).delete()
    return round.invitations.filter(pk=round.invitations.first().pk)


@pytest.mark.parametrize("what", FROZEN)
def test_the_database_refuses_to_change_what_has_started(what):
    round = a_running_round()
    a_round(name="Concept")
    some = round.invitations.order_by("pk").last()
    round.invitations.filter(pk=some.pk).update(answered=True)
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        FROZEN[what](round)


@pytest.mark.parametrize("what", sorted(FROZEN.keys() - {"one person less"}))
def test_nor_what_has_ended(what):
    round = a_running_round()
    a_round(name="Concept")
    some = round.invitations.order_by("pk").last()
    round.invitations.filter(pk=some.pk).update(answered=True)
    rounds.end(round=round, by=None)
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        FROZEN[what](round)


def test_the_last_day_moves_forward_only_and_an_answer_is_noted_also_after_the_end():
    round = a_running_round()
    rows_of(round).update(ends_on=F("ends_on") + A_DAY)
    rounds.end(round=round, by=None)
    assert round.invitations.update(answered=True) == 10
    Letter.objects.all().delete()
    round.invitations.all().delete()


def test_a_group_of_fewer_than_ten_is_refused():
    with pytest.raises(DatabaseError), transaction.atomic():
        Group.objects.create(round=a_round(), key="small", label="Klein", invited=9)


def test_one_person_is_invited_once_a_round():
    round = a_round()
    group = Group.objects.create(round=round, key="all", label="Iedereen", invited=10)
    person = Person.objects.create(first_name="Mila")
    about = {"round": round, "person": person, "audience": "parent", "group": group}
    Invitation.objects.create(**about)
    with pytest.raises(DatabaseError, match="one_a_person_a_round"), transaction.atomic():
        Invitation.objects.create(**about)


def test_a_round_ends_by_itself_the_day_after_its_last():
    round = a_running_round()
    rounds.end_what_is_over(round.ends_on)
    assert Round.objects.get().is_running
    rounds.end_what_is_over(round.ends_on + timedelta(days=1))
    assert Round.objects.get().state == "ended"


def test_a_reminder_goes_once_to_who_got_the_first_and_did_not_answer():
    round = a_running_round(many=12)
    letters = Letter.objects.filter(invitation__round=round).order_by("pk")
    sent = letters[:10]
    for letter in sent:
        Letter.objects.filter(pk=letter.pk).update(state="sent", finished_at="2026-01-01T12:00Z")
    Invitation.objects.filter(pk=sent[0].invitation_id).update(answered=True)
    assert rounds.remind(round=round, by=None) == 9
    assert Letter.objects.filter(kind="reminder").count() == 9
    with pytest.raises(ValidationError, match="al verstuurd"):
        rounds.remind(round=round, by=None)


def test_words_must_name_the_link_and_nothing_strange():
    round = a_round()
    language = round.languages.get(code="nl")
    from surveys.parts import FIXED

    part = {one.key: one for one in FIXED}
    about = {"round": round, "language": language, "audience": "", "by": None}
    with pytest.raises(ValidationError, match=r"\{link\}"):
        change_texts(words={part["mail.body"]: "Hallo {unsubscribe}"}, **about)
    with pytest.raises(ValidationError, match=r"\{naam\} kan hier niet staan"):
        change_texts(words={part["page.title"]: "Dag {naam}"}, **about)
    assert change_texts(words={part["page.title"]: "Vertel eens"}, **about) == 1
    assert change_texts(words={part["page.title"]: "Vertel eens"}, **about) == 0
    text = round.texts.get(part="page.title", language="nl")
    assert [row.body for row in text.history.all()] == ["Vertel eens", "Hoe ging de hulp?"]


def test_questions_and_languages_come_and_go_in_a_draft():
    round = a_round()
    add_question(round=round, by=None, key="extra", kind="one", options=["a", "b"])
    assert [label for _, gaps in missing_texts(round) for label in gaps][:3] == [
        "Vraag 'extra'", "Keuze 'a' bij 'extra'", "Keuze 'b' bij 'extra'",
    ]  # fmt: skip
    question = round.questions.get(key="extra")
    move_up(question=question, by=None)
    assert [one.key for one in round.questions.all()][-2:] == ["extra", "better"]
    drop_question(question=question, by=None)
    polish = add_language(round=round, code="pl", name="Polski", right_to_left=False, by=None)
    assert [one.code for one, _ in missing_texts(round)] == ["pl"]
    drop_language(round=round, language=polish, by=None)
    with pytest.raises(ValidationError, match="Nederlands blijft"):
        drop_language(round=round, language=round.languages.get(code="nl"), by=None)
    assert missing_texts(round) == []


def test_a_first_page_may_say_how_many_questions_there_are_and_so_do_all_that_stand_ready():
    from surveys.parts import FIXED

    intro, title = (
        next(one for one in FIXED if one.key == f"page.{key}") for key in ("intro", "title")
    )
    assert refusal(intro, "Er zijn {total} vragen.") == ""
    assert "{number} kan hier niet staan" in refusal(intro, "Vraag {number}")
    assert "{total} kan hier niet staan" in refusal(title, "{total} vragen")
    for code, one in ready.languages().items():
        for said in ready.words_of(one["texts"]["page.intro"]).values():
            assert said.count("{total}") == 1, code
