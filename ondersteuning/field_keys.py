"""The keys for small secrets in the database, from the environment. None stands in the database.

OT_FIELD_KEYS is `name:key,name:key`; the first seals, the others only open what they sealed
earlier. A new first key and `manage.py reseal` replace an old one. On a laptop one key follows
from the secret of the installation.
"""

import base64
import binascii
import re

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
HOW = (
    "Schrijf OT_FIELD_KEYS als naam:sleutel, met komma's ertussen; een sleutel is 32 willekeurige "
    "bytes in base64 (maak er een met: openssl rand -base64 32)."
)


def read_keys(text: str, *, secret_key: str) -> dict[str, bytes]:
    """Name -> key, the one that seals first. Raises ImproperlyConfigured, in Dutch."""
    if not text.strip():
        return {"lokaal": _derived(secret_key)}
    keys: dict[str, bytes] = {}
    for pair in text.split(","):
        name, _, key = pair.strip().partition(":")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,20}", name) or name in keys:
            raise ImproperlyConfigured(f"OT_FIELD_KEYS klopt niet: een naam. {HOW}")
        keys[name] = _decoded(key)
    return keys


def _decoded(key: str) -> bytes:
    try:
        found = base64.b64decode(key, validate=True)
    except binascii.Error:
        found = b""
    if len(found) != KEY_BYTES or len(set(found)) < 8:
        raise ImproperlyConfigured(f"OT_FIELD_KEYS klopt niet: een sleutel. {HOW}")
    return found


def _derived(secret_key: str) -> bytes:
    derive = HKDF(SHA256(), KEY_BYTES, salt=None, info=b"ondersteuning: keys of fields")
    return derive.derive(secret_key.encode())
