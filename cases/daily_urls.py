"""The pages of a day's work: conversations, tasks and what comes first."""

from django.urls import include, path

from cases.views import contacts, correcting, tasks, today

contacts_of_family = [
    path("gesprekken/", contacts.contacts, name="contacts"),
    path("gesprek/", contacts.note_contact, name="note_contact"),  # /gezinnen/<uuid>/gesprek/
]

one_task = [
    path("", tasks.change, name="change_task"),  # /taken/<uuid>/
    path("gedaan/", tasks.finish, name="finish_task"),
    path("heropenen/", tasks.reopen, name="reopen_task"),
]

urlpatterns = [
    path("vandaag/", today.today, name="today"),
    path("taken/", tasks.tasks, name="tasks"),
    path("taken/<uuid:task_id>/", include(one_task)),
    path("aanmeldingen/<uuid:registration_id>/taak/", tasks.plan, name="plan_task"),
    path("gesprek/", contacts.choose_family, name="choose_family"),
    path("gesprek/<uuid:contact_id>/", correcting.correct_contact, name="correct_contact"),
    path(
        "gesprek/<uuid:contact_id>/intrekken/",
        correcting.withdraw_contact,
        name="withdraw_contact",
    ),
    path("gezinnen/<uuid:family_id>/", include(contacts_of_family)),
]
