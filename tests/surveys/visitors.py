"""Who was asked, with the link in hand; and what they fill in."""

from typing import Any

from django.test import Client

from surveys.models import Invitation, Letter, Round
from surveys.services import letters

START = "/enquete/"


def link_of(invitation: Invitation, kind: str = "invitation") -> str:
    """As the letter of this invitation would carry it, now sent."""
    letter = Letter.objects.get(invitation=invitation, kind=kind)
    claimed = letters.claim(letter.pk)
    letters.end(claimed.letter, Letter.State.SENT)
    return claimed.link


def visitor(link: str) -> Client:
    """Somebody who pressed the link: the cookie is in their browser."""
    client = Client()
    client.get(f"/enquete/{link}/")
    return client


def answer(client: Client, number: int, value: Any) -> Any:
    return client.post(f"/enquete/vraag/{number}/", {"antwoord": value, "verder": "1"})


def fill_in(client: Client, remark: str = "") -> None:
    """Everything, up to sending it in."""
    client.post(START, {"taal": "nl"})
    answer(client, 1, "yes")
    answer(client, 2, ["trust", "contact"])
    answer(client, 3, "8")
    answer(client, 4, remark)


def send(client: Client) -> Any:
    return client.post("/enquete/insturen/", follow=True)


def all_answer(round: Round, many: int) -> None:
    for number, one in enumerate(Invitation.objects.filter(round=round)[:many]):
        client = visitor(link_of(one))
        fill_in(client, remark=f"Opmerking {number}")
        send(client)
