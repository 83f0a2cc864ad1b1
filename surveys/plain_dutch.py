"""Whether Dutch words can be read at level B1: short sentences, no hard words (T114).

A yardstick, no judge: `manage.py check_words` says what a writer should look at once more.
"""

import re
from collections.abc import Iterable

LONGEST, MEAN, LONGEST_WORD = 25, 15, 20  # words, words on average, letters
# A word on the left is hard; on the right what does as well.
HARD = {
    "aangaande": "over",
    "aanvangen": "beginnen",
    "aanwenden": "gebruiken",
    "alsmede": "en",
    "alsook": "en",
    "anderszins": "anders",
    "betreffende": "over",
    "bewerkstelligen": "zorgen voor",
    "conform": "volgens",
    "continueren": "doorgaan",
    "derhalve": "daarom",
    "desbetreffende": "deze",
    "desgewenst": "als je wilt",
    "dienaangaande": "daarover",
    "dienen": "moeten",
    "dientengevolge": "daardoor",
    "doch": "maar",
    "echter": "maar",
    "enerzijds": "aan de ene kant",
    "enquête": "vragen",
    "evaluatie": "wat je ervan vond",
    "faciliteren": "helpen",
    "gaarne": "graag",
    "geschieden": "gebeuren",
    "hetgeen": "wat",
    "hieromtrent": "hierover",
    "hierdoor": "zo",
    "indien": "als",
    "inzake": "over",
    "middels": "met",
    "mits": "als",
    "namens": "voor",
    "navolgende": "deze",
    "nochtans": "toch",
    "omtrent": "over",
    "onderhavige": "deze",
    "participeren": "meedoen",
    "procesbegeleider": "begeleider",
    "reeds": "al",
    "respondent": "wie meedoet",
    "responderen": "antwoorden",
    "retourneren": "terugsturen",
    "teneinde": "om te",
    "tenzij": "behalve als",
    "thans": "nu",
    "traject": "hulp",
    "trachten": "proberen",
    "uiterlijk": "tot en met",
    "verstrekken": "geven",
    "vertrouwelijk": "niemand anders ziet het",
    "vervolgens": "daarna",
    "vigerend": "geldend",
    "voornemens": "van plan",
    "voorts": "ook",
    "waarborgen": "zorgen voor",
    "wederom": "weer",
    "welke": "die",
    "zulks": "dat",
}
NAMES = {"ondersteuningsteam"}  # a long word that has to be
SENTENCE = re.compile(r"[.!?:]+\s+|[.!?:]+$|\n+")
WORD = re.compile(r"[A-Za-zÀ-ÿ'-]+")
# Letters with dots between them (i.v.m., m.a.w.), but no initials; and what is cut off otherwise.
SHORTENED = re.compile(
    r"\b[A-Za-z](?:\.[a-z])+\b|\b(?i:t/m|evt|bijv|bv|enz|etc|ca|incl|excl|resp|mbt|ivm)\b"
)
VERBS = (
    "aanvangen", "aanwenden", "bewerkstelligen", "continueren", "dienen", "faciliteren",
    "geschieden", "participeren", "responderen", "retourneren", "trachten", "verstrekken",
    "waarborgen",
)  # fmt: skip
UNSTRESSED = ("aan", "be", "ver")  # a verb that begins so has no 'ge' before it
FILLED_IN = re.compile(r"\{[^{}]*\}")


def faults(text: str) -> list[str]:
    """What makes `text` hard to read, in Dutch; nothing when it reads well."""
    plain = FILLED_IN.sub("", text)
    found = [f"'{said}' is een afkorting. Schrijf hem uit." for said in SHORTENED.findall(plain)]
    for sentence in sentences(plain):
        many = len(WORD.findall(sentence))
        if many > LONGEST:
            found.append(f"'{sentence[:40]}…' heeft {many} woorden. Maak er twee zinnen van.")
    for word in WORD.findall(plain.lower()):
        if word in FORMS:
            found.append(
                f"'{word}' is een moeilijk woord. Schrijf bijvoorbeeld '{HARD[FORMS[word]]}'."
            )
        elif len(word) > LONGEST_WORD and word not in NAMES:
            found.append(f"'{word}' is een lang woord. Zoek er een ander voor.")
    return found


def sentences(text: str) -> list[str]:
    return [one.strip() for one in SENTENCE.split(text) if WORD.search(one or "")]


def mean_length(texts: Iterable[str]) -> float:
    """Words a sentence, over all of it."""
    lengths = [
        len(WORD.findall(one)) for text in texts for one in sentences(FILLED_IN.sub("", text))
    ]
    return sum(lengths) / len(lengths) if lengths else 0.0


def forms_of(word: str) -> set[str]:
    """The word as it may stand in a sentence: more of them, before another word, or of a verb who
    does it and when. Too many rather than too few: what is no word is never typed."""
    if word not in VERBS:
        return {word + end for end in ("", "e", "s", "'s", "en", "n")}
    root = word.removesuffix("en")
    stem = root
    if root.endswith("er"):
        stem = f"{root[:-1]}er"  # faciliteren: faciliteer
    elif root[-1] == root[-2]:
        stem = root[:-1]  # verstrekken: verstrek
    said = {word, stem, *(stem + end for end in ("t", "te", "ten", "de", "den")), f"{root}end"}
    said |= {one if one.startswith(UNSTRESSED) else f"ge{one}" for one in (f"{stem}d", f"{stem}t")}
    said |= {f"ge{stem}", f"{root}ende"}
    return said


FORMS = {form: word for word in HARD for form in forms_of(word)} | {word: word for word in HARD}
