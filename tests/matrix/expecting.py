"""What is expected of one URL: the words in which tests/matrix/expectations.py says it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.matrix.cast import Group

Code = int | Mapping[Group, int]


@dataclass(frozen=True)
class Expected:
    who: Group
    args: str = ""
    get: Code | None = None
    post: Code | None = None
    fragment: Code | None = None
    refused: int = 404
    queries: tuple[str, ...] = ()
    also: Sequence[str] = ()
    writes: tuple[str, ...] = ()


def page(who: Group, args: str = "", get: Code = 200, **more: Any) -> Expected:
    return Expected(who, args, get=get, **more)


def form(who: Group, args: str = "", get: Code = 200, post: Code = 200, **more: Any) -> Expected:
    return Expected(who, args, get=get, post=post, **more)


def deed(who: Group, args: str = "", post: Code = 302, **more: Any) -> Expected:
    return Expected(who, args, post=post, **more)
