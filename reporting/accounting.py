"""What staff keep beside the files, to account for it: one declaration a kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cases.forms import DayField, FactForm, same_as
from facts.models import DatedFact

from .models import Activity, LinkageBatch
from .monitor import ActivityForm

# The temporary law under which the tax authority may link the data of placements.
LINKAGE_LAW_ENDS = date(2027, 1, 1)


class ActivityOnScreen(ActivityForm):
    """The checks of the import; the fields with words to fill them in by."""

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.label = (field.label or name).capitalize()
        self.fields["date_in_words"].help_text = "Zo staat het in het rapport: ‘juni editie’."
        self.order_fields(["section", "title", "happened_on"])


class LinkageForm(FactForm):
    dated_by = "happened_on"

    label = same_as(LinkageBatch, "label", label="Naam")
    happened_on = DayField(label="Datum")
    parents = same_as(LinkageBatch, "parents", label="Aantal ouders")
    children = same_as(LinkageBatch, "children", label="Aantal kinderen")
    letters = same_as(LinkageBatch, "letters", label="Aantal verstuurde brieven")


@dataclass(frozen=True)
class Kind:
    slug: str
    one: str
    add: str
    model: type[DatedFact]
    form: type[FactForm]


KINDS: Mapping[str, Kind] = {
    kind.slug: kind
    for kind in (
        Kind("activiteiten", "Activiteit", "Activiteit noteren", Activity, ActivityOnScreen),
        Kind("koppelingen", "Datakoppeling", "Koppeling noteren", LinkageBatch, LinkageForm),
    )
}
