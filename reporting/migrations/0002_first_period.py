"""The period of the first report stands ready."""
from datetime import date

from django.db import migrations


def add(apps, schema_editor):
    apps.get_model("reporting", "Period").objects.create(
        label="Mei t/m juli 2024", first_day=date(2024, 5, 1), last_day=date(2024, 7, 31)
    )


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
