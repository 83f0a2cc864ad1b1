"""Several servers together let through no more guesses than one."""

import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.services,
]


def test_three_processes_at_once_let_ten_guesses_through():
    environ = dict(os.environ)
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        place = urlsplit(environ[name])._replace(path=f"/{connection.settings_dict['NAME']}")
        environ[name] = urlunsplit(place)
    command = [sys.executable, "-m", "tests.accounts.sign_in.guessing_process", "rik@ot.nl", "40"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    guessers = [subprocess.Popen(command, env=environ, **pipes) for _ in range(3)]
    for guesser in guessers:
        guesser.stdin.write("go\n")
        guesser.stdin.flush()
    let_through = [int(guesser.communicate(timeout=60)[0]) for guesser in guessers]
    assert sum(let_through) == 10, let_through
