"""Merging two that turned out to be one: what it would do, doing it, undoing it.

What happens to each relation stands in cases.merging.relations; why, in docs/dossier.md.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from cases.access import Need, ground_of, visible_to
from cases.merging.carrying_out import carry_out
from cases.merging.pairing import Pairing
from cases.merging.plan import Plan, plan_of
from cases.merging.stops import stops_of
from cases.merging.tracks import what_stays
from cases.merging.undoing import put_back, why_not
from cases.models import Family, Merge, Person, Registration
from facts.recording import Recording, recording_alone

UNDONE = "Samenvoeging teruggedraaid"
Kind = Merge.Kind


def preview(*, pairing: Pairing, by: Any) -> tuple[Plan, list[str]]:
    """What would move and clash, and what has to be settled first. Nothing is written.

    Raises ValidationError, in Dutch, when `by` may not ('giver') or it was done already ('stale').
    """
    _must_assign(pairing, by)
    plan = plan_of(pairing)
    return plan, stops_of(plan)


def merge(*, pairing: Pairing, reason: str, by: Any) -> Merge:
    """What goes, goes into what stays: in one transaction, at one instant.

    Raises ValidationError, in Dutch: 'reason', 'giver', 'stale' (a colleague was first) or
    'settle', with everything that has to be settled first, or 'refused' by the database.
    """
    reason = reason.strip()
    if not reason:
        raise ValidationError("Schrijf waarom ze dezelfde zijn.", code="reason")
    with recording_alone(by=by, reason=f"Samengevoegd: {reason}") as now:
        _lock(pairing)
        plan, stops = preview(pairing=pairing, by=by)
        if stops:
            raise ValidationError([ValidationError(stop, code="settle") for stop in stops])
        moved = carry_out(plan, now)
        act, *parts = _acts(pairing)
        act.moved = moved
        for one in (act, *parts):
            one.part_of = None if one is act else act
            one.family, one.reason, one.merged_at, one.merged_by = pairing.kept, reason, now.at, by
            _written(one, now)
        _refuse_what_cannot_be()
    return act


def undo_merge(*, merge: Merge, by: Any) -> Merge:
    """Put everything back as it stood. Raises ValidationError, in Dutch: 'giver', 'stale' when it
    was undone already, or 'later' with what was done since that makes it impossible."""
    with recording_alone(by=by, reason=UNDONE) as now:
        act = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk, part_of=None)
        parts = list(act.parts.all())
        if act.undone_at:
            raise ValidationError(
                f"{act.undone_by} heeft deze samenvoeging intussen al teruggedraaid.", code="stale"
            )
        if not may_undo(act, by):
            raise ValidationError("Terugdraaien doet de teammanager van dit gezin.", code="giver")
        if later := why_not(act):
            raise ValidationError(later, code="later")
        for one in (act, *parts):
            one.undone_at, one.undone_by = now.at, by
            _written(one, now)
        act.moved["back"] = put_back(act, now)
        _written(act, now)
        _refuse_what_cannot_be()
    return act


def may_undo(act: Merge, by: Any) -> bool:
    """Whoever may assign what was merged, as it stands now."""
    family = what_stays([act.family_id]).get(act.family_id, act.family_id)
    kept = {one.kept for one in (act, *act.parts.all()) if one.kind == Kind.REGISTRATION}
    kept = {what_stays([one]).get(one, one) for one in kept}
    own = visible_to(by, Need.ASSIGN).filter(family=family)
    return own.exists() and own.filter(registration__in=kept).count() == len(kept)


def _acts(pairing: Pairing) -> list[Merge]:
    """The act, and what was done in it."""
    families = {pairing.gone.pk: pairing.kept.pk} if pairing.two_families else {}
    kinds = (
        (Kind.FAMILY, families),
        (Kind.REGISTRATION, pairing.registrations),
        (Kind.PERSON, pairing.people),
    )
    return [
        Merge(kind=kind, gone=gone, kept=kept)
        for kind, pairs in kinds
        for gone, kept in pairs.items()
    ]


def _must_assign(pairing: Pairing, by: Any) -> None:
    goes = pairing.goes
    ids = {pairing.kept.pk, pairing.gone.pk, *goes, *goes.values()}
    done = Merge.objects.standing().filter(gone__in=ids)
    first = done.select_related("merged_by").first()
    if first:
        raise ValidationError(
            f"{first.merged_by} heeft intussen samengevoegd wat je koos. Bekijk wat er nu staat.",
            code="stale",
        )
    families = {pairing.kept, pairing.gone}
    if any(ground_of(by, family, Need.ASSIGN) is None for family in families):
        raise _giver()
    ids = {*pairing.registrations, *pairing.registrations.values()}
    if visible_to(by, Need.ASSIGN).filter(registration__in=ids).count() != len(ids):
        raise _giver()


def _giver() -> ValidationError:
    return ValidationError(
        "Samenvoegen doet de teammanager die beide dossiers heeft. Laat het andere eerst aan jouw "
        "team overdragen.",
        code="giver",
    )


def _lock(pairing: Pairing) -> None:
    """Against rows that aren't facts: whoever writes one waits for this (cases.models.guarding)."""
    for model, ids in (
        (Family, {pairing.kept.pk, pairing.gone.pk}),
        (Registration, {*pairing.registrations, *pairing.registrations.values()}),
        (Person, {*pairing.people, *pairing.people.values()}),
    ):
        list(model.objects.select_for_update().filter(pk__in=ids).order_by("pk"))


def _refuse_what_cannot_be() -> None:
    """What the database would refuse at commit only, such as an answer that a parent gave for who
    turns out to be old enough to answer: said in its words, while it can still be told."""
    try:
        connection.check_constraints()
    except IntegrityError as error:
        said = error.__cause__.diag.message_primary if error.__cause__ else ""
        raise ValidationError(
            f"Zo kan het niet: {said} Verbeter dat eerst in het dossier.", code="refused"
        ) from error


def _written(row: Merge, now: Recording) -> None:
    row._history_user, row._change_reason = now.by, now.reason
    row.full_clean(exclude=["moved"])
    row.save()
