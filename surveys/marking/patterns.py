"""What leads to somebody by its form: numbers, addresses, days. Each pattern marks every word that
it touches."""

import re
from collections.abc import Iterator

MONTHS = (
    "jan(?:uari)?|feb(?:ruari)?|maart|mrt|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?"
    "|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?|january|february|march|may|june|july|august|october"
    "|ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık"
    "|yanüari|febrüari|aprel|yüni|yüli|ougùstùs|sèptèmber|òktober|novèmber|desèmber"
    "|يناير|فبراير|مارس|أبريل|ماي|مايو|يونيو|يوليوز|يوليو|غشت|أغسطس|شتنبر|سبتمبر|أكتوبر|نونبر"
    "|نوفمبر|دجنبر|ديسمبر"
)
STREET = r"\w{3,}(?:straat|laan|weg|plein|gracht|kade|singel|dijk|hof|pad|steeg|dreef|plantsoen)"
PATTERNS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:https?://|www\.)\S+|\S+@\S+|@\w[\w.]*",
        r"\b\w[\w-]*(?:\.[\w-]+)*\.(?:nl|com|org|net|eu|be|tr|info)\b(?:/\S*)?",
        r"\+?\d(?:[\s().\-–/]*\d){7,}",  # a telephone number, a BSN
        r"\b[a-z]{2}\d{2}\s?[a-z]{4}\s?\d[\d\s]{5,}",  # an account
        r"\b\d{4}\s?[a-z]{2}\b(?<!\d\d\d\d\s[a-z][a-z])",  # 1234ab
        r"\b(?!(?:19|20)\d\d)\d{4}\s[a-z]{2}\b",
        rf"\b{STREET}\s+\d+\s?[a-z]?\b",
        r"\b\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b",
        rf"\b\d{{1,2}}(?:e|ste|de|st|nd|rd|th)?\s+(?:{MONTHS})\b\.?(?:\s+\d{{2,4}})?",
        rf"\b(?:{MONTHS})\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?",
        r"\b(?:geboren|geb|born|doğumlu|doğum|nasí)\b\D{0,12}\d{2,4}",
        r"\b\d{4}\s+doğumlu",
        r"\b[a-z]{1,3}\d{3,}\b",  # a file
        r"\b\d*(?:\d{5,}|\d[.-]\d{3}[.-]\d)[\d.-]*",  # a long number
        r"\b(?!(?:19|20)\d\d\b)\d{4}\b",
    )
]
POSTCODE = re.compile(r"\b\d{4}\s[A-Z]{2}\b")  # in capitals also where it looks like a year


def spans(text: str) -> Iterator[tuple[int, int]]:
    """From where to where."""
    for pattern in [*PATTERNS, POSTCODE]:
        for found in pattern.finditer(text):
            yield found.span()
