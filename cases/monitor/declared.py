"""The fourteen sheets about families and those who support them."""

from cases.forms.family import CustodyForm, FamilyForm, PersonForm
from cases.forms.placement import InvolvementForm, PlacementForm
from cases.forms.registration import AssignmentForm, IntakeForm, StatusForm
from cases.forms.supervisor import EmploymentForm
from cases.forms.support import AnalysisForm, ComplaintForm, RequestForm, ResultForm, SupportForm
from cases.models import Role
from cases.status import Status

from . import building, kinds, rules
from .cells import YES_NO, Choice, Day, Label, Labels, Number, Reason, Text, Texts
from .sheets import RECORDED_ON, Column, Sheet, number, refers_to, register

EMAIL = "een e-mailadres, zoals naam@voorbeeld.nl"
OF_FAMILY = refers_to("Gezinnen", "gezinsnummer", "family")
OF_REGISTRATION = refers_to("Aanmeldingen", "aanmeldnummer", "registration")
PERSON = Text("een nummer van het blad 'Personen'")

register(
    Sheet(
        "Procesbegeleiders",
        EmploymentForm,
        (
            Column("e-mail", "email", Text(EMAIL, lower=True)),
            Column("naam", "name", Text("een naam")),
            Column("team", "team", Text("de naam van een team")),
            Column("fte", "fte", Number("een getal van 0 tot en met 2")),
            Column("vanaf", "happened_on", Day()),
            Column("tot", "ended_on", Day()),
            RECORDED_ON,
        ),
        kinds=(kinds.EMPLOYMENT,),
        facts=building.employment,
        about_families=False,
        rules=(rules.one_name_an_account,),
    )
)
register(
    Sheet(
        "Gezinnen",
        FamilyForm,
        (
            number("gezinsnummer", "een gezinsnummer"),
            Column("gezinssamenstelling", "composition", Label("family_composition")),
            Column("gewenste gezinssituatie", "desired_situations", Labels("desired_situation")),
            Column("redenen uithuisplaatsing", "placement_reasons", Labels("placement_reason")),
        ),
        kinds=(kinds.COMPOSITION, kinds.SITUATION, kinds.REASON),
        facts=building.family,
        numbered=True,
    )
)
register(
    Sheet(
        "Personen",
        PersonForm,
        (
            number("persoonsnummer", "een persoonsnummer"),
            OF_FAMILY,
            Column("rol", "role", Choice({role.label: role.value for role in Role})),
            Column("voornaam", "first_name", Text()),
            Column("achternaam", "last_name", Text()),
            Column("geboortedatum", "birth_date", Day()),
            Column("e-mail", "email", Text(EMAIL)),
            Column("telefoon", "phone", Text("een telefoonnummer")),
        ),
        kinds=(kinds.MEMBER,),
        facts=building.member,
        numbered=True,
    )
)
register(
    Sheet(
        "Gezag",
        CustodyForm,
        (
            Column("oudernummer", "parent", PERSON, refers="Personen"),
            Column("kindnummer", "child", PERSON, refers="Personen"),
            Column("gezag", "holds", YES_NO),
        ),
        kinds=(kinds.CUSTODY,),
        facts=building.custody,
        rules=(rules.identical_rows_are_one, rules.one_answer_a_pair),
    )
)
register(
    Sheet(
        "Betrokken instellingen",
        InvolvementForm,
        (
            OF_FAMILY,
            Column("gecertificeerde instelling", "institution", Label("certified_institution")),
            Column("jeugdzorgregio", "region", Label("youth_region")),
            Column("vanaf", "happened_on", Day()),
            Column("tot", "ended_on", Day()),
            RECORDED_ON,
        ),
        kinds=(kinds.INVOLVEMENT,),
        facts=building.involvement,
    )
)
register(
    Sheet(
        "Uithuisplaatsingen",
        PlacementForm,
        (
            refers_to("Personen", "kindnummer", "child"),
            Column("begin", "happened_on", Day()),
            Column("einde", "ended_on", Day()),
            Column("jeugdbeschermingsmaatregel", "measure", YES_NO),
            Column("verblijfplaats", "residence", Label("residence")),
            RECORDED_ON,
        ),
        kinds=(kinds.PLACEMENT,),
        facts=building.placement,
    )
)
register(
    Sheet(
        "Aanmeldingen",
        IntakeForm,
        (
            number("aanmeldnummer", "een aanmeldnummer"),
            OF_FAMILY,
            Column(
                "aanmelders",
                "applicants",
                Texts("een of twee nummers van het blad 'Personen', gescheiden door ';'"),
                refers="Personen",
            ),
            Column("aangemeld op", "happened_on", Day()),
            RECORDED_ON,
            Column("route", "route", Label("registration_route")),
            Column("verwijzer", "referrer", Label("referrer")),
            Column("telefonisch contact op", "phone_contact_on", Day()),
            Column("welkomstgesprek ingepland op", "welcome_scheduled_on", Day()),
        ),
        kinds=(kinds.INTAKE, kinds.APPLICANT),
        facts=building.intake,
        numbered=True,
        narrow=rules.to_people_of_the_family,
    )
)
register(
    Sheet(
        "Statussen",
        StatusForm,
        (
            OF_REGISTRATION,
            Column("status", "status", Choice({status.label: status for status in Status})),
            Column("ingangsdatum", "happened_on", Day()),
            Column("reden", "reason", Reason("status")),
            RECORDED_ON,
        ),
        kinds=(kinds.STATUS,),
        facts=building.status,
        rules=(rules.not_before_the_registration, rules.status_follows),
    )
)
register(
    Sheet(
        "Toewijzingen",
        AssignmentForm,
        (
            OF_REGISTRATION,
            Column("procesbegeleider", "supervisor", Text(EMAIL, lower=True)),
            Column("vanaf", "happened_on", Day()),
            Column("tot", "ended_on", Day()),
            RECORDED_ON,
        ),
        kinds=(kinds.ASSIGNMENT,),
        facts=building.assignment,
        rules=(rules.identical_rows_are_one, rules.one_open_assignment),
        narrow=rules.to_known_accounts,
    )
)
for name, form, heading, field, list_name, kind, facts in (
    ("Ondersteuningsvragen", RequestForm, "vraag", "request", "support_request",
     kinds.REQUEST, building.request),
    ("Ondersteuning", SupportForm, "vorm", "form", "support_form",
     kinds.SUPPORT, building.support),
):  # fmt: skip
    register(
        Sheet(
            name,
            form,
            (
                OF_FAMILY,
                Column(heading, field, Label(list_name)),
                Column("datum", "happened_on", Day()),
                RECORDED_ON,
            ),
            kinds=(kind,),
            facts=facts,
        )
    )
register(
    Sheet(
        "Resultaten",
        ResultForm,
        (
            OF_FAMILY,
            Column("kindnummer", "child", PERSON, refers="Personen"),
            Column("resultaat", "result", Label("result")),
            Column("datum", "happened_on", Day()),
            RECORDED_ON,
        ),
        kinds=(kinds.RESULT,),
        facts=building.result,
        narrow=rules.to_people_of_the_family,
    )
)
register(
    Sheet(
        "Verklarende analyses",
        AnalysisForm,
        (
            OF_FAMILY,
            Column("aangevraagd op", "happened_on", Day()),
            Column("gestart op", "begun_on", Day()),
            Column("afgerond op", "finished_on", Day()),
            RECORDED_ON,
        ),
        kinds=(kinds.ANALYSIS,),
        facts=building.analysis,
    )
)
register(
    Sheet(
        "Klachten",
        ComplaintForm,
        (
            number("klachtnummer", "een klachtnummer"),
            refers_to("Gezinnen", "gezinsnummer", "family", required=False),
            Column("ontvangen op", "happened_on", Day()),
            Column("afgehandeld op", "handled_on", Day()),
            Column("onderwerp", "subject", Text()),
            Column("maatregel", "measure_taken", Text()),
            RECORDED_ON,
        ),
        kinds=(kinds.COMPLAINT,),
        facts=building.complaint,
        numbered=True,
    )
)
