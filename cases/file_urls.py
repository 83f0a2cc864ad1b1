"""The pages on which a file is written: its facts, its documents, its status."""

from django.urls import path, register_converter

from cases.subjects.addresses import SubjectOfFamily, SubjectOfRegistration
from cases.views import file_documents, file_facts, file_people, file_status

register_converter(SubjectOfFamily, "of_family")
register_converter(SubjectOfRegistration, "of_registration")

facts_of_family = [
    # /gezinnen/<uuid>/<onderwerp>/…
    path("gezinsleden/nieuw/", file_people.add_member, name="add_member"),
    path("personen/<uuid:person_id>/", file_people.change_person, name="change_person"),
    path("<of_family:subject>/nieuw/", file_facts.add_fact, name="add_of_family"),
    path("<of_family:subject>/<uuid:fact_id>/", file_facts.correct_fact, name="correct_of_family"),
    path(
        "<of_family:subject>/<uuid:fact_id>/intrekken/",
        file_facts.withdraw_one,
        name="withdraw_of_family",
    ),
]

one_registration = [
    # /aanmeldingen/<uuid>/…
    path("stand/intrekken/", file_status.take_back, name="take_back_move"),
    path("stand/<slug:to>/", file_status.move, name="move"),
    path("documenten/nieuw/", file_documents.add_document, name="add_document"),
    path(
        "documenten/<uuid:document_id>/openen/",
        file_documents.open_document,
        name="open_document",
    ),
    path("<of_registration:subject>/nieuw/", file_facts.add_fact, name="add_of_registration"),
    path(
        "<of_registration:subject>/<uuid:fact_id>/",
        file_facts.correct_fact,
        name="correct_of_registration",
    ),
    path(
        "<of_registration:subject>/<uuid:fact_id>/intrekken/",
        file_facts.withdraw_one,
        name="withdraw_of_registration",
    ),
]
