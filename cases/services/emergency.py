"""Noodtoegang: opening one file for an hour, telling who must know, and judging it afterwards."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from accounts.roles import PRIVACY_OFFICER, READ_ACCESS_LOG, may
from accounts.services.outbox import send_later
from cases.access import MANAGE_TEAM, shut_to
from cases.grounds import team, waiting
from cases.models import Assignment, EmergencyAccess, Family, Intake, Registration
from cases.models.access import LONGEST_EMERGENCY, SHORTEST_REASON
from facts.dates import AMSTERDAM
from facts.recording import recording
from facts.words import day, moment
from facts.working_days import after_working_days

OPEN_IN_EMERGENCY = "cases.open_in_emergency"
JUDGE_EMERGENCY = "cases.judge_emergency"
WORKING_DAYS_TO_JUDGE = 5
NOT_POSSIBLE = "Met dit nummer kan dit niet. Controleer het nummer, of overleg met je teammanager."


def open_in_emergency(
    *, registration: Registration, ground: str, reason: str, by: Any, site: str = ""
) -> EmergencyAccess:
    """From now on `by` may read this file for an hour; its manager and the privacy officers are
    told. `site`: where the pages live, as the reader sees it.

    Raises ValidationError, in Dutch: 'not_possible' (whoever asks learns no more than that),
    'unjudged' or 'reason'.
    """
    with recording(by=by, reason=reason) as now:
        User.objects.select_for_update().get(pk=by.pk)  # of two at once, one waits and is refused
        intake = registration.intakes.standing().select_related("family").get()
        _refuse_impossible(intake, reason, by)
        access = EmergencyAccess(
            user=by,
            registration=registration,
            ground=ground,
            reason=reason.strip(),
            begins_at=now.at,
            ends_at=now.at + LONGEST_EMERGENCY,
        )
        access._history_user, access._change_reason = by, "Noodtoegang geopend"
        access.full_clean()
        access.save()
        for colleague in who_must_know(access):
            _tell(colleague, access, intake.family, site)
    return access


def _refuse_impossible(intake: Intake, reason: str, by: Any) -> None:
    if not may(by, OPEN_IN_EMERGENCY) or shut_to(by).filter(family=intake.family_id).exists():
        raise ValidationError(NOT_POSSIBLE, code="not_possible")
    if len(reason.strip()) < SHORTEST_REASON:
        raise ValidationError(
            f"Schrijf in een zin waarom het niet kan wachten: minstens {SHORTEST_REASON} tekens.",
            code="reason",
        )
    if unjudged(by).exists():
        raise ValidationError(
            "Je vorige noodtoegang is nog niet beoordeeld. Tot dat is gebeurd, kun je er geen "
            "nieuwe openen. Bel je teammanager.",
            code="unjudged",
        )


def judge(*, access: EmergencyAccess, judgement: str, note: str, by: Any) -> EmergencyAccess:
    """Whether it was right. Raises ValidationError, in Dutch: 'stale', 'note' or 'not_possible'."""
    with recording(by=by, reason=note) as now:
        access = EmergencyAccess.objects.select_for_update().get(pk=access.pk)
        if access.judged_at is not None:
            raise ValidationError("Dit is intussen al beoordeeld.", code="stale")
        if not judged_by(by).filter(pk=access.pk).exists():
            raise ValidationError("Deze noodtoegang is niet aan jou.", code="not_possible")
        if judgement == EmergencyAccess.Judgement.WRONG and not note.strip():
            raise ValidationError(
                "Schrijf erbij waarom het niet terecht was, en wat er nu gebeurt.", code="note"
            )
        access.judged_at, access.judged_by = now.at, by
        access.judgement, access.judgement_note = judgement, note.strip()
        access._history_user, access._change_reason = by, "Noodtoegang beoordeeld"
        access.full_clean()
        access.save()
    return access


def judge_before(access: EmergencyAccess) -> date:
    """The last day on which it may be judged in time."""
    opened_on = access.begins_at.astimezone(AMSTERDAM).date()
    return after_working_days(opened_on, WORKING_DAYS_TO_JUDGE)


def unjudged(user: Any) -> QuerySet:
    """What `user` opened and nobody judged yet."""
    return EmergencyAccess.objects.filter(user=user, judged_at__isnull=True)


def judged_by(user: Any) -> QuerySet:
    """What `user` judges: the privacy officer all, a manager that of the own team's files. Never
    one's own, and never where a conflict of interest stands between."""
    if not may(user, JUDGE_EMERGENCY):
        return EmergencyAccess.objects.none()
    shut = Intake.objects.standing().filter(family__in=shut_to(user)).values("registration")
    others = EmergencyAccess.objects.exclude(Q(user=user) | Q(registration__in=shut))
    if may(user, READ_ACCESS_LOG):
        return others
    own = team(user).values("registration").union(waiting(user).values("registration"))
    return others.filter(registration__in=own)


def emergency_of(user: Any, family: Family) -> EmergencyAccess | None:
    """What `user` has open of this family at this moment; the one that lasts longest."""
    intakes = Intake.objects.standing().filter(family=family)
    opened = EmergencyAccess.objects.filter(
        user=user, registration__in=intakes.values("registration"), ends_at__gt=Now()
    )
    return opened.order_by("-ends_at").first()


def who_must_know(access: EmergencyAccess) -> QuerySet:
    """The managers of the team that has the file, or had it last, and every privacy officer. Of a
    file that nobody ever had: every manager."""
    last = (
        Assignment.objects.standing()
        .filter(registration=access.registration_id)
        .order_by("-happened_on", "-ended_on")  # of two on one day the open one
        .values_list("supervisor__team", flat=True)
        .first()
    )
    app, codename = MANAGE_TEAM.split(".")
    leads = Permission.objects.filter(content_type__app_label=app, codename=codename)
    managers = Q(groups__permissions__in=leads)
    if last:
        managers &= Q(team=last)
    officers = Q(groups__name=PRIVACY_OFFICER.name)
    people = User.objects.filter(managers | officers, is_active=True).exclude(pk=access.user_id)
    return people.distinct().order_by("email")


def _tell(colleague: User, access: EmergencyAccess, family: Family, site: str) -> None:
    """A letter with the number of the file and no names: mail is read along the way."""
    words = {
        "number": family.number,
        "opened": moment(access.begins_at),
        "ground": access.get_ground_display(),
        "judge_before": day(judge_before(access)),
        "link": (site or settings.SITE_URL).rstrip("/") + reverse("judge_emergencies"),
    }
    send_later(
        to=colleague.email,
        recipient=colleague,
        subject=f"Noodtoegang tot dossier {family.number}",
        text=render_to_string("cases/mail/emergency.txt", words),
        purpose="noodtoegang",
        by=access.user,
    )
