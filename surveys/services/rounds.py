"""A round from its making to its end."""

from collections import Counter
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from simple_history.utils import bulk_create_with_history

from accounts.sealing import CannotOpen
from surveys import ready
from surveys.choosing import Candidate, TooFew, choose, coarse_groups
from surveys.choosing.groups import LABELS, fine_group
from surveys.models import Group, Invitation, Language, Letter, Question, Round, Text
from surveys.models.rounds import MOST_MONTHS_BETWEEN, RULES
from surveys.parts import is_said_in

from .letters import new_letters, skip_waiting
from .moving import SHUT_BOX, mark_answered
from .texts import locked_draft, missing_texts

READY = "Met de klaargezette vragen begonnen"
NAME_TAKEN = "Er is al een ronde met deze naam. Kies een andere."
STALE = (
    "Iemand anders paste de regels intussen aan. Wat jij koos staat er nog. Moet dat gelden, leg "
    "het dan nog een keer vast."
)
TOO_FEW = (
    "Er zijn te weinig mensen om te vragen: minstens 10. Anders zegt een antwoord te veel over "
    "wie het gaf."
)


@transaction.atomic
def make_round(*, name: str, like: Round | None, by: Any) -> Round:
    """A draft, with the words and questions of `like`, or those that stand ready.

    Raises ValidationError, such as when there is a round of that name.
    """
    rules = {rule: getattr(like, rule) for rule in RULES} if like else {}
    if like:
        rules["months_between"] = min(like.months_between, MOST_MONTHS_BETWEEN)
    round = Round(**rules | {"name": name})
    try:
        with transaction.atomic():
            _save(round, by, "Ronde begonnen")
    except IntegrityError:  # of two at once with this name
        raise ValidationError(NAME_TAKEN, code="name") from None
    rows = _like(like, round) if like else _ready(round)
    why = f"Overgenomen van {like.name}" if like else READY
    for model in (Language, Question, Text):
        bulk_create_with_history(
            [row for row in rows if isinstance(row, model)],
            model,
            default_user=by,
            default_change_reason=why,
        )
    return round


def _like(like: Round, round: Round) -> list[Language | Question | Text]:
    texts = [one for one in like.texts.all() if is_said_in(one.language, one.part)]
    rows = [*like.languages.all(), *like.questions.all(), *texts]
    skipped = {"id", "round"}
    return [
        type(row)(
            round=round,
            **{
                field.name: getattr(row, field.name)
                for field in row._meta.concrete_fields
                if field.name not in skipped
            },
        )
        for row in rows
    ]


def _ready(round: Round) -> list[Language | Question | Text]:
    rows: list[Language | Question | Text] = [
        Question(round=round, position=position, **fields)
        for position, fields in enumerate(ready.questions(), start=1)
    ]
    for position, (code, one) in enumerate(ready.languages().items()):
        flags = {name: one[name] for name in ("name", "right_to_left", "to_be_checked")}
        rows.append(Language(round=round, code=code, position=position, **flags))
        rows += [
            Text(round=round, part=part, audience=audience, language=code, body=body)
            for part, said in one["texts"].items()
            for audience, body in ready.words_of(said).items()
        ]
    return rows


def change_rules(*, round: Round, by: Any, seen: str | None = None, **rules: Any) -> None:
    """Who is asked, and until when. `seen`: the version that was looked at, if any. Raises
    ValidationError, 'stale' when someone else changed them since."""
    with transaction.atomic():
        round = locked_draft(round)
        if seen not in (None, version_of(round)):
            raise ValidationError(STALE, code="stale")
        for name, value in rules.items():
            setattr(round, name, value)
        _save(round, by, "Regels aangepast")


def version_of(round: Round) -> str:
    """Another after every change of the rules."""
    return str(round.history.values_list("history_id", flat=True).latest("history_id"))


def start(*, round: Round, by: Any, today: date) -> int:
    """Fix who is asked, in which coarse group; their letters wait to be sent. How many they are.

    Raises ValidationError: something is missing, or someone else started it.
    """
    with transaction.atomic():
        round = locked_draft(round)
        if obstacles := obstacles_to(round, today):
            raise ValidationError(obstacles)
        chosen = [one for one in choose(round, today=today) if not one.reason]
        try:
            belongs = coarse_groups(chosen)
        except TooFew:
            raise ValidationError(TOO_FEW, code="few") from None
        groups = _groups(round, chosen, belongs)
        invitations = Invitation.objects.bulk_create(
            Invitation(
                round=round,
                person_id=one.person,
                audience=one.audience,
                group=groups[belongs[fine_group(one)]],
            )
            for one in chosen
        )
        new_letters(invitations, Letter.Kind.INVITATION)
        round.state, round.started_at, round.started_by = Round.State.RUNNING, Now(), by
        _save(round, by, "Gestart", checked=False)
    return len(invitations)


def _groups(round: Round, chosen: list[Candidate], belongs: dict[str, str]) -> dict[str, Group]:
    sizes = Counter(belongs[fine_group(one)] for one in chosen)
    return {
        key: Group.objects.create(round=round, key=key, label=LABELS[key], invited=many)
        for key, many in sizes.items()
    }


def obstacles_to(round: Round, today: date) -> list[str]:
    """What must be done before the round can start, in Dutch."""
    found = []
    if round.ends_on is None:
        found.append("Kies tot en met welke dag mensen kunnen antwoorden.")
    elif round.ends_on <= today:
        found.append("De laatste dag is voorbij. Kies een dag na vandaag.")
    if not round.questions.exists():
        found.append("Er is nog geen vraag.")
    for language, gaps in missing_texts(round):
        more = f" en nog {len(gaps) - 3}" if len(gaps) > 3 else ""
        found.append(f"In het {language.in_dutch} ontbreekt: {', '.join(gaps[:3])}{more}.")
    return found


def remind(*, round: Round, by: Any) -> int:
    """Once: a letter to who got the first and hasn't answered. How many. Raises ValidationError."""
    _not_reminded_yet(Round.objects.get(pk=round.pk))  # before anybody is marked for it
    try:
        mark_answered(round, at_least=1)  # whoever answered is not reminded
    except CannotOpen:
        raise ValidationError(SHUT_BOX, code="shut") from None
    with transaction.atomic():
        round = _locked_and_running(round)
        _not_reminded_yet(round)
        sent = Invitation.objects.filter(
            round=round,
            answered=False,
            letters__kind=Letter.Kind.INVITATION,
            letters__state=Letter.State.SENT,
        )
        invitations = list(sent.order_by("pk"))
        new_letters(invitations, Letter.Kind.REMINDER)
        round.reminded_at = Now()
        _save(round, by, "Herinnerd", checked=False)
    return len(invitations)


def end(*, round: Round, by: Any) -> None:
    """Nobody can answer any more. Raises ValidationError when it doesn't run."""
    with transaction.atomic():
        round = _locked_and_running(round)
        skip_waiting(round)  # these surely never left
        round.state, round.ended_at = Round.State.ENDED, Now()
        _save(round, by, "Beëindigd" if by else "De laatste dag is voorbij", checked=False)


def _locked_and_running(round: Round) -> Round:
    locked = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    _runs(locked)
    return locked


def _runs(round: Round) -> None:
    if not round.is_running:
        now = "nog niet begonnen" if round.is_draft else "al beëindigd"
        raise ValidationError(f"Deze ronde is {now}.", code="state")


def _not_reminded_yet(round: Round) -> None:
    _runs(round)
    if round.reminded_at:
        raise ValidationError("De herinnering is al verstuurd. Vaker kan niet.", code="twice")


def end_what_is_over(today: date) -> None:
    """The day after the last one."""
    for round in Round.objects.filter(state=Round.State.RUNNING, ends_on__lt=today):
        end(round=round, by=None)


def _save(row: Any, by: Any, reason: str, *, checked: bool = True) -> None:
    row._history_user, row._change_reason = by, reason
    if checked:
        row.full_clean()
    row.save()
