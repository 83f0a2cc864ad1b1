"""The pages of working together: cover, sharing, conflicts of interest."""

from django.urls import include, path

from cases.views import exceptions, sharing

exceptions_to_the_rule = [
    path("", exceptions.exceptions_page, name="exceptions"),  # /waarneming/
    path("nieuw/", exceptions.cover_new, name="cover_new"),
    path("<uuid:cover_id>/beeindigen/", exceptions.cover_end, name="cover_end"),
    path("gedeeld/<uuid:grant_id>/beeindigen/", sharing.share_end, name="share_end"),
    path("belangenconflict/", exceptions.conflict_new, name="conflict_new"),
    path(
        "belangenconflict/<uuid:conflict_id>/beeindigen/",
        exceptions.conflict_end,
        name="conflict_end",
    ),
]

urlpatterns = [
    path("waarneming/", include(exceptions_to_the_rule)),
    path("gezinnen/<uuid:family_id>/delen/", sharing.share_file, name="share_file"),
]
