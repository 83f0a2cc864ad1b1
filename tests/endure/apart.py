"""A series in a process of its own, on a copy of the empty test database."""

import json
import os
import subprocess
import sys
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection


def found_by(module: str, *arguments: str) -> dict[str, Any]:
    """What `python -m module` prints last, as JSON; its processes may have said more before."""
    address = urlsplit(os.environ["DATABASE_OWNER_URL"])
    copy = urlunsplit(address._replace(path=f"/{connection.settings_dict['NAME']}"))
    connection.close()
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments, f"--copy={copy}"],
        cwd=settings.BASE_DIR, stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])
