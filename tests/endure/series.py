"""All series, in the order in which they run."""

from tests.accounts.access_log.tampering import series as tampers
from tests.endure.days import random_days
from tests.endure.draws import killed_draws
from tests.endure.imports import killed_imports
from tests.endure.interruptions import interruptions
from tests.endure.kills import kills
from tests.endure.mails import killed_mails
from tests.endure.outcome import Series
from tests.endure.worlds import random_worlds

SERIES = (
    Series(
        "Willekeurige werelden",
        "elk cijfer, en elke lijst erachter, gelijk aan een telling met de hand",
        "tests/reporting/test_worlds.py",
        random_worlds,
    ),
    Series(
        "Willekeurige werkdagen",
        "na een dag werk op de schermen elk cijfer gelijk aan een telling van wat er is gedaan",
        "tests/day/",
        random_days,
    ),
    Series(
        "Berekeningen met een gedode werker",
        "na `kill -9` op een willekeurige stap één keer klaar, met dezelfde cijfers",
        "tests/reporting/test_running.py",
        killed_draws,
    ),
    Series(
        "Gedood tijdens berekening, bestanden en publicatie",
        "na `kill -9` van werker, klok, wachtrij of database is elk rapport één keer gepubliceerd "
        "en elk bestand heel, binnen een minuut en vanzelf (hier loopt die klok tien keer zo snel)",
        "tests/endure/test_kills.py",
        kills,
    ),
    Series(
        "Onderbroken bij het werk",
        "na een gedode werker of site, een beëindigde sessie, een collega die eerst was of een "
        "gestopte database staat wat is opgeslagen er één keer, en is van wat iemand typt niet "
        "meer weg dan van twee seconden (hier loopt die klok tien keer zo snel)",
        "tests/endure/test_interruptions.py",
        interruptions,
    ),
    Series(
        "Gedood tijdens het inlezen",
        "na `kill -9` op een willekeurig moment alles of niets, en daarna gewoon door",
        "tests/cases/monitor/",
        killed_imports,
    ),
    Series(
        "Geknoei met het leeslogboek",
        "elke verandering gevonden, met de eerste foute regel; geen vals alarm",
        "tests/accounts/access_log/test_tampering.py",
        lambda: tampers(1_000),
    ),
    # The last: its round stays in the database, which goes away with this program.
    Series(
        "Uitnodigingen gemaild",
        "na `kill -9` van werker, wachtrij of mailserver op elke stap krijgt niemand een brief "
        "twee keer, gaat er geen stil verloren, en staat elke onzekere op de lijst",
        "tests/surveys/test_killed_while_mailing.py",
        killed_mails,
    ),
)
