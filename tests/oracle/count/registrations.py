"""Rules 1, 2, 3 and the registrations' part of 4 and 10."""

import datetime
from typing import NamedTuple

from tests.oracle.book import Book, Row
from tests.oracle.count.basics import NOT_IN_VIEW, Dates, Figures, code, several, tally

RANK = ["not_started", "never_started", "running", "closed", "reopened"]
SUPPORTED = {"running", "reopened"}
STARTED = {"running", "reopened", "closed"}


class Standing(NamedTuple):
    """The status at which a registration stands, and the reason given with that change."""

    status: str
    reason: object


def counting_registrations(book: Book, dates: Dates) -> list[Row]:
    return [row for row in book["Aanmeldingen"] if dates.counts(row, "aangemeld op")]


def standings(book: Book, registrations: list[Row], dates: Dates) -> dict[str, Standing]:
    """Per registration that counts: its latest status change that counts."""
    standing = {row["aanmeldnummer"]: Standing("not_started", None) for row in registrations}
    latest: dict[str, tuple[datetime.date, int]] = {}
    for change in book["Statussen"]:
        number = change["aanmeldnummer"]
        if number not in standing or not dates.counts(change, "ingangsdatum"):
            continue
        status = code("intake_status", change["status"])
        moment = (change["ingangsdatum"], RANK.index(status))
        if number not in latest or moment > latest[number]:
            latest[number] = moment
            standing[number] = Standing(status, change["reden"])
    return standing


def registration_figures(
    book: Book, registrations: list[Row], standing: dict[str, Standing], dates: Dates
) -> Figures:
    figures: Figures = {"registrations.total": len(registrations)}
    figures |= _status_figures(list(standing.values()))
    figures |= tally(
        "registrations.by_month", [f"{row['aangemeld op']:%Y-%m}" for row in registrations]
    )
    figures |= _column_figures(book, registrations)
    figures |= _response("phone_within_two_days", "telefonisch contact op", 2, registrations, dates)
    figures |= _response(
        "welcome_within_week", "welkomstgesprek ingepland op", 7, registrations, dates
    )
    figures["registrations.transferred_in_period"] = _transferred(book, standing, dates)
    return figures


def _status_figures(standing: list[Standing]) -> Figures:
    statuses = [each.status for each in standing]
    figures: Figures = {f"registrations.status.{each}": statuses.count(each) for each in RANK}
    figures["registrations.supported"] = sum(each in SUPPORTED for each in statuses)
    figures["registrations.started_ever"] = sum(each in STARTED for each in statuses)
    for status, reasons in (
        ("never_started", "never_started_reason"),
        ("closed", "closing_reason"),
    ):
        given = [code(reasons, each.reason) for each in standing if each.status == status]
        figures |= tally(f"registrations.{reasons}", given)
    return figures


def _column_figures(book: Book, registrations: list[Row]) -> Figures:
    composition = {row["gezinsnummer"]: row["gezinssamenstelling"] for row in book["Gezinnen"]}
    roles = {row["persoonsnummer"]: row["rol"] for row in book["Personen"]}
    routes, referrers, supported, compositions = [], [], [], []
    for row in registrations:
        routes.append(code("registration_route", row["route"]))
        if row["verwijzer"] is not None:
            referrers.append(code("referrer", row["verwijzer"]))
        supported.append(supported_person([roles[number] for number in several(row["aanmelders"])]))
        compositions.append(code("family_composition", composition[row["gezinsnummer"]]))
    return (
        tally("registrations.route", routes)
        | tally("registrations.referrer", referrers)
        | tally("registrations.supported_person", supported)
        | tally("registrations.composition", compositions)
    )


def supported_person(roles: list[object]) -> str:
    if "Moeder" in roles and "Vader" in roles:
        return "both_parents"
    for role, person in (("Moeder", "mother"), ("Vader", "father"), ("Kind", "child")):
        if roles and all(each == role for each in roles):
            return person
    return NOT_IN_VIEW


def _response(name: str, column: str, days: int, registrations: list[Row], dates: Dates) -> Figures:
    due = met = 0
    for row in registrations:
        last_day = row["aangemeld op"] + datetime.timedelta(days=days)
        if last_day > dates.reference_date:
            continue
        due += 1
        if row[column] is not None and row["aangemeld op"] <= row[column] <= last_day:
            met += 1
    return {
        f"response.{name}.met": met,
        f"response.{name}.due": due,
        f"response.{name}.percentage": whole_percentage(met, due),
    }


def whole_percentage(part: int, whole: int) -> int | None:
    """Half up, in whole numbers only, so that a half never gets lost in a float."""
    return (200 * part + whole) // (2 * whole) if whole else None


def _transferred(book: Book, standing: dict[str, Standing], dates: Dates) -> int:
    transferred = set()
    for change in book["Statussen"]:
        if (
            change["aanmeldnummer"] in standing
            and code("intake_status", change["status"]) == "closed"
            and code("closing_reason", change["reden"]) == "transferred"
            and dates.in_period(change["ingangsdatum"])
            and dates.counts(change, "ingangsdatum")
        ):
            transferred.add(change["aanmeldnummer"])
    return len(transferred)
