"""Here the second factor is asked of everyone, as on a server."""

import pytest


@pytest.fixture(autouse=True)
def as_on_a_server(settings):
    settings.SECOND_FACTOR_SKIPPED_FOR = ()
