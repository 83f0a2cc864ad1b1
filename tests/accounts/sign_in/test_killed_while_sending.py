"""A worker killed at any point sends no letter twice, and says when it can't know (T83)."""

import os
import subprocess
import sys
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection
from django.db.models import F

from accounts.models import OutgoingMail
from accounts.services.outbox import send_later
from accounts.tasks import sweep_mail

from . import mail_server

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.services,
]
EXPECTED = {
    "before the server": ("uncertain", 0),
    "after it was taken": ("uncertain", 1),
    "after the commit": ("sent", 1),
}


def kill_a_worker(point: str, port: int) -> int:
    environ = dict(os.environ) | {"OT_SMTP_URL": f"smtp://127.0.0.1:{port}"}
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        place = urlsplit(environ[name])._replace(path=f"/{connection.settings_dict['NAME']}")
        environ[name] = urlunsplit(place)
    command = [sys.executable, "-m", "tests.accounts.sign_in.dying_sender", point]
    return subprocess.run(command, env=environ, timeout=60).returncode


@pytest.mark.parametrize("point", EXPECTED)
def test_killed(point):
    handler = mail_server.Server()
    controller = mail_server.start(handler)
    try:
        mail = send_later(to="rik@ot.nl", subject="Brief", text="x", purpose="proef", by=None)
        assert kill_a_worker(point, controller.port) == -9
        OutgoingMail.objects.update(claimed_at=F("claimed_at") - timedelta(minutes=6))
        for _ in range(3):
            sweep_mail()
    finally:
        controller.stop()
    mail.refresh_from_db()
    assert (mail.state, len(handler.taken)) == EXPECTED[point]
