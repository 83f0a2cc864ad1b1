"""The links in letters, and all that follows from one. Nothing here is kept but hashes.

A link is 256 random bits that stand in the letter and nowhere else. What follows from it by one
function can't be had from what follows by another: who has the hash in `Letter` can't find the
row in `Progress` (docs/adr/0006-enquetes.md).
"""

import hashlib
import re
import secrets
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.utils.crypto import salted_hmac

BYTES = 32  # 256 bits
LONGEST = 64  # characters that we look at
A_LINK = re.compile(r"[A-Za-z0-9_-]{43}")


def new_link() -> str:
    return secrets.token_urlsafe(BYTES)


def cleaned(link: str) -> str:
    """Without what mail programs stick to it, such as '>' or a full stop; '' if it can't be one."""
    found = A_LINK.match(link.strip())
    return found[0] if found else ""


def hash_of(link: str) -> str:
    """What stands in the table for a link."""
    return hashlib.sha256(f"surveys.link|{link[:LONGEST]}".encode()).hexdigest()


def place_of(link: str) -> str:
    """The key of the row with what was filled in so far."""
    return _follows(link, b"surveys.progress.row").hex()


def key_of(link: str) -> bytes:
    """What seals that row."""
    return _follows(link, b"surveys.progress.contents")


def mark_of(link: str) -> str:
    """In the forms of whoever opened it: on a shared telephone the next one may open another."""
    return _follows(link, b"surveys.form").hex()[:16]


def once_of(invitation: UUID) -> str:
    """By a key outside the database: the same for every letter of one invitation."""
    return salted_hmac("surveys.once", str(invitation), algorithm="sha256").hexdigest()


def _follows(link: str, what: bytes) -> bytes:
    deriving = HKDF(algorithm=SHA256(), length=32, salt=None, info=what)
    return deriving.derive(link[:LONGEST].encode())
