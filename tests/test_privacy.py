"""Every field of every model says what it is: a new one that keeps silent fails here."""

import pytest
from django.apps import apps

from cases.models import Person
from facts.privacy import masked

OURS = {"accounts", "cases", "surveys", "reporting"}


def our_models():
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in OURS and not model.__name__.startswith("Historical")
    ]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
def test_each_field_is_declared_once(model):
    privacy = getattr(model, "privacy", None)
    assert privacy, f"{model.__name__} zegt niets: zet er `privacy = declare(…)` bij"
    kinds = [*privacy.personal, *privacy.free_text, *privacy.neutral]
    fields = {field.name for field in model._meta.concrete_fields}
    assert sorted(kinds) == sorted(fields), (
        f"{model.__name__}: niet verklaard {sorted(fields - set(kinds))}, "
        f"onbekend {sorted(set(kinds) - fields)}"
    )


def test_masking_follows_from_the_declaration():
    person = Person(number="P00001", first_name="Sanne", last_name="Dorpstraat", phone="06")
    assert masked(person) == {"id": person.id, "number": "P00001"}
