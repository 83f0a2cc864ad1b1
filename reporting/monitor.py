"""The sheet Activiteiten of the monitor workbook: the only one that is not about cases."""

from collections.abc import Iterator

from cases.forms import CodeField, DayField, FactForm, same_as
from cases.monitor.building import Wanted, dated
from cases.monitor.cells import Day, Label, Text
from cases.monitor.kinds import FactKind, everything
from cases.monitor.lines import Line
from cases.monitor.sheets import RECORDED_ON, Column, Sheet, register
from cases.monitor.world import World

from .models import Activity


class ActivityForm(FactForm):
    dated_by = "happened_on"

    section = CodeField("activity_section", label="onderdeel")
    title = same_as(Activity, "title")
    form = same_as(Activity, "form")
    organiser = same_as(Activity, "organiser")
    audience = same_as(Activity, "audience")
    happened_on = DayField(label="datum")
    date_in_words = same_as(Activity, "date_in_words")


def activity(line: Line, world: World) -> Iterator[Wanted]:
    data = line.data
    fact = Activity(
        section_id=data["section"].pk,
        title=data["title"],
        form=data["form"],
        organiser=data["organiser"],
        audience=data["audience"],
        happened_on=data["happened_on"],
        date_in_words=data["date_in_words"],
    )
    yield dated(fact, line, first_import=world.is_first_of(Activity))


register(
    Sheet(
        "Activiteiten",
        ActivityForm,
        (
            Column("onderdeel", "section", Label("activity_section")),
            Column("titel", "title", Text("een titel")),
            Column("vorm", "form", Text()),
            Column("organisator", "organiser", Text()),
            Column("doelgroep", "audience", Text()),
            Column("datum", "happened_on", Day()),
            Column("datum in woorden", "date_in_words", Text("tekst, zoals 'juni editie'")),
            RECORDED_ON,
        ),
        # Nobody owns an activity: the sheet is compared as a whole.
        kinds=(FactKind(Activity, (), everything),),
        facts=activity,
        about_families=False,
    )
)
