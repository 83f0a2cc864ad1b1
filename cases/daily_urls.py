"""The pages of a day's work: conversations, tasks and what comes first."""

from django.urls import include, path

from cases.views import contacts, correcting

contacts_of_family = [
    path("gesprekken/", contacts.contacts, name="contacts"),
    path("gesprek/", contacts.note_contact, name="note_contact"),  # /gezinnen/<uuid>/gesprek/
]

urlpatterns = [
    path("gesprek/", contacts.choose_family, name="choose_family"),
    path("gesprek/<uuid:contact_id>/", correcting.correct_contact, name="correct_contact"),
    path(
        "gesprek/<uuid:contact_id>/intrekken/",
        correcting.withdraw_contact,
        name="withdraw_contact",
    ),
    path("gezinnen/<uuid:family_id>/", include(contacts_of_family)),
]
