"""A round that is over, with answers of everybody's own choice: through the real drop box, without
a browser. The test keeps a ledger beside it."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from cases.models import Person
from cases.searching import index_people
from surveys.models import Group, Invitation, Letter, Question, Round
from surveys.services.answering import Opened, send_in
from surveys.services.letters import new_letters
from surveys.services.moving import empty_boxes
from surveys.services.rounds import end, make_round
from tests.surveys.crowd import a_crowd

Answers = dict[str, Any]


@dataclass
class Ledger:
    """Plain counting, by hand: question key -> answers given, and so by group."""

    answered: Counter = field(default_factory=Counter)
    said: dict[tuple[str, str], list] = field(default_factory=lambda: defaultdict(list))

    def note(self, group: str, answers: Answers) -> None:
        for name in ("", group):
            self.answered[name] += 1
            for key, answer in answers.items():
                self.said[name, key].append(answer)


def a_round_that_is_over(
    name: str,
    groups: dict[str, int],
    choose: Callable[[str, int], Answers | None],
    *,
    like: Round | None = None,
    bounced: int = 0,
) -> tuple[Round, Ledger]:
    """`groups`: key -> how many are invited. `choose(group, number)`: question key -> what one says
    (options, a number or a text); None: no answer. The last `bounced` of who says nothing get
    their letter back."""
    round = a_running_round_of(name, groups, like)
    questions = {one.key: one for one in round.questions.all()}
    ledger, silent = Ledger(), []
    for group in round.groups.all():
        for number, one in enumerate(Invitation.objects.filter(group=group).order_by("pk")):
            answers = choose(group.key, number)
            if answers is None:
                silent.append(one)
                continue
            drop(one, {questions[key]: answer for key, answer in answers.items()})
            ledger.note(group.label, answers)
    _come_back(silent[:bounced])
    empty_boxes()
    end(round=round, by=None)
    empty_boxes()
    round.refresh_from_db()
    return round, ledger


def drop(invitation: Invitation, answers: dict[Question, Any]) -> None:
    """As who has the link in hand sends it in."""
    opened = Opened(
        f"van {invitation.pk}", invitation.round, invitation.audience, invitation.pk,
        invitation.group_id,
    )  # fmt: skip
    send_in(opened, {str(one.pk): _as_sent(one, answer) for one, answer in answers.items()})


def _as_sent(question: Question, answer: Any) -> Answers:
    if question.kind == Question.Kind.TEXT:
        return {"text": answer}
    if question.kind == Question.Kind.SCALE:
        return {"number": answer}
    return {"options": answer if isinstance(answer, list) else [answer]}


def a_running_round_of(name: str, groups: dict[str, int], like: Round | None) -> Round:
    """With its invitations sent. The people are those of one crowd, whatever their group."""
    many = sum(groups.values())
    if (there := Person.objects.filter(number__startswith="M0").count()) < many:
        assert there == 0, "de eerste ronde vraagt de meesten"
        a_crowd(many)
        index_people(Person.objects.filter(number__startswith="M0"))
    people = list(Person.objects.filter(number__startswith="M0").order_by("number")[:many])
    round = make_round(name=name, like=like, by=None)
    for key, invited in groups.items():
        label = {"child": "Kinderen", "parent": "Ouders"}.get(key, key)
        group = Group.objects.create(round=round, key=key, label=label, invited=invited)
        chosen, people = people[:invited], people[invited:]
        Invitation.objects.bulk_create(
            Invitation(round=round, person=one, audience="parent", group=group) for one in chosen
        )
    round.state, round.started_at = Round.State.RUNNING, timezone.now()
    round.ends_on = date.today() + timedelta(days=30)
    round._change_reason = "Gestart"
    round.save()
    new_letters(Invitation.objects.filter(round=round), Letter.Kind.INVITATION)
    letters = Letter.objects.filter(invitation__round=round)
    letters.update(state=Letter.State.SENT, finished_at=timezone.now())
    return round


def _come_back(invitations: list[Invitation]) -> None:
    letters = Letter.objects.filter(invitation__in=invitations)
    letters.update(state=Letter.State.BOUNCED, cause="bounced", finished_at=timezone.now())


def random_answers(seed: int, *, response: float = 0.7, skips: float = 0.2):
    """Somebody's choice by chance, but the same for the same seed."""
    chance = Random(seed)

    def choose(group: str, number: int) -> Answers | None:
        if chance.random() > response:
            return None
        several = ["trust", "contact", "livelihood", "control"]
        said = {
            "satisfied": chance.choice(["yes", "mostly", "little", "no"]),
            "helped": sorted(chance.sample(several, chance.randint(1, 4))),
            "grade": chance.randint(1, 10),
            "good": f"={number}+1 van {group}",
        }
        return {key: answer for key, answer in said.items() if chance.random() > skips} or None

    return choose
