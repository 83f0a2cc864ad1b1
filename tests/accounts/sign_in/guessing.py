"""How far guessing gets: python -m tests.accounts.sign_in.guessing [ROUNDS]

On a PostgreSQL of its own and with the settings of a real server: the slow hash of a password, and
the time that every answer takes. About fifteen minutes for five hundred rounds.
"""

import sys
from unittest import mock

from tests import services

ROUNDS = 500
GOAL = 0.55


def main() -> int:
    """0 when time doesn't tell who has an account, and spraying is heard of."""
    rounds = int(sys.argv[1]) if sys.argv[1:] else ROUNDS
    with services.of_its_own():
        return measured(rounds)


def measured(rounds: int) -> int:
    import django
    from django.conf import settings

    # The static files needn't be collected for this.
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES["staticfiles"] = {"BACKEND": plain}
    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    from tests.accounts.sign_in import guessing_measures as measures

    call_command("migrate", verbosity=0)
    setup_test_environment(debug=False)
    with (
        mock.patch("accounts.services.outbox.wake_a_worker"),
        mock.patch("accounts.forms.sign_in.wake_a_worker"),
    ):
        assert measures.shows_the_page(), "the server answers otherwise than a browser would see"
        print(f"T1: {measures.tried_in_an_hour()} van 1000 pogingen in een uur bekeken", flush=True)
        heard = measures.sprayed_before_an_alarm()
        print(f"T2: bericht aan de beheerder na {heard} pogingen van 1000", flush=True)
        curves = []
        for words, make in (
            ("inloggen", measures.signing_in),
            ("een nieuw wachtwoord vragen", measures.asking_for_a_letter),
        ):
            curves.append(measures.told_apart_by_time(make, rounds))
            print(f"T3: {words}: AUC {curves[-1]:.3f} (2 x {rounds})", flush=True)
    return int(heard is None or max(curves) > GOAL)


if __name__ == "__main__":
    sys.exit(main())
