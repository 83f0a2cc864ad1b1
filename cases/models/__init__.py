"""Families and their files, one subject a file."""

from .access import ConflictOfInterest, Cover, EmergencyAccess, RegistrationGrant
from .arriving import Announcer, Answer, Arrival, Channel, TargetGroupCheck, WebRegistration
from .codes import Code
from .contact import Contact, Task
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
from .finding import SearchKey
from .formal import Consent, Document, FormalRequest, Transfer
from .guarding import guard
from .merging import Merge
from .numbers import NumberSeries
from .placement import InstitutionInvolvement, Placement
from .registration import Applicant, Assignment, Intake, Registration, StatusChange
from .reviewing import AccessReview
from .support import Complaint, ExplanatoryAnalysis, Result, Support, SupportRequest
from .working import Handover, SavedView

guard(
    [
        FamilyMember,
        Custody,
        FamilyComposition,
        DesiredSituation,
        PlacementReason,
        Placement,
        InstitutionInvolvement,
        SupportRequest,
        Support,
        Result,
        ExplanatoryAnalysis,
        Complaint,
        Intake,
        Applicant,
        StatusChange,
        Assignment,
        ConflictOfInterest,
        Arrival,
        TargetGroupCheck,
        Contact,
        FormalRequest,
        Consent,
        Transfer,
        Document,
        Task,
        WebRegistration,
        Handover,
        RegistrationGrant,
        EmergencyAccess,
    ]
)

__all__ = [
    "AccessReview",
    "Announcer",
    "Answer",
    "Applicant",
    "Arrival",
    "Assignment",
    "Channel",
    "Code",
    "Complaint",
    "ConflictOfInterest",
    "Consent",
    "Contact",
    "Cover",
    "Custody",
    "DesiredSituation",
    "Document",
    "EmergencyAccess",
    "ExplanatoryAnalysis",
    "Family",
    "FamilyComposition",
    "FamilyMember",
    "FormalRequest",
    "Handover",
    "InstitutionInvolvement",
    "Intake",
    "Merge",
    "NumberSeries",
    "Person",
    "Placement",
    "PlacementReason",
    "Registration",
    "RegistrationGrant",
    "Result",
    "Role",
    "SavedView",
    "SearchKey",
    "StatusChange",
    "Support",
    "SupportRequest",
    "TargetGroupCheck",
    "Task",
    "Transfer",
    "WebRegistration",
]
