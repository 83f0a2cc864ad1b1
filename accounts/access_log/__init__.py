"""The read log (leeslogboek), in short:

- `note` writes a line in the page's transaction: no line, no page.
- `Refused` is raised where there is no ground; the attempt is written after the roll-back.
- `verify_access_log` recomputes the chain; `keep_access_log_head` puts its head elsewhere.

docs/adr/0005-toegang.md says why. The rest are the drawers: writing, refusing, chain, heads,
protection, verifying.
"""

from .refusing import Refused
from .writing import LogUnavailable, note

__all__ = ["LogUnavailable", "Refused", "note"]
