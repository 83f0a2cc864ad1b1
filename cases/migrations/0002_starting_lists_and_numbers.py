"""The starting content of the editable lists, and the series that numbers are taken from.

Statuses, roles and who is supported are not here: rules name them, so they stand in code.
"""
import json
from pathlib import Path

from django.db import migrations

STAND_IN_CODE = {"intake_status", "supported_person", "family_role"}
SERIES = {"G": 5, "P": 5, "K": 5, "A": 5, "KL": 3}


def fill(apps, schema_editor):
    lists = json.loads((Path(__file__).parents[1] / "code_lists.json").read_text("utf-8"))
    Code = apps.get_model("cases", "Code")
    # Themes first: items of other lists refer to them.
    for name in sorted(set(lists) - STAND_IN_CODE, key=lambda name: name != "theme"):
        Code.objects.bulk_create(
            Code(
                id=f"{name}.{item['code']}",
                list=name,
                code=item["code"],
                label=item["label"],
                position=position,
                theme_id=f"theme.{item['theme']}" if "theme" in item else None,
                per_child=item.get("per") == "child",
            )
            for position, item in enumerate(lists[name]["items"])
        )
    NumberSeries = apps.get_model("cases", "NumberSeries")
    NumberSeries.objects.bulk_create(
        NumberSeries(prefix=prefix, digits=digits) for prefix, digits in SERIES.items()
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
