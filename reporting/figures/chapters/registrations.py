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
        ),
        Count(
            key="registrations.supported",
            label="Worden ondersteund",
            rows=REGISTRATIONS,
            where=Q(status__in=SUPPORTED),
            parts=("registrations.status.running", "registrations.status.reopened"),
        ),
        Count(
            key="registrations.started_ever",
            label="Ooit gestart",
            rows=REGISTRATIONS,
            where=Q(status__in=STARTED_EVER),
            parts=("registrations.supported", "registrations.status.closed"),
        ),
        Breakdown(
            key="registrations.never_started_reason",
            label="Waarom een traject nooit startte",
            rows=REGISTRATIONS,
            where=Q(status=Status.NEVER_STARTED),
            by="status_reason",
            labels=CodeList("never_started_reason"),
        ),
        Breakdown(
            key="registrations.closing_reason",
            label="Waarom een traject is afgesloten",
            rows=REGISTRATIONS,
            where=Q(status=Status.CLOSED),
            by="status_reason",
            labels=CodeList("closing_reason"),
        ),
        Count(
            key="registrations.transferred_in_period",
            label="Overgedragen aan een gemeentelijk steunpunt, in de periode",
            rows=REGISTRATIONS,
            where=Q(transferred_in_period=True),
            footnote="Ook als het traject daarna is heropend.",
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
        ),
        Breakdown(
            key="registrations.route",
            label="Hoe mensen zich aanmelden",
            rows=REGISTRATIONS,
            where=EVERY,
            by="route_id",
            labels=CodeList("registration_route"),
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
        ),
        Breakdown(
            key="registrations.supported_person",
            label="Wie er wordt ondersteund",
            rows=REGISTRATIONS,
            where=EVERY,
            by="supported_person",
            labels=SUPPORTED_PERSON,
        ),
        Breakdown(
            key="registrations.composition",
            label="Gezinssamenstelling",
            rows=REGISTRATIONS,
            where=EVERY,
            by="composition",
            labels=CodeList("family_composition"),
        ),
    ),
)
