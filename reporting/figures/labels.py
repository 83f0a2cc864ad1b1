"""From what stands in a column to the code in a key, and from the code to Dutch words."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format

from cases import in_view
from cases.models import Code
from cases.status import Status

NOT_IN_VIEW = "not_in_view"
NOT_IN_VIEW_LABEL = in_view.NOT_IN_VIEW.capitalize()


class Labels:
    """The codes that a breakdown is made by."""

    def code(self, value: str) -> str:
        """The code of a value as the database writes it."""
        return value

    def value(self, code: str) -> object:
        """The value that belongs to `code`, to filter by."""
        return code

    def words(self) -> dict[str, str]:
        """Code -> Dutch label, in the order in which a reader expects them."""
        raise NotImplementedError


@dataclass(frozen=True)
class CodeList(Labels):
    """An editable list: the column holds '<list>.<code>'."""

    name: str

    def code(self, value: str) -> str:
        return value.removeprefix(f"{self.name}.")

    def value(self, code: str) -> str:
        return f"{self.name}.{code}"

    def words(self) -> dict[str, str]:
        return dict(Code.objects.in_list(self.name).values_list("code", "label"))


@dataclass(frozen=True)
class Statuses(Labels):
    def code(self, value: str) -> str:
        return Status(int(value)).code

    def value(self, code: str) -> Status:
        return Status[code.upper()]

    def words(self) -> dict[str, str]:
        return {status.code: status.label for status in Status}


@dataclass(frozen=True)
class Months(Labels):
    """The column holds the first day of a month; the code is 2024-07."""

    def code(self, value: str) -> str:
        return value[:7]

    def value(self, code: str) -> date:
        return date.fromisoformat(f"{code}-01")

    def words(self) -> dict[str, str]:
        return _MonthWords()


class _MonthWords(dict):
    def __missing__(self, code: str) -> str:
        return date_format(date.fromisoformat(f"{code}-01"), "M Y")


@dataclass(frozen=True)
class Fixed(Labels):
    """Classes that a rule makes, and that stand in no list."""

    by_code: dict[str, str] = field(hash=False)

    def words(self) -> dict[str, str]:
        return dict(self.by_code)
