"""The pages of working together: the team, handing over, cover, sharing, conflicts of interest."""

from django.urls import include, path

from cases.views import exceptions, handing_over, handovers, merging, sharing, team

of_the_team = [
    path("", team.team, name="team"),  # /team/
    path("lijst/", team.team_list, name="team_list"),
    path("weergaven/", team.view_keep, name="view_keep"),
    path("weergaven/<uuid:view_id>/", team.view_change, name="view_change"),
    path("overdragen/", handing_over.hand_over, name="hand_over"),
    path(
        "toewijzen/<uuid:registration_id>/",
        handing_over.assign_registration,
        name="assign_registration",
    ),
]

offers = [
    path("", handovers.handovers, name="handovers"),  # /overdracht/
    path("<uuid:batch>/", handovers.handover, name="handover"),
]

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

merged = [
    path("", merging.merges, name="merges"),  # /samenvoegen/
    path("<uuid:kept_id>/<uuid:gone_id>/", merging.merge, name="merge"),
    path("<uuid:merge_id>/terugdraaien/", merging.merge_undo, name="merge_undo"),
]

urlpatterns = [
    path("team/", include(of_the_team)),
    path("overdracht/", include(offers)),
    path("waarneming/", include(exceptions_to_the_rule)),
    path("samenvoegen/", include(merged)),
    path("gezinnen/<uuid:family_id>/delen/", sharing.share_file, name="share_file"),
]
