"""The pages of a day's work: conversations, tasks and what comes first."""

from django.urls import include, path

from cases.views import contacts

contacts_of_family = [
    path("gesprekken/", contacts.contacts, name="contacts"),
    path("gesprek/", contacts.note_contact, name="note_contact"),  # /gezinnen/<uuid>/gesprek/
]

urlpatterns = [
    path("gesprek/", contacts.choose_family, name="choose_family"),
    path("gezinnen/<uuid:family_id>/", include(contacts_of_family)),
]
