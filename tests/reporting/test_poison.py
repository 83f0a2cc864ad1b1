"""What doesn't belong in the queue holds up nobody (T79): a real worker, and a real broker into
which a stranger, or an older version of the program, has put something."""

import base64
import json
import sys
import uuid

import pytest
import redis
from django.conf import settings

from ondersteuning.children import Child, Children
from reporting.services.running import request_run
from tests.cast import a_registration
from tests.reporting.processes import environ_of_tests, wait_until
from tests.reporting.runs import NOT_COLLECTED
from tests.reporting.test_running import JULY, MAY, is_done

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    NOT_COLLECTED,
]
QUEUE = "celery"
LONGEST = 60  # seconds that all of it together may hold up the next
WORKER = [sys.executable, "-m", "tests.reporting.crashing_worker"]


def message(task: str, body: object, **other: object) -> str:
    """As Celery puts it in the queue, with what `other` says otherwise."""
    encoded = base64.b64encode(json.dumps(body).encode()).decode()
    number = str(uuid.uuid4())
    properties = {
        "correlation_id": number,
        "delivery_tag": number,
        "delivery_mode": 2,
        "delivery_info": {"exchange": "", "routing_key": QUEUE},
        "body_encoding": "base64",
    }
    whole = {
        "body": encoded,
        "content-type": "application/json",
        "content-encoding": "utf-8",
        "headers": {"task": task, "id": number, "root_id": number},
        "properties": properties,
    }
    return json.dumps(whole | other)


POISON = {
    "not JSON": "dit is geen JSON",
    "JSON that is no message": "[1, 2, 3]",
    "an empty message": "{}",
    "a task that nobody knows": message("reporting.tasks.bestaat_niet", [[], {}, {}]),
    "arguments of an older version": message("reporting.tasks.work_on_run", [[1, 2, 3, 4], {}, {}]),
    "no such run": message("reporting.tasks.work_on_run", [[str(uuid.uuid4())], {}, {}]),
    "a name that is no number": message("reporting.tasks.work_on_run", [["x' OR 1=1"], {}, {}]),
    "a body that is no list": message("reporting.tasks.work_on_run", "zomaar"),
    "a pickle": message(
        "reporting.tasks.work_on_run", [], **{"content-type": "application/x-python-serialize"}
    ),
    "no headers at all": json.dumps({"body": "", "properties": {}}),
}


@pytest.fixture
def broker():
    found = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    found.delete(QUEUE)
    yield found
    found.delete(QUEUE)


def test_what_nobody_can_read_holds_up_nobody(broker, tmp_path, monkeypatch):
    """Most of it is dropped with a line in the log. Over two of them the worker itself falls, each
    once: what takes it away has read it from the queue, and who watches starts it again."""
    a_registration()
    broker.lpush(QUEUE, *POISON.values())
    run = request_run(period_start=MAY, reference_date=JULY, known_on=None, label="P", by=None)
    for name, value in environ_of_tests().items():
        monkeypatch.setenv(name, value)
    said: list[str] = []
    workers = Children([Child("De werker", WORKER)], note=tmp_path / "pids", say=said.append)
    workers.start()
    try:

        def done() -> bool:
            workers.look()
            return is_done(run) and broker.llen(QUEUE) == 0

        wait_until(done, seconds=LONGEST, what="de berekening is klaar")
    finally:
        workers.stop(seconds=5)
    assert run.attempts == 1
    assert len(said) <= 2, "it fell over what it can't even read, and over nothing else"
