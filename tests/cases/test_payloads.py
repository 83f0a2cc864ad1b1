"""Whatever someone types is text: sixty ways to make it something else, in every place that takes
words (T35). A page with them has the same elements and attributes as a page without."""

from html.parser import HTMLParser
from itertools import cycle

import pytest

from cases.models import Complaint, Contact, FamilyMember, FormalRequest, Person, Task, Transfer
from cases.services import note
from facts.verbs import correct
from tests.cases.office import LAST_WEEK, TODAY, a_case, browser_of, colleague, officer
from tests.cast import code, family_of
from tests.reporting.runs import NOT_COLLECTED

pytestmark = [pytest.mark.django_db, NOT_COLLECTED]

TAGS = ("script", "img", "svg", "iframe", "object", "embed", "base", "meta", "link", "form")
PAYLOADS = (
    *(f"<{tag} src=x onerror=alert(1) onload=alert(1)>" for tag in TAGS),
    *(f"</{tag}><{tag}>" for tag in ("title", "textarea", "style", "script", "option", "td")),
    *(f"{quote} onmouseover=alert(1) x={quote}" for quote in ("'", '"', "`")),
    *(f"{quote}>{tag}" for quote in ("'", '"') for tag in ("<script>alert(1)</script>", "<b>")),
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)", "<a href='javascript:alert(1)'>x</a>", "<a href=//example.org>x</a>",
    "{{ 7|add:7 }}", "{% debug %}", "{# x #}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "[[7*7]]",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;", "%3Cscript%3E", "\\u003cscript",
    "<!-- x", "--><b>", "<![CDATA[<b>]]>", "<?xml version='1.0'?>", "]]><b>",
    "<scr<script>ipt>", "<ScRiPt>alert(1)</sCrIpT>", "<svg/onload=alert(1)>",
    "<details open ontoggle=alert(1)>", "<math><mtext><b>", "<noscript><p title='</noscript><b>'>",
    "<template><b>", "<input autofocus onfocus=alert(1)>", "<marquee onstart=alert(1)>",
    "‮<b>", "<b>", "＜script＞alert(1)＜/script＞", "'; DROP TABLE cases_person; --",
    "#read(\"/etc/passwd\")", "#eval(\"1+1\")", "$ x $", "= Kop", "@SUM(A1)", "=1+1",
)  # fmt: skip
ADDRESSES = ("href", "src", "action", "formaction")
NEVER = ("onerror", "onload", "onmouseover", "onfocus", "ontoggle", "onstart", "onclick", "style")


class Skeleton(HTMLParser):
    """The elements and the names of their attributes, without any words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple] = []
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(sorted(name for name, _ in attrs))))
        self.addresses += [
            value or "" for name, value in attrs if name in ("href", "src", "action")
        ]


def test_there_are_sixty_of_them():
    assert len(set(PAYLOADS)) >= 60


@pytest.fixture
def case():
    registration = a_case(colleague("fatima"))
    family = family_of(registration)
    for place in range(20):
        note(
            Contact(
                registration=registration,
                kind=code("contact_kind", "phone"),
                happened_on=LAST_WEEK,
                with_whom=f"w{place}",
                note=f"v{place}",
            ),
            by=None,
        )
        Task.objects.create(
            registration=registration,
            title=f"t{place}",
            due_on=TODAY,
            created_by=colleague(f"maker{place}"),
        )
    for place in range(5):
        note(
            Complaint(
                family=family,
                number=f"KL{place}",
                happened_on=LAST_WEEK,
                subject="o",
                measure_taken="m",
            ),
            by=None,
        )
        note(
            FormalRequest(
                registration=registration,
                kind=code("formal_request", "review"),
                happened_on=LAST_WEEK,
                addressed_to="g",
                answered_on=TODAY,
                outcome="u",
            ),
            by=None,
        )
    note(
        Transfer(
            registration=registration,
            happened_on=TODAY,
            municipality="g",
            support_point="s",
            contact_name="c",
            agreements="a",
        ),
        by=None,
    )
    return registration  # fmt: skip


def poison(registration) -> int:
    """Puts a payload in place of every word, the facts' by a correction. How many it placed."""
    payloads, placed = cycle(PAYLOADS), 0
    family = family_of(registration)
    for model, among, fields in (
        (Contact, {"registration": registration}, ("with_whom", "note")),
        (Complaint, {"family": family}, ("subject", "measure_taken")),
        (FormalRequest, {"registration": registration}, ("addressed_to", "outcome")),
        (Transfer, {"registration": registration}, ("municipality", "contact_name", "agreements")),
    ):
        for fact in model.objects.standing().filter(**among):
            words = {name: next(payloads) for name in fields}
            correct(fact, by=None, reason=next(payloads), **words)
            placed += len(words) + 1
    for task in Task.objects.filter(registration=registration):
        task.title = next(payloads)
        task.save()
        placed += 1
    for person in Person.objects.filter(
        pk__in=FamilyMember.objects.standing().filter(family=family).values("person")
    ):
        person.first_name, person.last_name = next(payloads), next(payloads)
        person.phone = next(payloads)[:30]
        person.save()
        placed += 3
    return placed


def pages(registration) -> list[str]:
    file = f"/gezinnen/{family_of(registration).pk}/"
    return [file, f"{file}gesprekken/", f"{file}wie-keek/", "/gezinnen/", "/vandaag/", "/taken/"]


def test_no_page_takes_any_of_them_for_more_than_text(case):
    reader = browser_of(colleague("boss", "teammanager"))
    owner = browser_of(case.assignments.get().supervisor)
    before = {path: Skeleton(owner.get(path).content.decode()) for path in pages(case)}
    assert poison(case) > len(PAYLOADS)
    seen = ""
    for path in pages(case):
        response = owner.get(path)
        assert response.status_code == 200
        text = response.content.decode()
        seen += text
        after = Skeleton(text)
        assert set(after.found) <= set(before[path].found), path
        assert not any(name in NEVER for _, names in after.found for name in names), path
        assert not [one for one in after.addresses if one.lower().strip().startswith(
            ("javascript:", "data:", "vbscript:", "//")
        )], path  # fmt: skip
    assert seen.count("&lt;") > 60, "nothing of them was shown"
    assert reader.get("/team/").status_code == 200


def test_nor_does_the_page_of_all_that_was_ever_written(case):
    owner = browser_of(case.assignments.get().supervisor)
    path = f"/gezinnen/{family_of(case).pk}/tijdlijn/"
    tags = {tag for tag, _ in Skeleton(owner.get(path).content.decode()).found}
    poison(case)
    found = Skeleton(owner.get(path).content.decode()).found
    assert {tag for tag, _ in found} <= tags | {"del", "ins", "a", "nav", "span"}
    assert not any(name in NEVER for _, names in found for name in names)


def test_nor_does_a_document(case):
    """Words go in as data: what looks like a command of the typesetter is printed (T44)."""
    poison(case)
    mother = case.applicants.standing().get().person
    response = browser_of(officer()).get(f"/leeslogboek/overzicht/{mother.pk}/overzicht.pdf")
    assert response.status_code == 200
    assert response.content.startswith(b"%PDF")
    assert b"root:" not in response.content
