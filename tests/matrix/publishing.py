"""An edition in the making, full of canaries, and one that everybody may read."""

from django.db.models.functions import Now

from accounts.models import User
from reporting.models import (
    ComparedIds,
    Comparison,
    CountedIds,
    Edition,
    EditionDecision,
    EditionFile,
    EditionText,
    Period,
)
from reporting.services.publishing import FRAGMENT
from tests.matrix import cast
from tests.matrix.seeding import Seeder
from tests.reporting.runs import FIGURES, a_done_run


def write_editions(seed: Seeder, users: dict[str, User]) -> None:
    reporter, manager = users[cast.REPORTER], users[cast.MANAGER]
    seed.rows["published"] = _published(reporter, manager)
    period = Period.objects.create(label="Kanarie", first_day="2024-08-01", last_day="2024-10-31")
    edition = seed.row(
        Edition, cast.REPORT_READERS, period=period, slug="kanarie", title="Kanarie",
        run=a_done_run(),
    )  # fmt: skip
    seed.row(EditionText, cast.REPORT_READERS, edition=edition, part="inleiding")
    seed.row(
        EditionDecision, cast.REPORT_READERS, edition=edition, key="registrations.total",
        shown=True, decided_by=reporter,
    )  # fmt: skip
    seed.row(CountedIds, cast.NOBODY, edition=edition, key="registrations.total")
    compared = Comparison.objects.create(
        earlier=edition.run, later=a_done_run(), state="done", finished_at=Now(),
        outcome={"registrations.total": {"before": 1, "after": 2, "causes": {"late": [1, 0]}}},
    )  # fmt: skip
    seed.rows["reporting.Comparison"] = compared
    seed.row(
        ComparedIds, cast.NOBODY, comparison=compared, key="families.total", cause="late"
    )  # fmt: skip
    ComparedIds.objects.create(
        comparison=compared, key="registrations.total", cause="late", gained=[], lost=[]
    )


def _published(reporter: User, manager: User) -> Edition:
    edition = Edition.objects.create(
        period=Period.objects.first(), slug="gepubliceerd", title="Gepubliceerd", run=a_done_run()
    )
    for extension in (FRAGMENT, "csv"):
        EditionFile.objects.create(
            edition=edition, extension=extension, content=b"<h1>Gepubliceerd</h1>", sha256="0" * 64
        )
    edition.state, edition.figures, edition.digest = Edition.State.PUBLISHED, FIGURES, "0" * 64
    edition.offered_by, edition.approved_by = reporter, manager
    edition.offered_at = edition.approved_at = edition.published_at = Now()
    edition.save()
    return edition
