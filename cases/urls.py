"""The pages of files, of emergency access, and of who looked."""

from django.urls import include, path, register_converter

from cases.subjects.addresses import SubjectOfFamily, SubjectOfRegistration
from cases.views import (
    emergency,
    file_facts,
    file_people,
    file_status,
    files,
    judging,
    log,
    odd,
    overview,
)

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

facts_of_registration = [
    # /aanmeldingen/<uuid>/<onderwerp>/…
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

one_family = [
    path("", files.file, name="file"),  # /gezinnen/<uuid>/
    path("stand/", files.file_as_of, name="file_as_of"),
    path("wie-keek/", log.who_looked, name="who_looked"),
    *facts_of_family,
]

one_registration = [
    # /aanmeldingen/<uuid>/…
    path("stand/intrekken/", file_status.take_back, name="take_back_move"),
    path("stand/<slug:to>/", file_status.move, name="move"),
    *facts_of_registration,
]

families = [
    path("", files.files, name="files"),  # /gezinnen/
    path("noodtoegang/", emergency.open_file, name="open_in_emergency"),
    path("<uuid:family_id>/", include(one_family)),
]

emergencies = [
    path("", judging.judge_emergencies, name="judge_emergencies"),  # /noodtoegang/
    path("<uuid:access_id>/oordeel/", judging.judge_emergency, name="judge_emergency"),
]

one_persons_overview = [
    path("", overview.overview, name="overview"),  # /leeslogboek/overzicht/<uuid>/
    path("overzicht.html", overview.overview_html, name="overview_html"),
    path("overzicht.pdf", overview.overview_pdf, name="overview_pdf"),
]

access_log = [
    path("", log.access_log, name="access_log"),  # /leeslogboek/
    path("opvallend/", odd.odd_access, name="odd_access"),
    path("overzicht/<uuid:person_id>/", include(one_persons_overview)),
]

urlpatterns = [
    path("", include("cases.arriving_urls")),
    path("", include("cases.daily_urls")),
    path("gezinnen/", include(families)),
    path("aanmeldingen/<uuid:registration_id>/", include(one_registration)),
    path("noodtoegang/", include(emergencies)),
    path("leeslogboek/", include(access_log)),
    path("", include("cases.team_urls")),
]
