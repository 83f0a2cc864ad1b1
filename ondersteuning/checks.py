"""What this system refuses to start with. Everything wrong is said at once, in Dutch.

Called at the end of the settings, so it holds for each process: web, worker, beat and commands.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured

SHORTEST_SECRET = 50
KNOWN_SECRETS = ("alleen-voor", "django-insecure", "dev-key", "changeme", "geheim")
OWN_MACHINE = {"localhost", "127.0.0.1", "[::1]", "*", ""}


def refuse_wrong_start(settings: Mapping[str, Any], environ: Mapping[str, str]) -> None:
    """Raises ImproperlyConfigured when a server (OT_HTTPS=1) would start unsafe."""
    if not settings["HTTPS"]:
        return
    faults = [*_not_beside_a_server(settings), *_what_a_server_needs(settings, environ)]
    if faults:
        lines = "\n".join(f"- {fault}" for fault in faults)
        raise ImproperlyConfigured(
            f"De server start niet. Met OT_HTTPS=1 (een echte server) klopt dit niet:\n{lines}\n"
            "Zie docs/beheer.md."
        )


def _not_beside_a_server(settings: Mapping[str, Any]) -> list[str]:
    faults = []
    if settings["DEMO"]:
        faults.append("OT_DEMO=1: de demo heeft bekende accounts zonder tweede stap.")
    if settings["DEBUG"]:
        faults.append("OT_DEBUG=1: foutpagina's laten dan gegevens zien.")
    return faults


def _what_a_server_needs(settings: Mapping[str, Any], environ: Mapping[str, str]) -> list[str]:
    faults = []
    secret = settings["SECRET_KEY"]
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < 10 or secret.startswith(KNOWN_SECRETS):
        faults.append(
            f"OT_SECRET_KEY is te zwak: gebruik minstens {SHORTEST_SECRET} willekeurige tekens "
            "(openssl rand -base64 48)."
        )
    if OWN_MACHINE & set(settings["ALLOWED_HOSTS"]):
        faults.append("OT_HOSTS ontbreekt of is te ruim: zet er alleen de namen van de site in.")
    for name, meaning in NEEDED.items():
        if not environ.get(name):
            faults.append(f"{name} ontbreekt: {meaning}")
    return faults


NEEDED = {
    "OT_FIELD_KEYS": "de sleutels waarmee geheimen in de database zijn versleuteld.",
    "OT_SMTP_URL": "de mailserver; zonder mail kan niemand worden uitgenodigd.",
    "OT_MAIL_FROM": "het adres waarvan de mail komt.",
    "OT_PROXIES": "hoeveel proxy's er voor de server staan (meestal 1). Alleen hun "
    "X-Forwarded-For wordt geloofd.",
}
