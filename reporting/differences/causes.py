"""Why a record counts in one draw and not in another: every cause, declared once.

What each means stands in docs/verschillen.md. Which one a record has follows from its own facts
(reporting.differences.finding).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cause:
    """`key`: its name for ever. `name`: as on screen. `when`: the condition, in plain Dutch."""

    key: str
    name: str
    when: str


NEW = Cause(
    "new", "Nieuw in deze periode",
    "Gebeurd na de vorige peildatum.",
)  # fmt: skip
TIME = Cause(
    "time", "Tijd verstreken",
    "Er is niets nieuws vastgelegd: een termijn liep af, of een kind werd geboren.",
)  # fmt: skip
PERIOD = Cause(
    "period", "Andere periode",
    "De periode begint op een andere dag, en dit cijfer telt alleen wat in de periode gebeurt.",
)  # fmt: skip
LATE = Cause(
    "late", "Op tijd gebeurd, later vastgelegd",
    "Gebeurd op of voor de vorige peildatum, en pas daarna vastgelegd.",
)  # fmt: skip
DATED_BACK = Cause(
    "dated_back", "Status met een eerdere datum",
    "De status ging in op of voor de vorige peildatum, en is pas daarna vastgelegd.",
)  # fmt: skip
FILLED_IN = Cause(
    "filled_in", "Later ingevuld",
    "Het was nog niet in beeld, en is daarna ingevuld.",
)  # fmt: skip
CORRECTED = Cause(
    "corrected", "Gecorrigeerd",
    "Er stond iets anders. Dat is verbeterd.",
)  # fmt: skip
WITHDRAWN = Cause(
    "withdrawn", "Ingetrokken",
    "Het is teruggenomen, en er kwam niets voor in de plaats.",
)  # fmt: skip
MERGED = Cause(
    "merged", "Samengevoegd",
    "Een dossier ging op in een ander dossier, of dat is teruggedraaid.",
)  # fmt: skip
MOVED = Cause(
    "moved", "Overgezet naar een ander gezin",
    "Een aanmelding of een persoon hoort nu bij een ander gezin.",
)  # fmt: skip
NOT_YET_KNOWN = Cause(
    "not_yet_known", "Nog niet vastgelegd",
    "De latere stand is getrokken zoals het eerder bekend was: dit was toen nog niet vastgelegd.",
)  # fmt: skip
CODE_LIST = Cause(
    "code_list", "Codelijst gewijzigd",
    "Een code hoort nu bij een ander thema, of staat op een andere plaats in de lijst.",
)  # fmt: skip
RULE = Cause(
    "rule", "Telregel gewijzigd",
    "Met dezelfde datums telt het programma nu anders dan toen.",
)  # fmt: skip
ROUNDING = Cause(
    "rounding", "Afronding",
    "De som is afgerond op twee decimalen.",
)  # fmt: skip
OTHER = Cause(
    "other", "Niet te herleiden",
    "De feiten van dit dossier verklaren het verschil niet. Meld dit aan de beheerder.",
)  # fmt: skip

# As a reader meets them.
CAUSES = {
    one.key: one
    for one in (
        NEW, TIME, PERIOD, LATE, DATED_BACK, FILLED_IN, CORRECTED, WITHDRAWN, MERGED, MOVED,
        NOT_YET_KNOWN, CODE_LIST, RULE, ROUNDING, OTHER,
    )
}  # fmt: skip
