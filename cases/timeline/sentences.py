"""What a fact says, as part of a sentence. `RELATED`: what it takes to say it in one query."""

from collections.abc import Callable

from cases import models as m
from cases.models import Person, Role
from cases.status import Status
from facts.models import Fact
from facts.words import many, short_day, spell

MEASURE = {True: "met maatregel", False: "zonder maatregel", None: "maatregel niet in beeld"}


def name(person: Person | None) -> str:
    if person is None:
        return "iemand"
    return f"{person.first_name} {person.last_name}".strip() or person.number


def say(fact: Fact) -> str:
    """Lot Dorpstraat uit huis sinds 3 mei 2023: pleeggezin, met maatregel"""
    return SAYINGS[type(fact)](fact)


# --- of the family ------------------------------------------------------------------------------
def _member(fact: m.FamilyMember) -> str:
    role = Role(fact.role).label.lower() if fact.role else "rol niet in beeld"
    born = f", geboren {short_day(fact.birth_date)}" if fact.birth_date else ""
    died = f", overleden {short_day(fact.died_on)}" if fact.died_on else ""
    return f"{name(fact.person)}: {role}{born}{died}"


def _custody(fact: m.Custody) -> str:
    holds = "heeft gezag" if fact.holds else "heeft geen gezag"
    return f"{name(fact.parent)} {holds} over {name(fact.child)}"


def _placement(fact: m.Placement) -> str:
    home = fact.residence.label if fact.residence else "verblijfplaats niet in beeld"
    when = spell(fact.happened_on, fact.ended_on)
    return f"{name(fact.child)} uit huis {when}: {home}, {MEASURE[fact.measure]}"


def _involvement(fact: m.InstitutionInvolvement) -> str:
    when = spell(fact.happened_on, fact.ended_on)
    return f"{fact.institution.label}, {fact.region.label}, betrokken {when}"


def _result(fact: m.Result) -> str:
    child = f" ({name(fact.child)})" if fact.child else ""
    return f"resultaat: {fact.result.label}{child}, {short_day(fact.happened_on)}"


def _analysis(fact: m.ExplanatoryAnalysis) -> str:
    days = (("gestart", fact.begun_on), ("afgerond", fact.finished_on))
    steps = [f", {word} {short_day(day)}" for word, day in days if day]
    return f"verklarende analyse aangevraagd {short_day(fact.happened_on)}{''.join(steps)}"


def _complaint(fact: m.Complaint) -> str:
    end = f", afgehandeld {short_day(fact.handled_on)}" if fact.handled_on else ""
    return f"klacht {fact.number} van {short_day(fact.happened_on)}{end}"


# --- of a registration --------------------------------------------------------------------------
def _intake(fact: m.Intake) -> str:
    return f"aanmelding {fact.registration.number} op {short_day(fact.happened_on)}"


def _status(fact: m.StatusChange) -> str:
    reason = f" ({fact.reason.label.lower()})" if fact.reason else ""
    stand = Status(fact.status).label.lower()
    return f"{fact.registration.number} {stand} per {short_day(fact.happened_on)}{reason}"


def _assignment(fact: m.Assignment) -> str:
    when = spell(fact.happened_on, fact.ended_on)
    return f"{fact.registration.number} bij {fact.supervisor.name}, {when}"


def _contact(fact: m.Contact) -> str:
    who = name(fact.person) if fact.person else fact.with_whom
    long = f", {many(fact.minutes, 'minuut', 'minuten')}" if fact.minutes else ""
    return f"{fact.kind.label.lower()} met {who} op {short_day(fact.happened_on)}{long}"


def _arrival(fact: m.Arrival) -> str:
    channel, by = fact.get_channel_display().lower(), fact.get_announcer_display().lower()
    return f"{fact.registration.number} kwam binnen via {channel}, door {by}"


def _check(fact: m.TargetGroupCheck) -> str:
    affected, placed = fact.get_affected_display().lower(), fact.get_placement_display().lower()
    return f"doelgroeptoets: gedupeerd {affected}, uithuisplaatsing {placed}"


def _formal(fact: m.FormalRequest) -> str:
    answer = f", beantwoord {short_day(fact.answered_on)}" if fact.answered_on else ""
    asked = f"{fact.kind.label.lower()} aan {fact.addressed_to}"
    return f"{asked}, ingediend {short_day(fact.happened_on)}{answer}"


def _consent(fact: m.Consent) -> str:
    answer = "toestemming" if fact.given else "geen toestemming"
    by = "" if fact.given_by == m.Consent.GivenBy.SELF else " (door een ouder)"
    about = f", {fact.about}" if fact.about else ""
    when = spell(fact.happened_on, fact.ended_on)
    return f"{answer} van {name(fact.person)}{by} voor {fact.kind.label.lower()}{about}, {when}"


def _transfer(fact: m.Transfer) -> str:
    end = f", aangenomen {short_day(fact.accepted_on)}" if fact.accepted_on else ""
    to = f"{fact.support_point} in {fact.municipality}"
    return f"overgedragen aan {to} op {short_day(fact.happened_on)}{end}"


SAYINGS: dict[type, Callable] = {
    m.FamilyMember: _member,
    m.Custody: _custody,
    m.FamilyComposition: lambda fact: f"samenstelling: {fact.composition.label.lower()}",
    m.DesiredSituation: lambda fact: f"gewenste situatie: {fact.situation.label.lower()}",
    m.PlacementReason: lambda fact: f"reden uithuisplaatsing: {fact.reason.label.lower()}",
    m.Placement: _placement,
    m.InstitutionInvolvement: _involvement,
    m.SupportRequest: lambda f: f"vraag: {f.request.label}, {short_day(f.happened_on)}",
    m.Support: lambda f: f"ondersteuning: {f.form.label}, {short_day(f.happened_on)}",
    m.Result: _result,
    m.ExplanatoryAnalysis: _analysis,
    m.Complaint: _complaint,
    m.Intake: _intake,
    m.Applicant: lambda fact: f"{name(fact.person)} op {fact.registration.number}",
    m.StatusChange: _status,
    m.Assignment: _assignment,
    m.Contact: _contact,
    m.Arrival: _arrival,
    m.TargetGroupCheck: _check,
    m.FormalRequest: _formal,
    m.Consent: _consent,
    m.Transfer: _transfer,
    m.Document: lambda fact: f"document '{fact.title}' van {short_day(fact.happened_on)}",
}
RELATED: dict[type, tuple[str, ...]] = {
    m.FamilyMember: ("person",),
    m.Custody: ("parent", "child"),
    m.FamilyComposition: ("composition",),
    m.DesiredSituation: ("situation",),
    m.PlacementReason: ("reason",),
    m.Placement: ("child", "residence"),
    m.InstitutionInvolvement: ("institution", "region"),
    m.SupportRequest: ("request",),
    m.Support: ("form",),
    m.Result: ("result", "child"),
    m.ExplanatoryAnalysis: (),
    m.Complaint: (),
    m.Intake: ("registration",),
    m.Applicant: ("registration", "person"),
    m.StatusChange: ("registration", "reason"),
    m.Assignment: ("registration", "supervisor"),
    m.Contact: ("kind", "person"),
    m.Arrival: ("registration",),
    m.TargetGroupCheck: (),
    m.FormalRequest: ("kind",),
    m.Consent: ("person", "kind"),
    m.Transfer: (),
    m.Document: (),
}
