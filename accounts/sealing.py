"""Small secrets, sealed before they reach the database: the key stays outside it.

A sealed value reads `v1.<name of the key>.<nonce and ciphertext>`. It is bound to what it is for:
a value that was moved to another place in the database doesn't open.
"""

import base64
import binascii
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

VERSION = "v1"
NONCE_BYTES = 12


class CannotOpen(Exception):
    """The value was changed or moved, or its key isn't among OT_FIELD_KEYS any more."""


def seal(text: str, *, purpose: str) -> str:
    """`text` as only this installation can read it, and only for this purpose."""
    name, key = next(iter(settings.FIELD_KEYS.items()))
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, text.encode(), _bound(name, purpose))
    return f"{VERSION}.{name}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def unseal(value: str, *, purpose: str) -> str:
    """What was sealed. Raises CannotOpen."""
    try:
        version, name, body = value.split(".")
        raw = base64.urlsafe_b64decode(body)
        if version != VERSION:
            raise CannotOpen(version)
        opener = AESGCM(settings.FIELD_KEYS[name])
        text = opener.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _bound(name, purpose))
    except (ValueError, KeyError, binascii.Error, InvalidTag) as error:
        raise CannotOpen(type(error).__name__) from None
    return text.decode()


def is_current(value: str) -> bool:
    """Whether the first key sealed it; if not, `manage.py reseal` has work to do."""
    return value.startswith(f"{VERSION}.{next(iter(settings.FIELD_KEYS))}.")


def again(value: str, *, purpose: str) -> str:
    """The same, sealed by the first key. Raises CannotOpen."""
    return seal(unseal(value, purpose=purpose), purpose=purpose)


def _bound(name: str, purpose: str) -> bytes:
    return f"{VERSION}|{name}|{purpose}".encode()
