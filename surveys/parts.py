"""Every part that has words: what it is called on screen, and what its words must or may name."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from surveys.models import Question

FIRST_LANGUAGE = "nl"
LINK, UNSUBSCRIBE, PHONE, LAST_DAY = "{link}", "{unsubscribe}", "{phone}", "{last_day}"
NUMBER, TOTAL = "{number}", "{total}"
LETTERS = ("mail.", "reminder.")  # how the keys begin
OF_A_MAIL = frozenset({LINK, UNSUBSCRIBE, PHONE, LAST_DAY})


@dataclass(frozen=True)
class Part:
    """`must`: what its words can't do without; `may`: what they can name besides. One that
    `has_lines` is a letter; the others are a sentence or two."""

    key: str
    label: str
    must: frozenset[str] = frozenset()
    may: frozenset[str] = field(default=frozenset())
    has_lines: bool = False


def _mail(key: str, label: str) -> Part:
    return Part(key, label, OF_A_MAIL - {PHONE, LAST_DAY}, OF_A_MAIL, has_lines=True)


def _page(key: str, label: str, *must: str, may: Iterable[str] = ()) -> Part:
    return Part(f"page.{key}", label, frozenset(must), frozenset({*must, *may}))


FIXED = (
    Part("mail.subject", "Onderwerp van de uitnodiging"),
    _mail("mail.body", "Uitnodiging"),
    Part("reminder.subject", "Onderwerp van de herinnering"),
    _mail("reminder.body", "Herinnering"),
    _page("title", "Titel van de eerste pagina"),
    _page("intro", "Waar het over gaat", may=[TOTAL]),
    _page("promise", "Wie het ziet"),
    _page("phone", "Telefoonnummer", PHONE),
    _page("language", "Taal kiezen"),
    _page("begin", "Knop: beginnen"),
    _page("next", "Knop: verder"),
    _page("back", "Knop: terug"),
    _page("skip", "Knop: overslaan"),
    _page("clear", "Knop: antwoord wissen"),
    _page("count", "Hoe ver je bent", NUMBER, TOTAL),
    _page("several", "Bij meer keuzes"),
    _page("remark", "Bij vrije tekst"),
    _page("choose", "Als er niets is gekozen"),
    _page("check_title", "Titel van de laatste pagina"),
    _page("check", "Voor het insturen"),
    _page("send", "Knop: insturen"),
    _page("nothing", "Als er niets is ingevuld"),
    _page("thanks_title", "Titel na het insturen"),
    _page("thanks", "Na het insturen"),
    _page("done_title", "Titel bij een tweede bezoek"),
    _page("done", "Bij een tweede bezoek"),
    _page("over_title", "Titel als de ronde voorbij is"),
    _page("over", "Als de ronde voorbij is", may=[PHONE]),
    _page("stop_title", "Titel van het afmelden"),
    _page("stop", "Bij het afmelden"),
    _page("stop_button", "Knop: afmelden"),
    _page("stop_keep", "Knop: niet afmelden"),
    _page("stopped", "Na het afmelden"),
    _page("stop_undo", "Knop: toch weer mails"),
)


def parts_of(questions: Iterable[Question], language: str) -> list[Part]:
    """All that a round with these questions says in a language, in the order in which it is
    said."""
    parts = [*FIXED, *(part for question in questions for part in of_question(question))]
    return [one for one in parts if is_said_in(language, one.key)]


def is_said_in(language: str, part: str) -> bool:
    """A letter is Dutch, with a line that leads to each other language: which one somebody reads,
    we don't know. All else is said in every language."""
    return language == FIRST_LANGUAGE or not part.startswith(LETTERS)


def of_question(question: Question) -> list[Part]:
    key = question.key
    parts = [Part(f"question.{key}", f"Vraag '{key}'")]
    parts += [Part(f"option.{key}.{one}", f"Keuze '{one}' bij '{key}'") for one in question.options]
    if question.kind == Question.Kind.SCALE:
        parts += [Part(f"{end}.{key}", f"{word} getal bij '{key}'")
                  for end, word in (("low", "Laagste"), ("high", "Hoogste"))]  # fmt: skip
    return parts
