"""Every form of a file in which someone types: who types it, where, and in which field."""

from tests.cases.office import a_case, colleague
from tests.cases.test_contacts import said
from tests.cases.test_tasks import planned
from tests.cast import a_registration, family_of

PEOPLE = {"fatima": "procesbegeleider", "tess": "teammanager", "bob": "procesbegeleider"}


def addresses(case, waiting, by) -> dict[str, tuple[str, str, str]]:
    """By name: the colleague, the address and the field. `waiting` has no supervisor."""
    family, registration = f"/gezinnen/{family_of(case).pk}/", f"/aanmeldingen/{case.pk}/"
    contact, task = said(case, by=by), planned(case, by)
    mother = contact.person
    return {
        "een gesprek": ("fatima", f"{family}gesprek/", "note"),
        "een verslag verbeteren": ("fatima", f"/gesprek/{contact.pk}/", "reason"),
        "een taak": ("fatima", f"{registration}taak/", "title"),
        "een taak wijzigen": ("fatima", f"/taken/{task.pk}/", "title"),
        "een klacht": ("fatima", f"{family}klachten/nieuw/", "subject"),
        "een resultaat": ("fatima", f"{family}resultaten/nieuw/", "happened_on"),
        "een formeel verzoek": ("fatima", f"{registration}verzoeken/nieuw/", "outcome"),
        "een toestemming": ("fatima", f"{registration}toestemmingen/nieuw/", "happened_on"),
        "een overdracht naar een steunpunt": (
            "fatima",
            f"{registration}overdrachten/nieuw/",
            "agreements",
        ),
        "een document": ("fatima", f"{registration}documenten/nieuw/", "title"),
        "een gezinslid": ("fatima", f"{family}gezinsleden/nieuw/", "first_name"),
        "een naam": ("fatima", f"{family}personen/{mother.pk}/", "last_name"),
        "afsluiten": ("fatima", f"{registration}stand/afgesloten/", "happened_on"),
        "de doelgroeptoets": ("fatima", f"{registration}doelgroep/", "ground"),
        "een aanmelding": ("fatima", "/aanmeldingen/nieuw/formulier/", "note"),
        "noodtoegang": ("bob", "/gezinnen/noodtoegang/", "reason"),
        "een belangenconflict": ("fatima", "/waarneming/belangenconflict/", "reason"),
        "een waarneming": ("tess", "/waarneming/nieuw/", "reason"),
        "delen": ("tess", f"{family}delen/", "reason"),
        "overdragen": ("tess", f"/team/overdragen/?van={by.pk}", "note"),
        "toewijzen": ("tess", f"/team/toewijzen/{waiting.pk}/", "on"),
    }


def an_office() -> tuple[dict, dict]:
    """The colleagues by name, and the addresses."""
    people = {name: colleague(name, role) for name, role in PEOPLE.items()}
    return people, addresses(a_case(people["fatima"]), a_registration(), people["fatima"])
