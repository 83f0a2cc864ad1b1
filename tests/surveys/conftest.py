"""A mail server that answers as a test wants."""

from collections.abc import Iterator

import pytest

from ondersteuning.mail_server import read_mail_server
from tests.accounts.sign_in import mail_server


@pytest.fixture
def server(settings) -> Iterator[mail_server.Server]:
    handler = mail_server.Server()
    controller = mail_server.start(handler)
    for name, value in read_mail_server(f"smtp://127.0.0.1:{controller.port}").items():
        setattr(settings, name, value)
    settings.EMAIL_TIMEOUT = 1
    yield handler
    handler.let_go.set()
    controller.stop()
