"""Every relation to a family, a registration or a person, and what a merge does with it.

The one list of them: a test walks all models and fails when a relation isn't in it. The reasons
stand in docs/dossier.md under 'Samenvoegen'.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Model

from cases import models as m


class Does(StrEnum):
    MOVES = "verhuist"  # a fact: withdrawn, and added again at what stays
    ENDS = "vervalt"  # a fact of the course of a registration: only withdrawn
    POINTS = "wijst naar wat blijft"  # a row that isn't a fact
    STAYS = "blijft staan"  # what was so then: of the number it was about then
    ANEW = "opnieuw gemaakt"  # follows from the rest


@dataclass(frozen=True)
class Relation:
    """`fields`: those of `model` that point at one of the three.

    `fills`: what is taken over where two clash and what stays says nothing.
    `resets`: what it said of the course of the registration that it leaves: no longer so.
    `place`: a field that numbers them, so that a next one takes a free number.
    `asks`: two different answers are for people to settle. `silent`: not told in a preview.
    """

    model: type[Model]
    fields: tuple[str, ...]
    does: Does
    fills: tuple[str, ...] = ()
    resets: tuple[str, ...] = ()
    place: str = ""
    asks: bool = False
    silent: bool = False

    @property
    def columns(self) -> list[str]:
        return [self.model._meta.get_field(name).attname for name in self.fields]


def _moves(model: type[Model], *fields: str, **how) -> Relation:
    return Relation(model, fields, Does.MOVES, **how)


RELATIONS = (
    # Of the family.
    _moves(m.FamilyMember, "person", "family", fills=("role", "birth_date", "died_on")),
    _moves(m.Custody, "parent", "child"),
    _moves(m.FamilyComposition, "family"),
    _moves(m.DesiredSituation, "family"),
    _moves(m.PlacementReason, "family"),
    _moves(m.Placement, "child"),
    _moves(m.InstitutionInvolvement, "family"),
    _moves(m.SupportRequest, "family"),
    _moves(m.Support, "family"),
    _moves(m.Result, "family", "child"),
    _moves(m.ExplanatoryAnalysis, "family"),
    _moves(m.Complaint, "family"),
    # Of the registration.
    _moves(m.Intake, "registration", "family", fills=("route_id", "referrer_id")),
    _moves(m.Applicant, "registration", "person", place="position"),
    Relation(m.StatusChange, ("registration",), Does.ENDS),
    Relation(m.Assignment, ("registration",), Does.ENDS),
    _moves(m.Arrival, "registration"),
    _moves(m.TargetGroupCheck, "registration"),
    _moves(m.Contact, "registration", "person", resets=("first_phone", "welcome_planned")),
    _moves(m.FormalRequest, "registration", "person"),
    _moves(m.Consent, "registration", "person", asks=True),
    _moves(m.Transfer, "registration"),
    _moves(m.Document, "registration"),
    Relation(m.Task, ("registration",), Does.POINTS),
    Relation(m.WebRegistration, ("registration",), Does.POINTS),
    Relation(m.Handover, ("registration",), Does.POINTS),
    # Who may see it. None of it gives access to another registration: a running one is a stop.
    _moves(m.ConflictOfInterest, "person", silent=True),
    Relation(m.EmergencyAccess, ("registration",), Does.POINTS, silent=True),
    Relation(m.RegistrationGrant, ("content_object",), Does.STAYS),
    Relation(m.SearchKey, ("person",), Does.ANEW),
    Relation(m.Merge, ("family",), Does.STAYS),
)

# Of the floors above, which know what became of someone by asking (cases.merging.tracks).
BEYOND = {
    "surveys.Invitation.person": Does.STAYS,  # who is no longer in a family gets no letter
    "surveys.OptOut.person": Does.STAYS,
}

# What holds the id of one of the three, or may, without a foreign key.
LOOSE = {
    "accounts.Draft.object_id": Does.POINTS,
    "accounts.Draft.content": Does.STAYS,  # whom one had chosen: chosen again among who stay
    "accounts.AccessLine.object_id": Does.STAYS,
    "accounts.AccessLine.subjects": Does.STAYS,
    "cases.Merge.kept": Does.STAYS,
    "cases.Merge.gone": Does.STAYS,
    "cases.Merge.moved": Does.STAYS,
    "reporting.CountedIds.ids": Does.STAYS,
    "reporting.ComparedIds.lost": Does.STAYS,
    "reporting.ComparedIds.gained": Does.STAYS,
}

FACTS = tuple(one for one in RELATIONS if one.does in (Does.MOVES, Does.ENDS))
ROWS = tuple(one for one in RELATIONS if one.does is Does.POINTS)
