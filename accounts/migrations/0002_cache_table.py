"""The cache lives in the database, so that limits on guessing hold across processes."""
from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [
        migrations.RunPython(
            create, lambda apps, schema_editor: schema_editor.execute("DROP TABLE IF EXISTS cache")
        )
    ]
