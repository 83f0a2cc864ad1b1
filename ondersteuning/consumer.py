"""What the worker reads from the broker."""

from collections.abc import Callable
from typing import Any

from celery.worker.consumer import Consumer


class CarefulConsumer(Consumer):
    """A message that can't be read is dropped with a line in the log. Celery does so with most; of
    some it falls before it has said that it has them, and falls over the same one when it is back,
    for ever. Nothing is lost by it: the work itself stands in rows that the sweep finds."""

    def create_task_handler(self, *args: Any, **options: Any) -> Callable[[Any], Any]:
        receive = super().create_task_handler(*args, **options)

        def receive_or_drop(message: Any) -> Any:
            try:
                return receive(message)
            except (AttributeError, LookupError, TypeError, ValueError) as error:
                return self.on_decode_error(message, error)

        return receive_or_drop
