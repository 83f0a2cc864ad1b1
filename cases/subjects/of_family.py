"""The subjects of a family: what everybody with a ground for one of its registrations sees."""

from typing import Any

from cases import models as m
from cases.forms import of_family as forms
from cases.models.numbers import take_number

from .declaration import Holder, Subject


def _complaint_number(holder: Holder) -> dict[str, Any]:
    return {"number": take_number("KL")}


def _leans_on_member(member: m.FamilyMember) -> str:
    """Someone who registered or of whom something is written down, stays in the family."""
    person = member.person
    if person.applications.standing().exists():
        return "Deze persoon staat op een aanmelding en blijft daarom bij het gezin."
    about = (
        person.custody_as_parent,
        person.custody_as_child,
        person.placements,
        person.results,
        person.consents,
    )
    if any(facts.standing().exists() for facts in about):
        return (
            "Over deze persoon staat nog iets in het dossier (gezag, uithuisplaatsing, resultaat "
            "of toestemming). Trek dat eerst in."
        )
    return ""


SUBJECTS = (
    Subject(
        slug="gezinsleden",
        model=m.FamilyMember,
        form=forms.MemberOnScreen,
        name="rol, geboorte en overlijden",
        add="Gezinslid toevoegen",
        saved="Het gezinslid staat erbij.",
        anchor="wie",
        against_withdrawing=_leans_on_member,
    ),
    Subject(
        slug="gezag",
        model=m.Custody,
        form=forms.CustodyOnScreen,
        name="gezag",
        add="Gezag toevoegen",
        saved="Het gezag staat erbij.",
        anchor="wie",
        held_by="child",
    ),
    Subject(
        slug="samenstelling",
        model=m.FamilyComposition,
        form=forms.CompositionOnScreen,
        name="gezinssamenstelling",
        add="Gezinssamenstelling toevoegen",
        saved="De gezinssamenstelling staat erbij.",
        anchor="wie",
    ),
    Subject(
        slug="plaatsingen",
        model=m.Placement,
        form=forms.PlacementOnScreen,
        name="uithuisplaatsing",
        add="Uithuisplaatsing toevoegen",
        saved="De uithuisplaatsing staat erbij.",
        anchor="wie",
        held_by="child",
    ),
    Subject(
        slug="instellingen",
        model=m.InstitutionInvolvement,
        form=forms.InvolvementOnScreen,
        name="betrokken instelling",
        add="Instelling toevoegen",
        saved="De instelling staat erbij.",
        anchor="achtergrond",
    ),
    Subject(
        slug="wensen",
        model=m.DesiredSituation,
        form=forms.WishOnScreen,
        name="gewenste situatie",
        add="Wens toevoegen",
        saved="De wens staat erbij.",
        anchor="vragen",
    ),
    Subject(
        slug="redenen",
        model=m.PlacementReason,
        form=forms.ReasonOnScreen,
        name="reden uithuisplaatsing",
        add="Reden toevoegen",
        saved="De reden staat erbij.",
        anchor="achtergrond",
    ),
    Subject(
        slug="vragen",
        model=m.SupportRequest,
        form=forms.RequestOnScreen,
        name="vraag",
        add="Vraag toevoegen",
        saved="De vraag staat erbij.",
        anchor="vragen",
    ),
    Subject(
        slug="ondersteuning",
        model=m.Support,
        form=forms.SupportOnScreen,
        name="ondersteuning",
        add="Ondersteuning toevoegen",
        saved="De ondersteuning staat erbij.",
        anchor="vragen",
    ),
    Subject(
        slug="resultaten",
        model=m.Result,
        form=forms.ResultOnScreen,
        name="resultaat",
        add="Resultaat toevoegen",
        saved="Het resultaat staat erbij.",
        anchor="vragen",
    ),
    Subject(
        slug="analyses",
        model=m.ExplanatoryAnalysis,
        form=forms.AnalysisOnScreen,
        name="verklarende analyse",
        add="Verklarende analyse toevoegen",
        saved="De verklarende analyse staat erbij.",
        anchor="achtergrond",
    ),
    Subject(
        slug="klachten",
        model=m.Complaint,
        form=forms.ComplaintOnScreen,
        name="klacht",
        add="Klacht toevoegen",
        saved="De klacht staat erbij.",
        anchor="achtergrond",
        at_first=_complaint_number,
    ),
)
OF_FAMILY = {subject.slug: subject for subject in SUBJECTS}
