"""What every template may name."""

from typing import Any

from django.conf import settings
from django.db.models import Case, Count, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.roles import held_by
from accounts.services import troubled_mail
from accounts.sessions import SEEN_EVERY
from cases.services import web_registrations
from cases.services.handing_over import offers_to
from surveys.models import Remark


def site(request: HttpRequest) -> dict:
    """`may.<codename>`: what the visitor's roles allow (not `perms`: a superuser has all).
    `may.waiting_mail`, `may.waiting_offers`, `may.waiting_web`: how many letters wait for an
    administrator, how many trajectories someone is asked to take over, and how many registrations
    by the site wait for a team manager. `may.waiting_remarks`: how many texts of surveys a privacy
    officer has still to read; not there for others.
    `session_idle`: after so many seconds without a page it may have ended.
    """
    return {
        "demo": settings.DEMO,
        "version": settings.VERSION,
        "session_idle": int((settings.SESSION_IDLE - SEEN_EVERY).total_seconds()),
        "may": SimpleLazyObject(lambda: _menu_of(getattr(request, "user", None))),
    }


def _menu_of(user: Any) -> dict[str, Any]:
    """What someone may, and what waits for them: one query, on every page."""
    if user is None or not user.is_authenticated:
        return {}
    return held_by(
        user,
        waiting_mail=how_many(troubled_mail.unhandled()),
        waiting_offers=how_many(offers_to(user)),
        waiting_web=how_many(web_registrations.waiting()),
        waiting_remarks=Case(
            When(codename="review_remarks", then=how_many(Remark.objects.waiting()))
        ),  # who may not read them is told no number, and the database counts none
    )


def how_many(rows: QuerySet) -> Coalesce:
    """The number of `rows`, as a part of another query."""
    counted = rows.order_by().values(always=Value(1)).annotate(many=Count("pk")).values("many")
    return Coalesce(Subquery(counted), Value(0))
