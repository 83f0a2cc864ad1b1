"""How many remarks wait is counted on every page of the privacy officer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("surveys", "0002_contact_block")]

    operations = [
        migrations.AddIndex(
            model_name="remark",
            index=models.Index(
                fields=["question"], condition=models.Q(state="new"), name="remark_to_be_read"
            ),
        ),
    ]
