"""How many registered, where they stand, by what road they came."""

from django.db.models import Q

from cases.status import STARTED_EVER, SUPPORTED, Status
from reporting.figures.declarations import EVERY, Breakdown, Chapter, Count
from reporting.figures.labels import CodeList, Fixed, Months, Statuses
from reporting.figures.units import REGISTRATIONS

SUPPORTED_PERSON = Fixed(
    {
        "mother": "Moeder",
        "father": "Vader",
        "both_parents": "Beide ouders",
        "child": "Kind",
    }
)

CHAPTER = Chapter(
    "aanmeldingen",
    "Aanmeldingen",
    (
        Count(
            key="registrations.total",
            label="Aanmeldingen in totaal",
            rows=REGISTRATIONS,
            where=EVERY,
            parts=("registrations.status",),
            sentence="{unit} tot en met {reference_date}",
            meaning="Elke aanmelding telt één keer, ook als twee ouders zich samen aanmelden. "
            "De dag van aanmelden telt.",
            headline="aanmeldingen",
        ),
        Breakdown(
            key="registrations.status",
            label="Stand van de trajecten",
            rows=REGISTRATIONS,
            where=EVERY,
            by="status",
            labels=Statuses(),
            always=tuple(status.code for status in Status),
            unknown=None,
            meaning="De laatste verandering van stand, tot en met {reference_date}. "
            "Zonder verandering is een traject nog niet gestart.",
            scale=True,
        ),
        Count(
            key="registrations.supported",
            label="Worden ondersteund",
            rows=REGISTRATIONS,
            where=Q(status__in=SUPPORTED),
            parts=("registrations.status.running", "registrations.status.reopened"),
            sentence="trajecten lopen of zijn heropend: daar ondersteunen wij nu",
            meaning="Trajecten met de stand lopend of heropend.",
            headline="trajecten lopen nu",
        ),
        Count(
            key="registrations.started_ever",
            label="Ooit gestart",
            rows=REGISTRATIONS,
            where=Q(status__in=STARTED_EVER),
            parts=("registrations.supported", "registrations.status.closed"),
            sentence="trajecten zijn ooit gestart",
            meaning="Trajecten die lopen, zijn heropend of zijn afgesloten.",
        ),
        Breakdown(
            key="registrations.never_started_reason",
            label="Waarom een traject nooit startte",
            rows=REGISTRATIONS,
            where=Q(status=Status.NEVER_STARTED),
            by="status_reason",
            labels=CodeList("never_started_reason"),
            whole="registrations.status.never_started",
            fine=True,
            meaning="De reden die is vastgelegd toen het traject niet startte.",
        ),
        Breakdown(
            key="registrations.closing_reason",
            label="Waarom een traject is afgesloten",
            rows=REGISTRATIONS,
            where=Q(status=Status.CLOSED),
            by="status_reason",
            labels=CodeList("closing_reason"),
            whole="registrations.status.closed",
            fine=True,
            meaning="De reden die is vastgelegd bij de laatste keer afsluiten. "
            "Heropende trajecten tellen niet mee.",
        ),
        Count(
            key="registrations.transferred_in_period",
            label="Overgedragen aan een gemeentelijk steunpunt, in de periode",
            rows=REGISTRATIONS,
            where=Q(transferred_in_period=True),
            footnote="Ook als het traject daarna is heropend.",
            sentence="trajecten zijn in deze periode overgedragen aan een gemeentelijk steunpunt",
            meaning="Trajecten die om deze reden zijn afgesloten, "
            "van {period_start} tot en met {reference_date}.",
        ),
        Breakdown(
            key="registrations.by_month",
            label="Aanmeldingen per maand",
            rows=REGISTRATIONS,
            where=EVERY,
            by="month",
            labels=Months(),
            unknown=None,
            footnote="Cijfers van eerdere maanden kunnen verschillen van eerdere rapportages: "
            "wat aan het eind van een maand binnenkomt, wordt soms de maand erna vastgelegd.",
            meaning="De maand van de dag van aanmelden.",
        ),
        Breakdown(
            key="registrations.route",
            label="Hoe mensen zich aanmelden",
            rows=REGISTRATIONS,
            where=EVERY,
            by="route_id",
            labels=CodeList("registration_route"),
            meaning="De weg waarlangs de aanmelding binnenkwam.",
        ),
        Breakdown(
            key="registrations.referrer",
            label="Via wie mensen ons vinden",
            rows=REGISTRATIONS,
            where=EVERY,
            by="referrer_id",
            labels=CodeList("referrer"),
            unknown=None,
            footnote="Alleen waar een verwijzer is genoemd.",
            meaning="De verwijzer die bij de aanmelding is genoemd.",
        ),
        Breakdown(
            key="registrations.supported_person",
            label="Wie er wordt ondersteund",
            rows=REGISTRATIONS,
            where=EVERY,
            by="supported_person",
            labels=SUPPORTED_PERSON,
            meaning="Volgt uit de rol van de mensen op de aanmelding. "
            "Bij een andere of onbekende rol is het niet in beeld.",
        ),
        Breakdown(
            key="registrations.composition",
            label="Gezinssamenstelling",
            rows=REGISTRATIONS,
            where=EVERY,
            by="composition",
            labels=CodeList("family_composition"),
            meaning="De samenstelling van het gezin, geteld per aanmelding.",
        ),
    ),
)
