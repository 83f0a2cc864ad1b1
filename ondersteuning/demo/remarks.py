"""A round that is over in the demo, with answers, and with free text of which most is still to be
read. Nobody was asked: everything people say here is invented."""

from datetime import date, timedelta

from django.db import transaction

from accounts.sealing import seal
from ondersteuning.demo.answers import a_round_that_is_over
from surveys.models import Question, Remark, Round
from surveys.remarks import purpose_of_shown, purpose_of_words

NAME, EARLIER = "Vorige voorbeeldronde", "Voorbeeldronde van een jaar eerder"
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


RELEASED = (
    "Ze belde terug als ze dat zei.",
    "Eindelijk iemand die het hele verhaal kende.",
    "Samen naar school om te praten. Alleen had ik dat niet gedurfd.",
)


@transaction.atomic
def hold_a_round_that_is_over(today: date) -> None:
    """Once, with one before it to compare with: nothing where it stands already."""
    if Round.objects.filter(name=NAME).exists():
        return
    before = a_round_that_is_over(EARLIER, today - timedelta(days=460), content=1)
    round = a_round_that_is_over(NAME, today - timedelta(days=90), content=4, like=before)
    texts = round.questions.filter(kind=Question.Kind.TEXT)
    for question, said in zip(texts, (GOOD, BETTER), strict=True):
        Remark.objects.bulk_create(_remark(question, words) for words in said)
    Remark.objects.bulk_create(_released(texts[0], words) for words in RELEASED)


def _remark(question: Question, words: str) -> Remark:
    remark = Remark(question=question)
    remark.sealed = seal(words, purpose=purpose_of_words(remark.pk))
    return remark


def _released(question: Question, words: str) -> Remark:
    remark = _remark(question, words)
    remark.shown = seal(words, purpose=purpose_of_shown(remark.pk))
    remark.state = Remark.State.RELEASED
    return remark
