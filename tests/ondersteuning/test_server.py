"""What a server starts with: the image holds the whole product, and every service that can fall
silent is looked after."""

import re

import pytest
from django.conf import settings

from tests.test_house_rules import OURS

ROOT = settings.BASE_DIR
FOLDERS = {*OURS, "templates", "static"}


def lines_of(name: str) -> list[str]:
    return (ROOT / name).read_text("utf-8").splitlines()


@pytest.mark.parametrize("folder", sorted(FOLDERS))
def test_the_image_holds_every_part_of_the_product(folder):
    assert f"COPY {folder} {folder}" in lines_of("Dockerfile")
    assert f"!{folder}" in lines_of(".dockerignore"), "or it never reaches the builder"


def services_of_compose() -> dict[str, str]:
    """The text of each service by its name; there is no reader of YAML among the libraries."""
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    body = re.search(r"^services:\n(.*?)^networks:", text, re.M | re.S)[1]
    names_and_texts = re.split(r"^  (\w+):\n", body, flags=re.M)[1:]
    return dict(zip(names_and_texts[::2], names_and_texts[1::2], strict=True))


@pytest.mark.parametrize("name", ["web", "worker", "beat", "postgres", "redis"])
def test_every_service_that_goes_on_is_looked_after(name):
    service = services_of_compose()[name]
    assert "healthcheck:" in service
    assert "restart: unless-stopped" in service or "<<: *application" in service


def test_a_mail_server_is_named_or_nothing_starts():
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    assert "${OT_SMTP_URL:?" in text
    assert "OT_SMTP_URL:-" not in text


def test_the_mail_catcher_is_on_this_machine_only_and_only_when_asked_for():
    mail = services_of_compose()["mail"]
    assert "profiles: [development]" in mail
    assert re.findall(r"ports: \[(.*)\]", mail) == ['"127.0.0.1:8025:8025"']
