"""What stands in the addresses of the site, for tests/matrix/expectations.py."""

from collections.abc import Callable
from typing import Any

from cases.subjects.of_family import OF_FAMILY
from cases.subjects.of_registration import OF_REGISTRATION

# What stands in an address, made from the things of a family (world.Things). Of each there is
# one in the canary family and one in a stranger's, to be tried by those without a ground.
ARGUMENTS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "": lambda things: {},
    "family": lambda things: {"family_id": things["family"].pk},
    "person": lambda things: {"person_id": things["mother"].pk},
    "emergency": lambda things: {"access_id": things["emergency"].pk},
    "registration": lambda things: {"registration_id": things["registration"].pk},
    "move": lambda things: {"registration_id": things["registration"].pk, "to": "afgesloten"},
    "document": lambda things: {
        "registration_id": things["registration"].pk,
        "document_id": things["cases.Document"].pk,
    },
    "contact": lambda things: {"contact_id": things["cases.Contact"].pk},
    "task": lambda things: {"task_id": things["cases.Task"].pk},
    "cover": lambda things: {"cover_id": things["cases.Cover"].pk},
    "conflict": lambda things: {"conflict_id": things["cases.ConflictOfInterest"].pk},
    "grant": lambda things: {"grant_id": things["grant"].pk},
    "batch": lambda things: {"batch": things["cases.Handover"].batch},
    "family twice": lambda things: {
        "kept_id": things["family"].pk,
        "gone_id": things["family"].pk,
    },
    "merge": lambda things: {"merge_id": things["cases.Merge"].pk},
    "view": lambda things: {"view_id": things["cases.SavedView"].pk},
    "colleague": lambda things: {"user_id": things["bystander"].pk},
    "reset": lambda things: {"reset_id": things["reset"].pk},
    "run": lambda things: {"run_id": things["run"].pk},
    "as csv": lambda things: {"extension": "csv"},
    "as xlsx": lambda things: {"extension": "xlsx"},
    "comparison": lambda things: {"comparison_id": things["reporting.Comparison"].pk},
    "difference": lambda things: {
        "comparison_id": things["reporting.Comparison"].pk,
        "key": "registrations.total",
        "cause": "late",
    },
    "edition": lambda things: {"edition_id": things["reporting.Edition"].pk},
    "new activity": lambda things: {"kind": "activiteiten"},
    "activity": lambda things: {
        "kind": "activiteiten",
        "fact_id": things["reporting.Activity"].pk,
    },
    "edition gap": lambda things: {
        "edition_id": things["reporting.Edition"].pk,
        "code": "composition",
    },
    "edition text": lambda things: {
        "edition_id": things["reporting.Edition"].pk,
        "part": "inleiding",
    },
    "edition step": lambda things: {
        "edition_id": things["reporting.Edition"].pk,
        "step": "berekenen",
    },
    "publication": lambda things: {"slug": "gepubliceerd"},
    "publication file": lambda things: {"slug": "gepubliceerd", "extension": "csv"},
    "figure": lambda things: {"run_id": things["run"].pk, "key": "registrations.total"},
    **{
        form: lambda things, form=form: {"run_id": things["run"].pk, "extension": form}
        for form in ("json", "csv", "pdf", "odt", "xlsx", "ods")
    },
    "web": lambda things: {"web_id": things["web"].pk},
    "web and registration": lambda things: {
        "web_id": things["web"].pk,
        "registration_id": things["registration"].pk,
    },
    "mail": lambda things: {"mail_id": things["accounts.OutgoingMail"].pk},
    "member": lambda things: {"family_id": things["family"].pk, "person_id": things["mother"].pk},
    **{
        f"new {slug}": lambda things, slug=slug: {"family_id": things["family"].pk, "subject": slug}
        for slug in OF_FAMILY
    },
    **{
        slug: lambda things, subject=subject: {
            "family_id": things["family"].pk,
            "subject": subject.slug,
            "fact_id": things[subject.model._meta.label].pk,
        }
        for slug, subject in OF_FAMILY.items()
    },
    **{
        f"new {slug}": lambda things, slug=slug: {
            "registration_id": things["registration"].pk,
            "subject": slug,
        }
        for slug, subject in OF_REGISTRATION.items()
        if not subject.only_corrected
    },
    **{
        slug: lambda things, subject=subject: {
            "registration_id": things["registration"].pk,
            "subject": subject.slug,
            "fact_id": things[subject.model._meta.label].pk,
        }
        for slug, subject in OF_REGISTRATION.items()
    },
    "draft round": lambda things: {"round_id": things["draft"].pk},
    "survey question": lambda things: {
        "round_id": things["draft"].pk,
        "question_id": things["question"].pk,
    },
    "survey language": lambda things: {"round_id": things["draft"].pk, "code": "en"},
    "survey step": lambda things: {"round_id": things["round"].pk, "step": "beeindigen"},
    "round": lambda things: {"round_id": things["round"].pk},
    "round that is over": lambda things: {"round_id": things["over"].pk},
    "file of a round": lambda things: {"round_id": things["over"].pk, "extension": "xlsx"},
    "letter": lambda things: {"round_id": things["round"].pk, "letter_id": things["letter"].pk},
    "remark": lambda things: {"round_id": things["round"].pk, "remark_id": things["remark"].pk},
    "released": lambda things: {"round_id": things["round"].pk, "remark_id": things["released"].pk},
    "first question": lambda things: {"number": 1},
    "link": lambda things: {"link": "een-sleutel-die-niemand-kreeg"},
    "key": lambda things: {"pk": 1},
    "receipt": lambda things: {"key": "een-sleutel-die-niemand-kreeg"},
    "token": lambda things: {"token": "een-sleutel-die-niemand-kreeg"},
    "reset link": lambda things: {"uidb36": "1z141z4", "key": "set-password"},
}
