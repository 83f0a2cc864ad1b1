"""The pages of files, of emergency access, and of who looked."""

from django.urls import include, path

from cases.file_urls import facts_of_family, one_registration
from cases.views import emergency, file_timeline, files, judging, log, odd, overview

one_family = [
    path("", files.file, name="file"),  # /gezinnen/<uuid>/
    path("stand/", files.file_as_of, name="file_as_of"),
    path("tijdlijn/", file_timeline.timeline, name="timeline"),
    path("wie-keek/", log.who_looked, name="who_looked"),
    *facts_of_family,
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
