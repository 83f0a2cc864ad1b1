"""No line, no page: what the read log asks of every request."""

import logging
from collections.abc import Callable

from django.contrib import messages
from django.db import DatabaseError, IntegrityError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.loader import render_to_string

from accounts.access_log.refusing import LedOn, Refused, note_refused
from accounts.access_log.writing import LogUnavailable, Noted
from accounts.typed import SavedBefore

logger = logging.getLogger(__name__)
RETRY_AFTER = "60"  # seconds
STILL_STANDS = "SELECT 1 FROM accounts_accessline WHERE id = ANY(%s) LIMIT 1"
# A rule of the database: what this was written on went elsewhere a moment ago. Who asks again is
# led on.
WENT_ELSEWHERE = "merged_meanwhile"
CONNECTION_ENDED = ("08", "57P")  # the beginnings of PostgreSQL's codes for it


def refusals_are_logged(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """Writes the line of a refused attempt, and shows no page of which the line is missing.

    A page is one transaction that ends round the view, so an error at its commit comes out of the
    view and reaches `process_exception`. Stands last, nearest to the view.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if _lost_its_lines(Noted.by(request)):
            return _unavailable(request, "the view went on after its lines were rolled back")
        return response

    middleware.process_exception = _after_an_error  # type: ignore[attr-defined]
    return middleware


def _after_an_error(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """What Django calls when the view, or the commit of its transaction, ended in `error`."""
    noted = Noted.by(request)
    noted.raised = True
    if isinstance(error, SavedBefore):
        messages.success(request, "Dit was al opgeslagen, en staat er één keer.")
        return redirect(error.went_to)
    if isinstance(error, Refused):
        try:
            note_refused(error, request)
        except (LogUnavailable, DatabaseError) as failure:
            return _unavailable(request, _kind(failure))
    if isinstance(error, LedOn):
        return _led_on(request, error.address)
    if isinstance(error, IntegrityError) and _constraint(error) == WENT_ELSEWHERE:
        return _led_on(request, request.get_full_path())
    if isinstance(error, LogUnavailable) or (noted.lines and _is_of_the_log(error)):
        return _unavailable(request, _kind(error))
    return None


def _led_on(request: HttpRequest, address: str) -> HttpResponse:
    """What was typed goes along: after 307 a browser sends the same form to the new address."""
    status = 307 if request.method == "POST" else 302
    return HttpResponseRedirect(address, status=status)


def _constraint(error: Exception) -> str | None:
    diagnosis = getattr(error.__cause__, "diag", None)
    return diagnosis and diagnosis.constraint_name


def _unavailable(request: HttpRequest, reason: str) -> HttpResponse:
    """The calm page in place of what can't be shown; it needs no database."""
    code = Noted.by(request).request_id
    logger.error("read log unavailable, request %s refused: %s", code, reason)
    page = render_to_string("503_log.html", {"code": code})
    return HttpResponse(page, status=503, headers={"Retry-After": RETRY_AFTER})


def _kind(error: BaseException) -> str:
    """The classes of an error and its causes, without their words: these may hold data."""
    names = []
    cause: BaseException | None = error
    while cause:
        names.append(type(cause).__name__)
        cause = cause.__cause__
    return " < ".join(names)


def _is_of_the_log(error: Exception) -> bool:
    """Whether the database's error comes from numbering the lines, or took the lines with it."""
    if not isinstance(error, DatabaseError):
        return False
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is None or diagnosis.sqlstate is None:
        return True
    told = (diagnosis.context, diagnosis.table_name, diagnosis.message_primary)
    of_the_log = any("access_log" in part or "accounts_access" in part for part in told if part)
    return of_the_log or diagnosis.sqlstate.startswith(CONNECTION_ENDED)


def _lost_its_lines(noted: Noted) -> bool:
    """Whether lines were written, none of them stands, and the view shows its page all the same.

    It asks the database: a transaction that was broken by an error which the view kept to itself
    ends without any sign of it.
    """
    if noted.raised or not noted.lines:
        return False
    try:
        with connection.cursor() as cursor:
            cursor.execute(STILL_STANDS, [noted.lines])
            return cursor.fetchone() is None
    except DatabaseError:
        return True
