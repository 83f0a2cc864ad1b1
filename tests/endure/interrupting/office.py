"""Colleagues who type, each with families of their own, and one who is first now and then."""

from collections.abc import Callable

from accounts.models import User
from tests.cases.office import a_case, colleague
from tests.endure.interrupting.typist import Typist


def people_who_type(
    many: int, cases: int, port: int, seed: int, say: Callable
) -> tuple[list[Typist], User]:
    """The typists, not yet at work, and the colleague."""
    typists = []
    for number in range(many):
        user = colleague(f"typist{number}")
        own = [a_case(user) for _ in range(cases)]
        typists.append(Typist(user, own, port, seed=seed * 100 + number, say=say))
    return typists, colleague("eerder")
