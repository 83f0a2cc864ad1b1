"""One test a house rule; each says what to do when it fails."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
# Who may know whom. Nobody knows `ondersteuning`, which knows all.
MAY_IMPORT = {
    "facts": set(),
    "accounts": {"facts"},
    "cases": {"accounts", "facts"},
    "surveys": {"cases", "accounts", "facts"},
    "reporting": {"surveys", "cases", "accounts", "facts"},
}
OURS = {*MAY_IMPORT, "ondersteuning"}


def sources(app: str) -> Iterator[Path]:
    return (path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """The first name of every absolute import, also of those inside functions."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name.partition(".")[0], node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.partition(".")[0], node.lineno


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_arrows_run_one_way(app):
    wrong = [
        f"{path.relative_to(ROOT)}:{line} kent {name}"
        for path in sources(app)
        for name, line in imported(path)
        if name in OURS - MAY_IMPORT[app] - {app}
    ]
    assert wrong == [], "laat de bovenste het aanreiken, of zet het een verdieping lager"


def test_the_product_does_not_know_its_tests_or_what_stands_beside_it():
    wrong = [
        f"{path.relative_to(ROOT)}:{line}"
        for app in OURS
        for path in sources(app)
        for name, line in imported(path)
        if name == "tests"
    ]
    wrong += [
        str(path.relative_to(ROOT))
        for app in OURS
        for path in sources(app)
        if "../shared" in path.read_text("utf-8")
    ]
    assert wrong == []


def test_only_grants_speaks_to_guardian():
    wrong = [
        f"{path.relative_to(ROOT)}:{line}"
        for app in OURS
        for path in sources(app)
        for name, line in imported(path)
        if name == "guardian"
        and path not in {ROOT / "accounts/grants.py", ROOT / "cases/models/access.py"}
    ]
    assert wrong == [], "gebruik accounts.grants: guardian kent geen einde"


def test_nobody_asks_for_a_permission_on_an_object():
    """guardian's backend would answer, and it doesn't know that a grant ends."""
    asks = re.compile(r"has_perms?\([^()]*,\s*[^()]+\)")
    wrong = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for app in OURS
        for path in sources(app)
        for found in asks.finditer(path.read_text("utf-8"))
    ]
    assert wrong == [], "ga door de deur (cases.door) of gebruik accounts.roles.may"


@pytest.mark.parametrize("pattern", ["*.py", "*.html", "*.css"])
def test_a_file_is_small_enough_to_find_ones_way_in(pattern):
    folders = [*OURS, "templates", "static", "tests"]
    long = {
        str(path.relative_to(ROOT)): lines
        for folder in folders
        for path in (ROOT / folder).rglob(pattern)
        if "migrations" not in path.parts
        and (lines := len(path.read_text("utf-8").splitlines())) > 350
    }
    assert long == {}, "splits naar onderwerp"


def test_every_template_is_used():
    """By a view, another template, or a part that looks for it by name."""
    found_by_name = re.compile(r"^(account|mfa|allauth|\d{3})")
    texts = "\n".join(
        path.read_text("utf-8")
        for folder in [*OURS, "templates"]
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".html", ".txt"}
    )
    templates = [
        path.relative_to(ROOT / "templates").as_posix()
        for path in (ROOT / "templates").rglob("*.html")
    ]
    unused = [
        name for name in templates if not found_by_name.match(name) and f'"{name}"' not in texts
    ]
    assert unused == []


def test_a_comment_in_a_template_stands_on_one_line():
    """Django shows one of more lines to the reader; `{% comment %}` does not."""
    wrong = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / "templates").rglob("*.html")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if line.count("{#") != line.count("#}")
    ]
    assert wrong == []
