"""The most memory that one draw takes in its process, after Django itself. Prints JSON."""

import json
import resource
import sys

import django

django.setup()

from django.db import connection  # noqa: E402  after Django is ready

from reporting.services.drawing import draw  # noqa: E402
from tests.bench.figures import DATES  # noqa: E402


def main() -> None:
    connection.ensure_connection()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    draw(DATES)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    json.dump({"before": before * 1024, "after": after * 1024}, sys.stdout)


if __name__ == "__main__":
    main()
