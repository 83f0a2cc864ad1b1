"""Who is in the canary family, and everything that is known of it."""

import uuid
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts import grants
from accounts.models import Draft, Employment, OutgoingMail, SecondFactorReset, User
from cases import models as m
from cases.searching.index import index_people
from cases.services import assign, close, register, start
from cases.services.exceptions import READ_SHARED, WRITE_SHARED
from cases.status import Status
from cases.stored_files.folder import keep
from reporting.models import Activity, LinkageBatch
from tests.cases.office import LAST_MONTH, LAST_WEEK, TODAY, TOMORROW
from tests.matrix import cast
from tests.matrix.seeding import HOUR, Seeder, yesterday_at_noon

# A number says nothing by itself; who reads figures and who oversees sees it.
NUMBERS = cast.FAMILY_READERS | cast.REPORT_READERS | {cast.OFFICER}
NAMES = cast.FAMILY_READERS | {cast.OFFICER}
FAMILY, REGISTRATION = cast.FAMILY_READERS, cast.REGISTRATION_READERS


def write_family(seed: Seeder, users: dict[str, User]) -> None:
    """Everything of a family; addresses find it in `seed.rows`, by label or by a word."""
    _people(seed)
    _registrations(seed, users)
    _of_the_family(seed)
    _of_the_registration(seed, users)
    _exceptions(seed, users)


def _people(seed: Seeder) -> None:
    number = f"G{seed.text('cases.Family.number', NUMBERS)}".upper()
    seed.rows["family"] = m.Family.objects.create(number=number)
    ids = {role: uuid.uuid4() for role in ("mother", "father", "child")}
    seed.about = list(ids.values())
    for role, own in ids.items():
        seed.rows[role] = seed.row(
            m.Person,
            FAMILY,
            about=[own],
            id=own,
            number=seed.text("cases.Person.number", NUMBERS, [own]).upper(),
            first_name=seed.text("cases.Person.first_name", NAMES, [own]),
            last_name=seed.text("cases.Person.last_name", NAMES, [own]),
        )
        seed.row(
            m.FamilyMember, FAMILY, about=[own],
            person=seed.rows[role], family=seed.rows["family"], role=role,
        )  # fmt: skip
        index_people([own])
        key = m.SearchKey.objects.get(person=own)
        key.pieces.append(seed.text("cases.SearchKey.pieces", cast.NOBODY, [own]))
        key.save()


def _registrations(seed: Seeder, users: dict[str, User]) -> None:
    number = seed.text("cases.Registration.number", NUMBERS).upper()
    own = seed.rows["registration"] = m.Registration.objects.create(number=number)
    seed.row(m.Intake, REGISTRATION, registration=own, family=seed.rows["family"])
    seed.row(m.Applicant, REGISTRATION, registration=own, person=seed.rows["mother"], position=1)
    for status in (Status.RUNNING, Status.CLOSED, Status.REOPENED):
        reason = None
        if status == Status.CLOSED:
            word = seed.canaries.entry("cases.StatusChange.reason", REGISTRATION, seed.about)
            reason = seed.code("closing_reason", word)
        seed.row(m.StatusChange, REGISTRATION, registration=own, status=status, reason=reason)
    seed.row(
        m.Assignment, REGISTRATION, registration=own, supervisor=users[cast.FORMER],
        happened_on=LAST_MONTH, ended_on=LAST_WEEK,
    )  # fmt: skip
    assign(registration=own, supervisor=users[cast.OWNER], on=LAST_WEEK, by=None)
    second = register(
        applicants=[seed.rows["father"]],
        happened_on=LAST_MONTH,
        family=seed.rows["family"],
        by=None,
    )
    start(registration=second, on=LAST_MONTH, by=None)
    assign(registration=second, supervisor=users[cast.OTHER_PARENT], on=LAST_WEEK, by=None)
    _closed_last_week(seed, users[cast.AFTERCARE])


def _closed_last_week(seed: Seeder, supervisor: User) -> None:
    third = register(
        applicants=[seed.rows["child"]],
        happened_on=LAST_MONTH,
        family=seed.rows["family"],
        by=None,
    )
    assign(registration=third, supervisor=supervisor, on=LAST_MONTH, by=None)
    start(registration=third, on=LAST_MONTH, by=None)
    reason = m.Code.objects.in_list("closing_reason").first()
    close(registration=third, on=LAST_WEEK, reason=reason, by=None)


def _of_the_family(seed: Seeder) -> None:
    family, child = seed.rows["family"], seed.rows["child"]
    mother = seed.rows["mother"]
    seed.row(m.Custody, FAMILY, parent=mother, child=child, holds=True)
    seed.row(m.Placement, FAMILY, child=child, measure=True)
    for model in (
        m.FamilyComposition,
        m.DesiredSituation,
        m.PlacementReason,
        m.SupportRequest,
        m.Support,
        m.ExplanatoryAnalysis,
        m.InstitutionInvolvement,
    ):
        seed.row(model, FAMILY, family=family)
    seed.row(m.Result, FAMILY, family=family, child=child)
    seed.row(m.Complaint, FAMILY, family=family, number=seed.text("cases.Complaint.number", FAMILY))


def _of_the_registration(seed: Seeder, users: dict[str, User]) -> None:
    own, mother = seed.rows["registration"], seed.rows["mother"]
    owner = users[cast.OWNER]

    def row(model: Any, **given: Any) -> None:
        seed.row(model, REGISTRATION, registration=own, **given)

    row(m.Arrival, channel="phone", announcer="parent", consent=True)
    row(m.TargetGroupCheck, affected="yes", placement="yes")
    row(m.Contact, person=mother, minutes=45, at="10:15")
    # Given to someone who had the registration then, and nothing to do with it now.
    row(m.Task, due_on=TOMORROW, created_by=owner, owner=users[cast.FORMER])
    row(m.Task, due_on=TOMORROW, created_by=owner)
    row(m.FormalRequest, person=mother)
    row(m.Consent, person=mother, given=True, given_by="self")
    row(m.Transfer)
    kept = keep([seed.text("cases.Document (het bestand)", REGISTRATION).encode()])
    row(m.Document, media_type="application/pdf", **vars(kept))
    decided = {"decided_at": yesterday_at_noon(), "decided_by": users[cast.COVER]}
    row(
        m.Handover, giver=owner, receiver=users[cast.COVER], takes_over_on=LAST_WEEK,
        state="refused", offered_by=owner, **decided,
    )  # fmt: skip
    receipt = seed.text("cases.WebRegistration.receipt", cast.ASSIGNERS)
    seed.row(
        m.WebRegistration, cast.ASSIGNERS,
        registration=own, receipt=receipt, state="joined", **WEB, **decided,
    )  # fmt: skip
    family = seed.rows["family"]
    went = m.Family.objects.create(number=f"G{uuid.uuid4()}"[:20])
    seed.row(
        m.Merge, FAMILY, kind="family", family=family, kept=family.pk, gone=went.pk,
        moved={"facts": {}, "rows": {}, "people": [], "drafts": {}},
        merged_at=yesterday_at_noon(), merged_by=users[cast.MANAGER],
    )  # fmt: skip


def _exceptions(seed: Seeder, users: dict[str, User]) -> None:
    owner, manager, kin = users[cast.OWNER], users[cast.MANAGER], users[cast.KIN]
    own = seed.rows["registration"]
    covering = {"absent": owner, "substitute": users[cast.COVER]}
    involved = cast.MANAGERS | {cast.OWNER, cast.COVER}
    days = {"happened_on": LAST_WEEK, "ended_on": TOMORROW}
    seed.row(m.Cover, involved, about=[], **covering, **days)
    seed.row(
        m.ConflictOfInterest, frozenset({cast.MANAGER, cast.KIN}),
        about=[seed.rows["mother"].pk], user=kin, person=seed.rows["mother"], happened_on=LAST_WEEK,
    )  # fmt: skip
    for to, permission in (
        (cast.SHARED, READ_SHARED),
        (cast.HELPING, WRITE_SHARED),
        (cast.CLOSED, READ_SHARED),
    ):
        seed.rows["grant"] = grants.give(
            to=users[to],
            target=own,
            permission=permission,
            reason=seed.text("cases.RegistrationGrant.reason", REGISTRATION),
            until=yesterday_at_noon() + 72 * HOUR,
            by=manager,
        )
    judged = {
        "judged_at": yesterday_at_noon(),
        "judged_by": manager,
        "judgement": "right",
        "judgement_note": seed.text("cases.EmergencyAccess.judgement_note", cast.JUDGES),
    }
    for more in (judged, {"judgement_note": ""}):
        reason = seed.text("cases.EmergencyAccess.reason", cast.JUDGES)
        seed.rows["emergency"] = emergency(
            users["bystander"], yesterday_at_noon(), own, f"{reason} en meer woorden", **more
        )
    reason = seed.text("cases.EmergencyAccess.reason", cast.JUDGES)
    emergency(users[cast.EMERGENCY], timezone.now(), own, f"{reason} en meer woorden")


def emergency(
    user: User, begin: datetime, registration: m.Registration, reason: str, **more: Any
) -> m.EmergencyAccess:
    return m.EmergencyAccess.objects.create(
        user=user,
        registration=registration,
        ground="safety",
        reason=reason,
        begins_at=begin,
        ends_at=begin + HOUR,
        **more,
    )


WEB = {"announcer": "parent", "consent": True}


def write_staff(seed: Seeder, users: dict[str, User]) -> None:
    """What is of no family: accounts, letters, one's own drafts and views."""
    seed.about = []
    owner = users[cast.OWNER]
    just_owner = frozenset({cast.OWNER})
    bystander = seed.rows["bystander"] = seed.row(
        User,
        cast.NOBODY,
        email=f"{seed.text('accounts.User.email', cast.PEOPLE_READERS)}@example.org",
        name=seed.text("accounts.User.name", cast.SIGNED_IN),
    )
    seed.rows["reset"] = seed.row(
        SecondFactorReset, cast.PEOPLE_READERS, user=bystander,
        asked_by=users[cast.ADMINISTRATOR], expires_at=yesterday_at_noon() + 72 * HOUR,
    )  # fmt: skip
    seed.row(Employment, cast.MANAGERS, supervisor=owner, happened_on=LAST_WEEK, fte="0.9")
    seed.row(Draft, just_owner, user=owner, form="kanarie")
    seed.row(m.SavedView, just_owner, user=owner, page="kanarie")
    manager = users[cast.MANAGER]
    seed.row(m.SavedView, frozenset({cast.MANAGER}), about=[], user=manager, page="team")
    seed.row(
        m.AccessReview, frozenset({cast.OFFICER}), rule="night", first_line=1, last_line=1,
        reviewed_at=yesterday_at_noon(), reviewed_by=users[cast.OFFICER],
    )  # fmt: skip
    _letters(seed)
    # Sent in by the site, and of no family yet: it waits for any manager.
    receipt = seed.text("cases.WebRegistration.receipt", cast.MANAGERS)
    seed.rows["web"] = seed.row(
        m.WebRegistration, cast.MANAGERS, receipt=receipt, decision_note="", **WEB
    )
    seed.row(
        Activity, cast.REPORT_READERS, happened_on=TODAY,
        section=m.Code.objects.in_list("activity_section").first(),
    )  # fmt: skip
    counts = {"label": "Koppeling 1", "parents": 12, "children": 30, "letters": 12}
    seed.row(LinkageBatch, cast.REPORT_READERS, happened_on=TODAY, **counts)


def _letters(seed: Seeder) -> None:
    address = f"{seed.text('accounts.OutgoingMail.to', cast.NOBODY)}@example.org"
    seed.row(
        OutgoingMail, cast.NOBODY, to=address, error="", message_id="<1@example.org>", purpose="x"
    )
    seed.row(
        OutgoingMail, cast.NOBODY, to=address, sealed_body="", message_id="<2@example.org>",
        purpose="x", state="failed", finished_at=yesterday_at_noon(),
    )  # fmt: skip
