#!/usr/bin/env python3
"""The command line. With no address of a database set, the local services are used."""

import os
import sys

from ondersteuning import local


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ondersteuning.settings")
    local.prepare(os.environ, command=sys.argv[1] if len(sys.argv) > 1 else "")
    from django.core.management import execute_from_command_line  # after the addresses are known

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
