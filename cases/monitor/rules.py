"""What can only be seen with several rows, or several sheets, side by side."""

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cases.forms.base import AboutPeople
from cases.forms.registration import AssignmentForm
from cases.status import Status, can_follow, refusal

from .lines import Line
from .sheets import Sheet

if TYPE_CHECKING:
    from .checking import Checking


# --- narrowing a form to what the row may name ------------------------------------------------
def to_people_of_the_family(form: AboutPeople, line: Line, checking: "Checking") -> None:
    """People of another family are refused by the form; those on no sheet were refused before."""
    known = "family" not in line.at_fault
    form.people = checking.people_of(line.read.get("family")) if known else None


def to_known_accounts(form: AssignmentForm, line: Line, checking: "Checking") -> None:
    form.accounts = checking.accounts


# --- rows side by side ------------------------------------------------------------------------
def identical_rows_are_one(checking: "Checking", sheet: Sheet) -> None:
    """A registration has one open assignment and a pair one answer, so a repeated row says
    nothing new. (On other sheets without numbers rows count as they stand.)"""
    seen: dict[Any, Line] = {}
    for line in _passed(checking, sheet):
        content = tuple(
            line.data[column.field] for column in sheet.columns if column.field != "recorded_on"
        )
        first = seen.setdefault(content, line)
        if first is not line:
            line.identical_to = first
            checking.warn(
                sheet, line, message=f"Deze rij is gelijk aan rij {first.row} en telt één keer."
            )


def one_answer_a_pair(checking: "Checking", sheet: Sheet) -> None:
    seen: dict[tuple[str, str], Line] = {}
    for line in _passed(checking, sheet):
        first = seen.setdefault((line.data["parent"], line.data["child"]), line)
        if first.data["holds"] != line.data["holds"]:
            checking.fault(
                sheet,
                line,
                "holds",
                f"Over deze ouder en dit kind staat in rij {first.row} iets anders. Laat één "
                "antwoord staan.",
            )


def one_open_assignment(checking: "Checking", sheet: Sheet) -> None:
    seen: dict[str, Line] = {}
    for line in _passed(checking, sheet):
        if line.data["ended_on"] is not None or line.identical_to:
            continue
        first = seen.setdefault(line.data["registration"], line)
        if first is not line:
            checking.fault(
                sheet,
                line,
                "ended_on",
                f"Deze aanmelding heeft in rij {first.row} al een procesbegeleider zonder "
                "einddatum. Vul bij een van de twee in tot wanneer.",
            )


def one_name_an_account(checking: "Checking", sheet: Sheet) -> None:
    seen: dict[str, Line] = {}
    for line in _passed(checking, sheet):
        first = seen.setdefault(line.data["email"], line)
        if first.data["name"] != line.data["name"]:
            checking.fault(
                sheet,
                line,
                "name",
                f"Bij dit e-mailadres staat in rij {first.row} de naam "
                f"'{first.data['name']}'. Een e-mailadres is van één persoon; gebruik één naam.",
            )


def not_before_the_registration(checking: "Checking", sheet: Sheet) -> None:
    for line in checking.lines[sheet.name]:
        registration = checking.line_of("Aanmeldingen", line.read.get("registration"))
        day, since = line.day("happened_on"), registration and registration.day("happened_on")
        if day and since and day < since:
            checking.fault(
                sheet,
                line,
                "happened_on",
                f"Deze status gaat in voordat de aanmelding er was ({since:%d-%m-%Y}). Kies die "
                "dag of een latere.",
            )


def status_follows(checking: "Checking", sheet: Sheet) -> None:
    """Each change must be a move of the table. A registration of which a row can't be read is
    left alone: what is missing there would make its other rows look wrong."""
    for lines in _changes_by_registration(checking, sheet):
        before: Status | None = None
        standing: tuple[Any, ...] | None = None
        for line in sorted(lines, key=_order_of_status):
            content = _order_of_status(line)
            if content == standing:
                continue
            status = line.read["status"]
            if not can_follow(before, status):
                checking.fault(sheet, line, "status", _why_not(before, status))
            before, standing = status, content


def _why_not(before: Status | None, status: Status) -> str:
    words = refusal(before, status)
    return words if before is not None else f"Dit is de eerste status van de aanmelding. {words}"


def _changes_by_registration(checking: "Checking", sheet: Sheet) -> Iterator[list[Line]]:
    changes: dict[str, list[Line]] = defaultdict(list)
    unreadable = set()
    for line in checking.lines[sheet.name]:
        registration = line.read.get("registration")
        if registration is None or "registration" in line.at_fault:
            continue
        changes[registration].append(line)
        if line.read.get("status") is None or line.day("happened_on") is None:
            unreadable.add(registration)
    for registration, lines in changes.items():
        if registration not in unreadable:
            yield lines


def _order_of_status(line: Line) -> tuple[Any, ...]:
    return line.day("happened_on"), line.read["status"], line.read.get("reason") or ""


def _passed(checking: "Checking", sheet: Sheet) -> Iterator[Line]:
    return (line for line in checking.lines[sheet.name] if line.passed)
