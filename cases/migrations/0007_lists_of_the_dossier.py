"""The starting content of the lists that the dossier needs; all of them can be edited."""

from django.db import migrations

LISTS = {
    "contact_kind": {
        "phone": "Telefoongesprek",
        "visit": "Huisbezoek",
        "office": "Gesprek op kantoor",
        "video": "Videogesprek",
        "welcome": "Welkomstgesprek",
        "consultation": "Overleg met een instelling",
        "hearing": "Zitting",
        "message": "Bericht (app of sms)",
        "mail": "E-mail of brief",
        "other": "Anders",
    },
    "formal_request": {
        "review": "Herzieningsverzoek",
        "custody_restoration": "Verzoek om herstel van gezag",
        "dossier_access": "Dossierinzage",
        "explanation_added": "Toelichting bij het dossier",
        "legal_aid": "Rechtsbijstand",
        "court_fee_refund": "Vrijstelling griffierecht",
        "conversation": "Gesprek met GI of RvdK",
        "other": "Anders",
    },
    "consent_kind": {
        "record": "Gegevens vastleggen",
        "inform_institution": "Een instelling informeren",
        "attend": "Aanwezig zijn bij gesprekken",
        "share": "Gegevens delen met een ander",
        "dossier_access": "Inzage in het dossier",
        "survey_mail": "Uitnodiging voor een enquête",
    },
}
SERIES = {"W": 5}  # receipts of the public form


def fill(apps, schema_editor):
    Code = apps.get_model("cases", "Code")
    for name, items in LISTS.items():
        Code.objects.bulk_create(
            Code(id=f"{name}.{code}", list=name, code=code, label=label, position=position)
            for position, (code, label) in enumerate(items.items())
        )
    NumberSeries = apps.get_model("cases", "NumberSeries")
    NumberSeries.objects.bulk_create(
        NumberSeries(prefix=prefix, digits=digits) for prefix, digits in SERIES.items()
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_the_dossier")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
