"""A round that is over in the demo, with answers and with free text that nobody has read yet.
Nobody was asked: everything people say here is invented."""

from datetime import date, timedelta
from random import Random

from django.db import transaction
from django.db.models.functions import Now

from accounts.sealing import seal
from surveys.models import Given, Group, Question, Remark, Response, Round
from surveys.remarks import purpose_of_words
from surveys.services.rounds import make_round

NAME = "Voorbeeldronde van vorig jaar"
ANSWERS = 34
GOOD = (
    "Mijn begeleider Samira luisterde echt. Iemand die niet over ons praatte maar met ons.",
    "We hebben weer contact met onze zoon Jayden. Elke zondag bellen we.",
    "Dat ik niet steeds opnieuw mijn verhaal hoefde te doen.",
    "mevrouw de wit heeft alles voor ons uitgezocht bij de gemeente, ben ik heel dankbaar voor",
    "Alles is goed gegaan. Dank jullie wel!",
    "De hulp met de brieven. Ik snapte er niks van en nu heb ik één map waar alles in zit.",
    "Selma Hanım bize çok yardım etti. Kızımız Elif artık her hafta sonu evde.",
    "Beni dinlediler. Kimse daha önce dinlememişti.",
    "السيدة فاطمة ساعدتنا كثيرا وشرحت لنا كل شيء. شكرا لكم",
    "أصبحت أرى ابني يوسف كل أسبوع",
    "Mi a haña hopi yudansa ku mi kas. Masha danki na señora Maduro.",
    "My caseworker Karen called every week, even when there was no news.",
    "DE BEGELEIDER WAS ER ALTIJD. OOK OP VRIJDAGMIDDAG.",
    "Ik mocht zelf zeggen waar ik wilde wonen.",
    "Dat mijn broertje er ook bij mocht zijn 😊",
)
BETTER = (
    "Sneller. Ik belde in maart en pas in juni kwam er iemand.",
    "Niet drie keer een ander. Eerst Peter, toen Anouk van Dijk en toen weer iemand nieuw.",
    "Bel mij liever op 06 12345678, mail lees ik niet. Groet van Rachida",
    "De gezinsvoogd luistert nog steeds niet. Daar kon het team ook niks aan doen zeiden ze.",
    "Wij wonen nu aan de Rozenlaan 12 in Almere en daar weet de school van niks!!",
    "Meer tijd.",
    "niks",
    "Er moet eerder iemand komen. Mijn dochter (geboren 12-03-2015) heeft twee jaar gewacht.",
    "Daha hızlı olabilirdi, çok bekledik.",
    "أريد أن يتكلم معي أحد بلغتي",
    "Mas lihé por fabor. Mi a warda un aña.",
    "More clear letters please. Dutch is hard for me.",
    "Ik wil mijn dossier zien. Mijn nummer is A00412 en mijn mail is r.jansen@example.org",
    "Ik had liever een vrouw gehad om mee te praten",
)


@transaction.atomic
def hold_a_round_that_is_over(today: date) -> None:
    """Once: nothing where it stands already."""
    if Round.objects.filter(name=NAME).exists():
        return
    round = make_round(name=NAME, like=None, by=None)
    group = Group.objects.create(
        round=round, key="parent_running", label="Ouders, lopend", invited=2 * ANSWERS
    )
    round.state, round.ends_on = Round.State.ENDED, today - timedelta(days=90)
    round.started_at, round.ended_at = Now() - timedelta(days=120), Now() - timedelta(days=90)
    round.save()
    Response.objects.bulk_create(Response(round=round, group=group) for _ in range(ANSWERS))
    chance = Random(7)  # noqa: S311  not a secret: the same every time
    questions = list(round.questions.all())
    Given.objects.bulk_create(
        given for question in questions for given in _given(question, group, chance)
    )
    texts = [one for one in questions if one.kind == Question.Kind.TEXT]
    for question, said in zip(texts, (GOOD, BETTER), strict=True):
        Remark.objects.bulk_create(_remark(question, words) for words in said)


def _given(question: Question, group: Group, chance: Random) -> list[Given]:
    """What everybody chose; most are content."""
    if question.kind == Question.Kind.SCALE:
        numbers = [chance.choice((5, 6, 7, 7, 8, 8, 9, 10)) for _ in range(ANSWERS)]
        return [Given(group=group, question=question, number=number) for number in numbers]
    if question.kind == Question.Kind.TEXT:
        return []
    weights = range(len(question.options) + 1, 1, -1)
    chosen = [chance.choices(question.options, weights)[0] for _ in range(ANSWERS)]
    return [Given(group=group, question=question, options=[one]) for one in chosen]


def _remark(question: Question, words: str) -> Remark:
    remark = Remark(question=question)
    remark.sealed = seal(words, purpose=purpose_of_words(remark.pk))
    return remark
