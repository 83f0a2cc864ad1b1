"""Time that tells nothing: an answer to a stranger always takes as long as the slowest one (T3).

Doing the same work for an unknown address isn't enough: a row that is kept costs a millisecond
more than one that isn't, and on a quiet machine that shows.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse


def in_even_time(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What is sent in is answered `EVEN_SECONDS` later, committed and all.

    The view decides on its own transactions: one round the whole would be held while waiting.
    """

    @wraps(view)
    def even(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ready = time.monotonic() + settings.EVEN_SECONDS
        try:
            return view(request, *args, **kwargs)
        finally:
            if request.method == "POST":
                time.sleep(max(0, ready - time.monotonic()))

    return transaction.non_atomic_requests(even)
