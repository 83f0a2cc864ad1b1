"""How a line is hashed, in Python: the same rule as the trigger of migration 0004, on its own.

Every value becomes <number of bytes>:<text>, or a dash for null, each followed by a comma. The
first is the name of the rule, so that a later rule can't be taken for this one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

RULE = "ondersteuning-access-log-1"
START = bytes(32)  # the hash before the first line

# In the order in which they are hashed, as the texts that PostgreSQL makes of them.
HASHED = (
    "number::text",
    "encode(prev_hash, 'hex')",
    "id::text",
    "extract(epoch FROM at)::text",
    "actor_id::text",
    "actor_roles",
    "ground",
    "purpose",
    "action",
    "outcome",
    "object_type",
    "object_id",
    "part",
    "subjects::text",
    "detail::text",
    "request_id::text",
    "origin",
)


@dataclass(frozen=True)
class Link:
    """A line as it stands in the chain."""

    number: int | None
    prev_hash: bytes | None
    hash: bytes | None
    texts: tuple[str | None, ...]

    @property
    def epoch(self) -> str | None:
        """When, as seconds since 1970; PostgreSQL's text, because it may be far outside Python's
        calendar."""
        return self.texts[3]

    def computed(self) -> bytes:
        """The hash that this content should have."""
        return hash_of(self.texts)

    def computed_after(self, prev_hash: bytes) -> bytes:
        """The hash that this content should have behind a line with `prev_hash`."""
        return hash_of((self.texts[0], prev_hash.hex(), *self.texts[2:]))


def hash_of(texts: Sequence[str | None]) -> bytes:
    """The hash of the texts of HASHED."""
    return sha256("".join(map(_part, (RULE, *texts))).encode()).digest()


def _part(text: str | None) -> str:
    return "-," if text is None else f"{len(text.encode())}:{text},"
