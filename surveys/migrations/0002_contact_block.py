"""What keeps someone from being asked, as the file can say it: 'benaderd worden: nee'."""

from django.db import migrations

KEY, LABEL = "contact", "Benaderd worden door het team"


def fill(apps, schema_editor):
    apps.get_model("cases", "Code").objects.create(
        id=f"consent_kind.{KEY}", list="consent_kind", code=KEY, label=LABEL, position=6
    )


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0001_rounds_invitations_answers"),
        ("cases", "0007_lists_of_the_dossier"),
    ]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
