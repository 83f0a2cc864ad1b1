"""A server that would be unsafe does not start, and says why (T10, T99)."""

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed

from accounts.models import User
from ondersteuning.field_keys import read_keys
from ondersteuning.middleware import refuse_wrong_database

PROJECT = Path(__file__).resolve().parents[3]
KEY = base64.b64encode(bytes(range(32))).decode()
A_SERVER = {
    "OT_HTTPS": "1",
    "OT_HOSTS": "ot.example.nl",
    "OT_SECRET_KEY": "u7Jq2vXw9Zr4Tn6Bs8Kd1Mf3Hg5Lp0Cy-AeRiOuWxQzVbNmJhGt",
    "OT_FIELD_KEYS": f"a:{KEY}",
    "OT_SMTP_URL": "smtp://mail.example.nl?tls=1",
    "OT_MAIL_FROM": "ondersteuning@ot.example.nl",
    "OT_PROXIES": "1",
    "DATABASE_URL": "postgresql://ot_app:x@127.0.0.1:1/ondersteuning",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}


def run(*command: str, **changed: str | None) -> subprocess.CompletedProcess:
    """A process of this project as a server has it, with some variables changed or left out."""
    environ = {name: value for name, value in {**A_SERVER, **changed}.items() if value is not None}
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *command],
        cwd=PROJECT,
        env={**kept, **environ, "DJANGO_SETTINGS_MODULE": "ondersteuning.settings"},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_server_as_it_should_be_passes_every_check_with_none_silenced():
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout
    assert done.stderr == ""


def settings_read(**changed: str | None) -> str:
    """What reading the settings says; empty when the server would start."""
    code = "import ondersteuning.settings as s; print(s.SESSION_COOKIE_NAME, s.PASSWORD_HASHERS[0])"
    done = run("-c", code, **changed)
    return done.stderr.strip()


def test_a_server_hashes_with_argon2_and_has_host_bound_cookies():
    code = """
import ondersteuning.settings as s
print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.KNOWN_BROWSER_COOKIE)
print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS, s.SECURE_SSL_REDIRECT)
print(s.PASSWORD_HASHERS[0].rpartition('.')[2], s.SECOND_FACTOR_SKIPPED_FOR)
"""
    assert run("-c", code).stdout.splitlines() == [
        "__Host-session __Host-csrf __Host-browser",
        "True True 31536000 True",
        "Argon2PasswordHasher ()",
    ]


WRONG = {
    "the demo": ({"OT_DEMO": "1"}, "OT_DEMO=1"),
    "fault pages": ({"OT_DEBUG": "1"}, "OT_DEBUG=1"),
    "a short secret": ({"OT_SECRET_KEY": "kort"}, "OT_SECRET_KEY is te zwak"),
    "a known secret": ({"OT_SECRET_KEY": "changeme" * 10}, "OT_SECRET_KEY is te zwak"),
    "no secret": ({"OT_SECRET_KEY": None}, "OT_SECRET_KEY ontbreekt"),
    "no hosts": ({"OT_HOSTS": None}, "OT_HOSTS ontbreekt"),
    "any host": ({"OT_HOSTS": "*"}, "OT_HOSTS ontbreekt of is te ruim"),
    "no keys of fields": ({"OT_FIELD_KEYS": None}, "OT_FIELD_KEYS ontbreekt"),
    "no mail server": ({"OT_SMTP_URL": None}, "OT_SMTP_URL ontbreekt"),
    "a wrong mail server": ({"OT_SMTP_URL": "mail.example.nl"}, "Schrijf OT_SMTP_URL als"),
    "no sender": ({"OT_MAIL_FROM": None}, "OT_MAIL_FROM ontbreekt"),
    "no number of proxies": ({"OT_PROXIES": None}, "OT_PROXIES ontbreekt"),
    "no database": ({"DATABASE_URL": None}, "DATABASE_URL ontbreekt"),
}


@pytest.mark.parametrize(("changed", "reason"), WRONG.values(), ids=WRONG)
def test_it_does_not_start_with(changed, reason):
    said = settings_read(**changed)
    assert "ImproperlyConfigured" in said
    assert reason in said


def test_all_that_is_wrong_is_said_at_once():
    said = settings_read(OT_DEMO="1", OT_DEBUG="1", OT_SECRET_KEY="kort", OT_PROXIES=None)
    assert said.count("\n- ") == 4


@pytest.mark.parametrize(
    "text", ["geen", "a:", "a:kort", f"a:{KEY},a:{KEY}", f"a b:{KEY}", f":{KEY}", "a:" + "A" * 44]
)
def test_a_wrong_key_is_refused(text):
    with pytest.raises(ImproperlyConfigured, match="OT_FIELD_KEYS"):
        read_keys(text, secret_key="x")


@pytest.mark.django_db
class TestTheDatabase:
    def start(self, settings, **https):
        settings.HTTPS = True
        refuse_wrong_database(lambda request: None)

    def test_of_a_demo_is_refused(self, settings, monkeypatch):
        monkeypatch.setattr("ondersteuning.middleware.connection.close", lambda: None)
        User.objects.create_user("pim@demo.example.org", name="Pim")
        with pytest.raises(ImproperlyConfigured, match="accounts van de demo"):
            self.start(settings)

    def test_with_migrations_to_go_is_refused(self, settings, monkeypatch):
        monkeypatch.setattr("ondersteuning.middleware.connection.close", lambda: None)
        monkeypatch.setattr(
            "ondersteuning.middleware.MigrationExecutor.migration_plan", lambda *_: ["one"]
        )
        with pytest.raises(ImproperlyConfigured, match="manage.py migrate"):
            self.start(settings)

    def test_in_order_lets_the_server_start(self, settings, monkeypatch):
        monkeypatch.setattr("ondersteuning.middleware.connection.close", lambda: None)
        with pytest.raises(MiddlewareNotUsed):
            self.start(settings)
