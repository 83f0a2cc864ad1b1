"""What a series found."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Outcome:
    """`tried`: how often. `wrong`: what went wrong, in words; empty is what we hope for."""

    tried: int
    wrong: list[str] = field(default_factory=list)
    figures: dict[str, str] = field(default_factory=dict)

    def sentence(self) -> str:
        details = "; ".join(f"{name}: {value}" for name, value in self.figures.items())
        return f"{self.tried} keer, {len(self.wrong)} fout" + (f" ({details})" if details else "")


@dataclass(frozen=True)
class Series:
    """`test`: the sample of it that `make test` runs."""

    title: str
    promise: str
    test: str
    run: Callable[[], Outcome]
