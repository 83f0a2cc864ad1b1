"""A round in the making, one that runs with the mother in it, one that is over with a report, and
answers of nobody."""

from django.db.models.functions import Now

from accounts.models import User
from accounts.sealing import seal
from surveys.models import (
    Dropped,
    FormerLink,
    Given,
    Group,
    Invitation,
    Letter,
    OptOut,
    Progress,
    Question,
    Remark,
    Response,
    Round,
)
from surveys.remarks import purpose_of_shown, purpose_of_words
from surveys.services.rounds import make_round
from tests.cases.office import TOMORROW
from tests.matrix import cast
from tests.matrix.seeding import Seeder, yesterday_at_noon


def write_surveys(seed: Seeder, users: dict[str, User]) -> None:
    draft = make_round(name="In de maak", like=None, by=users[cast.REPORTER])
    seed.rows["draft"] = draft
    seed.rows["question"] = draft.questions.get(position=2)
    seed.rows["round"] = round = Round.objects.create(name="Loopt al")
    # Words of its own would be as many again; a page of it falls back on nothing.
    question = Question.objects.create(round=round, position=1, key="why", kind="text")
    round.languages.create(code="nl", name="Nederlands")
    group = Group.objects.create(round=round, key="everybody", label="Iedereen", invited=10)
    mother = seed.rows["mother"]
    invitation = seed.row(
        Invitation, cast.NOBODY, round=round, person=mother, audience="parent", group=group
    )
    round.state, round.started_at, round.ends_on = Round.State.RUNNING, Now(), TOMORROW
    round.save()
    seed.rows["letter"] = seed.row(
        Letter, cast.NOBODY, invitation=invitation, kind="invitation", message_id="<3@example.org>",
        state="refused", cause="550", finished_at=yesterday_at_noon(),
    )  # fmt: skip
    seed.row(FormerLink, cast.NOBODY, letter=seed.rows["letter"], unsubscribe_hash="0" * 64)
    seed.row(OptOut, cast.NOBODY, person=mother)
    seed.row(Progress, cast.NOBODY, id="0" * 64, round=round)
    seed.row(Dropped, cast.NOBODY, round=round, once="0" * 64)
    Response.objects.bulk_create(Response(round=round, group=group) for _ in range(10))
    seed.rows["remark"] = _remark(seed, question)
    seed.rows["released"] = _remark(seed, question, state="released")
    seed.rows["over"] = _that_is_over()


def _remark(seed: Seeder, question: Question, state: str = "new") -> Remark:
    """About nobody; of what was written only the officer reads it, of what was released others do
    too."""
    remark = Remark(question=question, state=state)
    written = seed.text("surveys.Remark.sealed", frozenset({cast.OFFICER}), [])
    remark.sealed = seal(written, purpose=purpose_of_words(remark.pk))
    if state == "released":
        readers = frozenset({cast.OFFICER, cast.REPORTER})
        released = seed.text("surveys.Remark.shown", readers, [])
        remark.shown = seal(released, purpose=purpose_of_shown(remark.pk))
    remark.save(force_insert=True)
    return remark


def _that_is_over() -> Round:
    """Ten answered one question, and nobody the other: of that one nothing is told."""
    round = Round.objects.create(name="Voorbij")
    satisfied = Question.objects.create(
        round=round, position=1, key="satisfied", kind="one", options=["yes", "mostly", "no"]
    )
    Question.objects.create(round=round, position=2, key="grade", kind="scale", lowest=1, highest=9)
    round.languages.create(code="nl", name="Nederlands")
    group = Group.objects.create(round=round, key="everybody", label="Iedereen", invited=12)
    round.state, round.started_at, round.ended_at = Round.State.ENDED, Now(), Now()
    round.save()
    Response.objects.bulk_create(Response(round=round, group=group) for _ in range(10))
    Given.objects.bulk_create(
        Given(group=group, question=satisfied, options=["yes" if one else "no"])
        for one in range(10)
    )
    return round
