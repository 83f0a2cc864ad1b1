"""No relation is forgotten when two become one: each is declared, and guarded by the database."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from cases.merging.plan import plan_of
from cases.merging.relations import BEYOND, FACTS, LOOSE, RELATIONS, ROWS, Does
from cases.models import Family, Person, Registration
from cases.models.guarding import NAME
from facts.models import Fact

THREE = (Family, Person, Registration)
# Holds the id of something else, or of nothing: never of a family, registration or person.
OF_SOMETHING_ELSE = {
    "accounts.AccessLine.request_id",
    "accounts.AccessLine.detail",  # hashes and numbers
    "accounts.FinishedForm.serial",
    "accounts.OutgoingMail.owner",  # the process that sends it
    "cases.Handover.batch",
    "guardian.UserObjectPermission.object_pk",  # not used: accounts.grants has a table of its own
    "guardian.GroupObjectPermission.object_pk",
    "mfa.Authenticator.data",
    "reporting.ReportRun.owner",
    "reporting.ReportFile.owner",
    "reporting.Comparison.owner",
    "reporting.Comparison.outcome",  # numbers by key
    "reporting.ReportRun.figures",  # numbers by key
    "reporting.Edition.figures",
    "reporting.Edition.hidden",
    "reporting.Edition.quoted",
    "reporting.Edition.rules",
    "surveys.Letter.owner",  # the process that sends it
    "surveys.Question.options",  # words of the survey
    "surveys.Given.options",
    "surveys.Group.missed",  # numbers by state
    "cases.SearchKey.pieces",  # of names; whose key it is, is a relation
}


def of_the_program() -> Iterator[type[models.Model]]:
    """Without the rows of history: these say what was."""
    for model in apps.get_models(include_auto_created=True):
        if not hasattr(model, "instance_type"):
            yield model


def pointing() -> set[tuple[type[models.Model], str]]:
    return {
        (model, field.name)
        for model in of_the_program()
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]
        if field.is_relation and field.related_model in THREE
    }


def test_every_relation_to_what_can_be_merged_is_declared():
    declared = {(one.model, name) for one in RELATIONS for name in one.fields}
    for relation in BEYOND:
        model, _, name = relation.rpartition(".")
        declared.add((apps.get_model(model), name))
    assert pointing() == declared, "zet hem in cases/merging/relations.py, met wat ermee gebeurt"


def test_every_other_field_that_may_hold_an_id_is_declared():
    found = {
        f"{model._meta.label}.{field.name}"
        for model in of_the_program()
        for field in model._meta.concrete_fields
        if not field.is_relation and not field.primary_key and may_hold_an_id(field)
    }
    assert found == {*LOOSE, *OF_SOMETHING_ELSE}, "zet hem in LOOSE van cases/merging/relations.py"


def may_hold_an_id(field: models.Field) -> bool:
    kinds = models.UUIDField | models.JSONField | ArrayField
    return isinstance(field, kinds) or field.name in {"object_id", "object_pk"}


def test_a_relation_that_is_new_is_noticed(monkeypatch):
    """The walk itself can fail."""
    short = tuple(one for one in RELATIONS if one.model._meta.label != "cases.Contact")
    monkeypatch.setattr("tests.cases.test_merging_relations.RELATIONS", short)
    with pytest.raises(AssertionError, match="relations.py"):
        test_every_relation_to_what_can_be_merged_is_declared()


def test_facts_move_and_rows_point():
    for one in RELATIONS:
        if one.does in (Does.MOVES, Does.ENDS):
            assert issubclass(one.model, Fact), one
        else:
            assert not issubclass(one.model, Fact), one
    assert len({one.model for one in RELATIONS}) == len(RELATIONS)


def test_whatever_moves_is_guarded_against_what_comes_later():
    for one in (*FACTS, *ROWS):
        names = {trigger.name for trigger in one.model._meta.triggers} | registered(one.model)
        assert NAME in names, f"noem {one.model.__name__} bij guard in cases/models/__init__.py"


def registered(model: type[models.Model]) -> set[str]:
    from pgtrigger import registry

    return {trigger.name for owner, trigger in registry.registered() if owner is model}


def test_what_a_plan_fills_in_and_numbers_are_fields():
    for one in RELATIONS:
        names = {field.attname for field in one.model._meta.concrete_fields}
        assert {*one.fills, *one.resets, *filter(None, [one.place])} <= names
    assert plan_of.__module__ == "cases.merging.plan"
