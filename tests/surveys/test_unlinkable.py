"""Whoever has the whole database after sending in can't lead an answer back to a person.

The tests attack: by keys, shared values, times, order, and the columns of the system itself.
"""

import logging
import random

import pytest
from django.apps import apps
from django.db import connection, models

from accounts.models import AccessLine
from cases.models import Person
from surveys.links import hash_of, new_link, place_of
from surveys.models import (
    Dropped,
    Given,
    Invitation,
    Letter,
    Progress,
    Remark,
    Response,
    Round,
)
from surveys.piles import Pile
from surveys.remarks import words_of
from surveys.services.answering import kept, open_link
from surveys.services.moving import empty_boxes, mark_answered, move_on
from surveys.services.reviewing import release
from surveys.services.rounds import end
from tests.surveys.asking import TODAY, a_running_round
from tests.surveys.saying import drop
from tests.surveys.visitors import answer, fill_in, link_of, send, visitor

SAID = (Progress, Dropped, Response, Given, Remark)
ASKED = (Invitation, Letter)
MANY = 24


def reached_from(model: type[models.Model]) -> set[type[models.Model]]:
    """All that can be reached by its keys, and by theirs."""
    found, ahead = set(), {model}
    while ahead:
        one = ahead.pop()
        found.add(one)
        ahead |= {f.related_model for f in one._meta.concrete_fields if f.is_relation} - found
    return found


@pytest.mark.parametrize("model", SAID, ids=lambda model: model.__name__)
def test_no_key_leads_from_what_was_said_to_who_was_asked(model):
    # The round knows who started it, so only its own fields are followed no further.
    keys = {f.related_model for f in model._meta.concrete_fields if f.is_relation}
    assert keys <= {Round, *apps.get_app_config("surveys").get_models()} - set(ASKED)
    for one in keys - {Round}:
        assert not {Person, Invitation, Letter} & (reached_from(one) - {Round})


@pytest.mark.parametrize("model", SAID, ids=lambda model: model.__name__)
def test_what_was_said_bears_no_time_no_number_and_no_history(model):
    kinds = {type(field) for field in model._meta.concrete_fields}
    timed = (models.DateField, models.TimeField, models.AutoField, models.DurationField)
    assert not [kind for kind in kinds if issubclass(kind, timed)]
    assert not hasattr(model, "history")
    assert not hasattr(Invitation, "history")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestAnAttack:
    """With rows that are committed as on a real day: `xmin` and `ctid` mean something then."""

    @pytest.fixture(autouse=True)
    def _settings(self, settings):
        settings.EVEN_SECONDS = 0

    @pytest.fixture
    def truth(self) -> dict[str, str]:
        """What each said, by invitation: everybody another mark. Known to the test alone."""
        round = a_running_round(many=MANY)
        said = {}
        people = list(Invitation.objects.filter(round=round))
        random.Random(7).shuffle(people)
        for number, one in enumerate(people):
            client = visitor(link_of(one))
            client.post("/enquete/", {"taal": "nl"})
            answer(client, 3, str(number % 10 + 1))
            answer(client, 4, f"woord{number}")
            send(client)
            said[str(one.pk)] = str(number % 10 + 1)
        return said

    def rows(self, table: str, what: str) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT xmin::text::bigint, ctid, {what} FROM {table} ORDER BY ctid")
            return cursor.fetchall()

    def dump(self) -> str:
        """Every value of every table, as someone with the whole database has it."""
        said = []
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f'SELECT t::text FROM "{table}" AS t')
                said += [row[0] for row in cursor.fetchall()]
        return "\n".join(said)

    def test_before_the_box_is_emptied(self, truth):
        """Sealed, of one length; and at sending in nothing of any invitation was written."""
        box = self.rows("surveys_dropped", "sealed, once")
        assert len(box) == MANY
        assert len({len(sealed) for _, _, sealed, _ in box}) == 1
        assert "woord3" not in self.dump()
        wrote = {xmin for xmin, *_ in box}
        near = {xmin + n for xmin in wrote for n in range(-2, 3)}
        # The letter of the next visitor in this test goes out by itself; on a real day all had.
        marks = {xmin for xmin, *_ in self.rows("surveys_invitation", "id")}
        assert not near & marks

    def test_after_it_the_columns_of_the_system_say_nothing(self, truth):
        round = Round.objects.get()
        empty_boxes()
        end(round=round, by=None)
        empty_boxes()
        assert Dropped.objects.count() == 0
        assert Response.objects.count() == MANY
        assert Invitation.objects.filter(answered=True).count() == MANY
        marks = self.rows("surveys_invitation", "id::text")
        given = self.rows("surveys_given", "number")
        for table in ("surveys_response", "surveys_given", "surveys_remark"):
            batches = self.sizes(table)
            assert min(batches) >= 10, f"{table}: a batch of {batches}"
        assert not {xmin for xmin, *_ in marks} & {xmin for xmin, *_ in given}
        self.guess_by_order(marks, given, truth)
        dump = self.dump()
        assert "woord3" not in dump, "free text stays sealed"
        assert not Letter.objects.exclude(link_hash=None).exists(), "no link leads to a person"

    def test_one_answer_at_a_time_marks_nobody_alone(self):
        """A sweep after each answer, as on a slow day: who looks after every one of them sees that
        ten got their mark, and not which ten by the columns of the system."""
        round = a_running_round(many=34)
        for letter in Letter.objects.filter(invitation__round=round):
            Letter.objects.filter(pk=letter.pk).update(link_hash=hash_of(new_link()))
        marked = 0
        for one in Invitation.objects.filter(round=round).order_by("pk"):
            drop(one, {round.questions.get(key="satisfied"): "yes"})
            empty_boxes()
            now = Invitation.objects.filter(answered=True).count()
            assert now - marked in (0, *range(10, 35)), f"{now - marked} got their mark"
            if now > marked:
                assert len(self.sizes("surveys_invitation")) == 1, "all are written at once"
                assert len(self.sizes("surveys_letter")) == 1
            marked = now
        assert marked == 30
        assert min(self.sizes("surveys_closedlink")) >= 10
        end(round=round, by=None)
        empty_boxes()
        assert Invitation.objects.filter(answered=True).count() == 34
        assert min(self.sizes("surveys_response")) >= 10
        assert len(self.sizes("surveys_invitation")) == 1

    def test_no_session_and_no_line_of_a_log_knows_who_answered_what(self, caplog):
        caplog.set_level(logging.DEBUG)
        one = a_running_round().invitations.order_by("pk").first()
        link = link_of(one)
        before = self.dump()
        caplog.clear()
        client = visitor(link)
        client.post("/enquete/", {"taal": "nl"})
        answer(client, 4, "woordzonderlog")
        send(client)
        assert "woordzonderlog" not in caplog.text
        for secret in (link, str(one.pk), str(one.person_id), one.person.email):
            assert secret not in caplog.text
        tables = ("accounts_accessline", "accounts_browsersession", "accounts_draft")
        for table in tables:
            assert not self.rows(table, "1"), f"{table}: a visitor leaves nothing"
        assert link not in before + self.dump()

    def test_reading_what_was_written_leaves_an_order_that_leads_to_nobody(self, truth):
        """The pile is gone through; whoever was marked n-th wrote the n-th text, or it lay there
        n-th? No better than chance."""
        round = Round.objects.get()
        empty_boxes()
        end(round=round, by=None)
        empty_boxes()
        pile = Pile(Round.objects.get())
        while remark := pile.remarks.first():
            release(remark, blacked_out=[], by=None)
        words = {str(one.pk): words_of(one) for one in Remark.objects.all()}
        rows = self.rows("surveys_remark", "id::text")
        assert len({xmin for xmin, *_ in rows}) == MANY, "each by itself"
        wrote = {invitation: f"woord{number}" for number, invitation in enumerate(truth)}
        marks = self.rows("surveys_invitation", "id::text")
        for order in (rows, sorted(rows), sorted(rows, key=lambda row: row[2])):
            for people in (marks, sorted(marks), sorted(marks, key=lambda row: row[2]), [*truth]):
                people = [one if isinstance(one, str) else one[2] for one in people]
                hits = sum(
                    wrote[person] == words[row[2]]
                    for person, row in zip(people, order, strict=True)
                )
                assert hits <= 6, "one of 24 is chance; more than six is no luck"
        assert "woord3" not in self.dump(), "what was released is sealed too"
        of_texts = [f"{pk}" for pk in words]
        log = str(list(AccessLine.objects.values("object_id", "detail", "part", "subjects")))
        assert not [pk for pk in of_texts if pk in log]

    def sizes(self, table: str) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table} GROUP BY xmin::text")
            return [row[0] for row in cursor.fetchall()]

    def guess_by_order(self, marks: list, given: list, truth: dict[str, str]) -> None:
        """The n-th who was marked gave the n-th answer? No better than chance."""
        orders = [marks, sorted(marks), sorted(marks, key=lambda row: row[2])]
        for order in orders:
            hits = sum(
                truth[mark[2]] == str(said[2]) for mark, said in zip(order, given, strict=True)
            )
            assert hits <= 10, "24 guesses at one in ten: more than ten right is no luck"

    def test_a_box_with_too_few_stays_shut(self, truth):
        round = Round.objects.get()
        Dropped.objects.filter(pk__in=Dropped.objects.values_list("pk", flat=True)[:15]).delete()
        mark_answered(round, at_least=1)
        assert move_on(round) == 0
        end(round=Round.objects.get(), by=None)
        assert move_on(Round.objects.get()) == 0
        assert Response.objects.count() == 0

    def test_half_filled_in_is_sealed_by_the_link_alone(self):
        round = a_running_round()
        one, two = Invitation.objects.filter(round=round)[:2]
        link = link_of(one)
        fill_in(visitor(link), remark="woordhalf")
        row = Progress.objects.get()
        assert "woordhalf" not in self.dump()
        assert row.pk not in Letter.objects.values_list("link_hash", flat=True)
        mine = open_link(link, today=TODAY)
        assert len(kept(mine)["answers"]) == 4
        # With the row of another put in its place, the seal doesn't open.
        theirs = open_link(link_of(two), today=TODAY)
        Progress.objects.filter(pk=row.pk).update(id=place_of(theirs.link))
        assert kept(theirs)["answers"] == {}
