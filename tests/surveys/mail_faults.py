"""What may never be, when a round has been mailed."""

from collections import Counter

from surveys.links import hash_of
from surveys.models import Invitation, Letter, Round
from surveys.services.settling import troubled

State = Letter.State


def faults(round: Round, many: int, taken: str) -> list[str]:
    """None twice, none silently lost, every uncertain one listed; and what arrived can be opened.
    `taken`: what the mail server took, a line a letter."""
    arrived = [line.split() for line in taken.splitlines()]
    numbers = Counter(number for number, _, _ in arrived)
    people = Counter(person for _, person, _ in arrived)
    links = {number: hash_of(link) for number, _, link in arrived}
    found = [f"{one}: {times} keer" for one, times in (numbers + people).items() if times > 1]
    listed = set(troubled(round).values_list("pk", flat=True))
    for letter in Letter.objects.all():
        found += _faults(letter, numbers[letter.message_id], letter.pk in listed)
        if letter.message_id in links and links[letter.message_id] != letter.link_hash:
            found.append(f"{letter.message_id}: aangekomen met een link die niets opent")
    if Letter.objects.count() != many or Invitation.objects.count() != many:
        found.append(f"{Letter.objects.count()} brieven aan {many} mensen")
    return found


def _faults(letter: Letter, came: int, listed: bool) -> list[str]:
    name, state = letter.message_id, letter.state
    if state == State.SENT:
        return [] if came == 1 else [f"{name}: verstuurd, en {came} keer aangekomen"]
    found = [] if listed else [f"{name}: {state}, en staat niet op de lijst"]
    if state != State.UNCERTAIN and came:
        found.append(f"{name}: {state}, en toch aangekomen")
    return found
