"""Families and their files, one subject a file."""

from .access import ConflictOfInterest, Cover, EmergencyAccess, RegistrationGrant
from .codes import Code
from .family import (
    Custody,
    DesiredSituation,
    Family,
    FamilyComposition,
    FamilyMember,
    Person,
    PlacementReason,
    Role,
)
from .numbers import NumberSeries
from .placement import InstitutionInvolvement, Placement
from .registration import Applicant, Assignment, Intake, Registration, StatusChange
from .reviewing import AccessReview
from .support import Complaint, ExplanatoryAnalysis, Result, Support, SupportRequest

__all__ = [
    "AccessReview",
    "Applicant",
    "Assignment",
    "Code",
    "Complaint",
    "ConflictOfInterest",
    "Cover",
    "Custody",
    "DesiredSituation",
    "EmergencyAccess",
    "ExplanatoryAnalysis",
    "Family",
    "FamilyComposition",
    "FamilyMember",
    "InstitutionInvolvement",
    "Intake",
    "NumberSeries",
    "Person",
    "Placement",
    "PlacementReason",
    "Registration",
    "RegistrationGrant",
    "Result",
    "Role",
    "StatusChange",
    "Support",
    "SupportRequest",
]
