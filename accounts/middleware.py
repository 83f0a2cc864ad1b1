"""No line, no page: what the read log asks of every request."""

import logging
import uuid
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from accounts.access_log.refusing import Refused, note_refused
from accounts.access_log.writing import LogUnavailable, lines_of
from accounts.models import AccessLine

logger = logging.getLogger(__name__)
RETRY_AFTER = "60"  # seconds
CONNECTION_ENDED = ("08", "57P")  # the beginnings of PostgreSQL's codes for it


def refusals_are_logged(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """Writes the line of a refused attempt, and shows no page of which the line is missing.

    A page is one transaction that ends round the view, so an error at its commit comes out of the
    view and reaches `process_exception`. Stands last, nearest to the view.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        request.access_log_id = uuid.uuid4()
        request.access_log_raised = False
        response = get_response(request)
        if not request.access_log_raised and _lost_its_lines(request):
            return _unavailable(request, "the view went on after its lines were rolled back")
        return response

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        request.access_log_raised = True
        if isinstance(error, Refused):
            try:
                note_refused(error, request)
            except (LogUnavailable, DatabaseError) as failure:
                return _unavailable(request, _kind(failure))
        if isinstance(error, LogUnavailable) or _is_of_the_log(error, request):
            return _unavailable(request, _kind(error))
        return None

    middleware.process_exception = process_exception
    return middleware


def _unavailable(request: HttpRequest, reason: str) -> HttpResponse:
    """The calm page in place of what can't be shown; it needs no database."""
    logger.error("read log unavailable, request %s refused: %s", request.access_log_id, reason)
    page = render_to_string("503_log.html", {"code": request.access_log_id})
    return HttpResponse(page, status=503, headers={"Retry-After": RETRY_AFTER})


def _kind(error: BaseException) -> str:
    """The classes of an error and its causes, without their words: these may hold data."""
    names = []
    cause: BaseException | None = error
    while cause:
        names.append(type(cause).__name__)
        cause = cause.__cause__
    return " < ".join(names)


def _is_of_the_log(error: Exception, request: HttpRequest) -> bool:
    """Whether the database's error comes from numbering the lines, or took the lines with it."""
    if not isinstance(error, DatabaseError) or not lines_of(request):
        return False
    diagnosis = getattr(error.__cause__, "diag", None)
    code = getattr(diagnosis, "sqlstate", None)
    if code is None or code.startswith(CONNECTION_ENDED):
        return True
    told = (diagnosis.context, diagnosis.table_name, diagnosis.message_primary)
    return any("access_log" in part or "accounts_access" in part for part in told if part)


def _lost_its_lines(request: HttpRequest) -> bool:
    """Whether lines were written and none of them stands. It asks the database: a transaction
    that was broken by an error which the view kept to itself ends without any sign of it."""
    written = lines_of(request)
    if not written:
        return False
    try:
        return not AccessLine.objects.filter(pk__in=written).exists()
    except DatabaseError:
        return True
