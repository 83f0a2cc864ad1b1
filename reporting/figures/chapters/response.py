"""How quickly we react to a registration, in calendar days."""

from django.db.models import Q

from reporting.figures.declarations import Chapter, Count, Percentage
from reporting.figures.units import REGISTRATIONS

DUE = "Een aanmelding telt mee zodra de termijn op de peildatum voorbij is."
DAYS = (
    "Kalenderdagen vanaf de dag van aanmelden. Geen datum, of een datum van voor de aanmelding, "
    "telt als niet gehaald."
)


def _window(name: str, column: str, met: str, due: str, share: str, sentence: str) -> tuple:
    key = f"response.{name}"
    return (
        Percentage(
            key=f"{key}.percentage",
            label=share,
            of=f"{key}.met",
            base=f"{key}.due",
            footnote=DUE,
            sentence=sentence,
            meaning=DAYS,
        ),
        Count(key=f"{key}.met", label=met, rows=REGISTRATIONS, where=Q(**{f"{column}_met": True})),
        Count(key=f"{key}.due", label=due, rows=REGISTRATIONS, where=Q(**{f"{column}_due": True})),
    )


CHAPTER = Chapter(
    "reactietijd",
    "Reactietijd na aanmelding",
    (
        *_window(
            "phone_within_two_days",
            "phone",
            "Telefonisch contact binnen twee dagen",
            "Aanmeldingen waarvan de twee dagen voorbij zijn",
            "Deel met telefonisch contact binnen twee dagen",
            "kreeg binnen twee dagen telefonisch contact",
        ),
        *_window(
            "welcome_within_week",
            "welcome",
            "Welkomstgesprek ingepland binnen een week",
            "Aanmeldingen waarvan de week voorbij is",
            "Deel met een welkomstgesprek ingepland binnen een week",
            "had binnen een week een welkomstgesprek ingepland",
        ),
    ),
)
