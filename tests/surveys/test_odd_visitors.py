"""Links that were broken on the way, telephones that are shared, guessers, scanners and odd text
(T38, T47, T49, T50, T51)."""

import json
import re

import pytest
from django.test import Client

from accounts.sealing import unseal
from surveys.models import Dropped, Invitation, Letter, OptOut, Progress, Remark
from surveys.services import answering, letters, moving, rounds
from surveys.services.moving import purpose_of
from tests.surveys.asking import TODAY, a_running_round
from tests.surveys.visitors import START, answer, fill_in, link_of, send, visitor

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:No directory at"),
]


@pytest.fixture
def invitations() -> list[Invitation]:
    return list(Invitation.objects.filter(round=a_running_round()))


@pytest.fixture
def link(invitations) -> str:
    return link_of(invitations[0])


@pytest.mark.parametrize("stuck", ["{}.", "{}>", " {}", "{}%20", "{})", "{}=", "{}%0D%0A"])
def test_what_a_mail_program_sticks_to_a_link_comes_off(link, stuck):
    client = Client()
    client.get(f"/enquete/{stuck.format(link)}/")
    assert client.get(START).status_code == 200


@pytest.mark.parametrize(
    "odd",
    ["a%0D%0ASet-Cookie:%20x=y", "a;b", '"', "%00", "é" * 43, "x" * 42, "x" * 6_000, "%E2%80%AE"],
)
def test_what_can_not_be_a_link_is_not_kept(db, odd):
    client = Client()
    arrived = client.get(f"/enquete/{odd}/")
    kept = client.cookies["enquete"].value if "enquete" in client.cookies else ""
    assert kept in ("", "x" * 43)
    assert set(arrived.cookies) <= {"enquete"}
    assert client.get(START).status_code == 404


def test_a_link_that_differs_in_one_letter_opens_nothing(link):
    others = [link[:-1] + ("A" if link[-1] != "A" else "B"), link.swapcase(), link[1:] + link[0]]
    assert [visitor(one).get(START).status_code for one in others] == [404] * 3


def test_on_a_shared_telephone_the_answers_of_one_never_go_to_another(invitations, link):
    """The child opens a link of their own while the page of the mother still stands open."""
    phone = visitor(link)
    page = phone.get("/enquete/vraag/3/").text
    mark = re.search(r'name="van" value="(\w+)"', page)[1]
    assert link not in page
    childs = link_of(invitations[1])
    phone.get(f"/enquete/{childs}/")
    late = {"antwoord": "8", "verder": "1", "van": mark}
    for opened in ("half", "done"):
        refused = phone.post("/enquete/vraag/3/", late)
        assert (refused.status_code, "Open de link uit je mail" in refused.text) == (409, True)
        assert Progress.objects.count() == 0, opened
        fill_in(phone)
        send(phone)
    phone.get(f"/enquete/{link}/")
    assert phone.post("/enquete/vraag/3/", late).status_code == 302


def buttons(page: str) -> list[tuple[str, dict[str, str]]]:
    """Every button of every form of a page: where it goes, and what goes along."""
    found = []
    for action, body in re.findall(
        r'<form method="post" action="([^"]+)".*?>(.*?)</form>', page, re.S
    ):
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', body))
        names = re.findall(r'<button[^>]*?(?: name="(\w+)" value="(\w+)")?>', body, re.S)
        found += [(action, hidden | ({name: value} if name else {})) for name, value in names]
    return found


def test_a_scanner_that_follows_every_link_and_presses_every_button_answers_nothing(link):
    scanner, seen, to_see = Client(), set(), [f"/enquete/{link}/"]
    pressed = 0
    while to_see:
        address = to_see.pop()
        if address in seen:
            continue
        seen.add(address)
        page = scanner.get(address, follow=True).text
        to_see += re.findall(r'href="(/enquete/[^"]*)"', page)
        for action, sent in buttons(page):
            pressed += 1
            to_see.append(scanner.post(action, sent, follow=True).request["PATH_INFO"])
    assert pressed > 15
    assert {f"/enquete/vraag/{n}/" for n in range(1, 6)} | {"/enquete/insturen/"} <= seen
    assert Dropped.objects.count() == OptOut.objects.count() == 0
    client = visitor(link)
    fill_in(client)
    assert "Je antwoorden zijn binnen" in send(client).text


def test_a_scanner_that_presses_the_first_button_unsubscribes_nobody(invitations):
    claimed = letters.claim(Letter.objects.get(invitation=invitations[0]).pk)
    scanner, address = Client(), f"/enquete/afmelden/{claimed.unsubscribe}/"
    page = scanner.get(address).text
    (action, first), (_, second) = buttons(page)
    assert "Mails blijven krijgen" in scanner.post(action, first).text
    assert OptOut.objects.count() == 0
    scanner.post(action, second)
    assert OptOut.objects.count() == 1
    assert page.count('referrerpolicy="no-referrer"') == page.count("<link "), (
        "the address goes along with no request"
    )


def test_ten_megabytes_are_refused_and_nothing_is_kept(link):
    client = visitor(link)
    assert answer(client, 4, "x" * 10_000_000).status_code == 400
    assert Progress.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Fijn 👩🏽\u200d👧 dank", "Fijn 👩🏽\u200d👧 dank"),
        ("شكرا\u200f!", "شكرا\u200f!"),
        ("nul\0nul\x1b[31m", "nulnul[31m"),
        ("om\u202egekeerd\u2066", "omgekeerd"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("een\r\ntwee", "een\ntwee"),
        ("r\r\n" * 499 + "laatste", "r\n" * 499 + "la"),
    ],
)
def test_what_someone_writes_is_kept_as_it_reads(link, typed, kept):
    client = visitor(link)
    answer(client, 4, typed)
    opened = answering.open_link(link, today=TODAY)
    assert [one["text"] for one in answering.kept(opened)["answers"].values()] == [kept]
    assert "<script>alert" not in client.get("/enquete/vraag/4/").text


def test_no_odd_answer_makes_another_row_or_breaks_the_sweep(invitations):
    """What gets into the box was checked at the door: it can always be counted."""
    round = invitations[0].round
    odd = ["yes", "no", "x", "\0", "99", "-1", "1e309", "٣", "8", "8.0"]
    for invitation, value in zip(invitations, odd, strict=True):
        client = visitor(link_of(invitation))
        for number in range(1, 6):
            answer(client, number, [value, value])
        answer(client, 4, "iets")
        send(client)
    rounds.end(round=round, by=None)
    moving.empty_boxes()
    assert (Dropped.objects.count(), Remark.objects.filter(question__key="good").count()) == (0, 10)


def test_what_lies_in_the_box_is_of_one_length_however_much_was_written(invitations):
    """Also the longest that can be, in any script: each text a thousand signs."""
    lengths = set()
    for sign, invitation in zip(["", "a", "\n", '"', "ش", "🙂"], invitations, strict=False):
        client = visitor(link_of(invitation))
        fill_in(client, remark=f"a{sign * 1_200}a")
        answer(client, 2, ["trust", "contact", "livelihood", "control", "nothing"])
        answer(client, 5, f"a{sign * 1_200}a")
        lengths.add(len(Progress.objects.get().sealed))
        send(client)
    assert len(lengths) == 1
    assert Dropped.objects.count() == 6
    assert len({len(row.sealed) for row in Dropped.objects.all()}) == 1
    row = Dropped.objects.first()
    assert json.loads(unseal(row.sealed, purpose=purpose_of(row.pk)))
