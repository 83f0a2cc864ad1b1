"""The pages of the quarterly figures, under /rapporten/."""

from django.urls import include, path

from reporting import views

one_report = [
    path("", views.report, name="report"),  # /rapporten/<uuid>/
    path("voortgang/", views.report_progress, name="report_progress"),
    path("opnieuw/", views.report_again, name="report_again"),
    path("cijfers.<str:extension>", views.report_file, name="report_file"),
    path("bestanden/", views.report_files, name="report_files"),
    path("bestanden/voortgang/", views.report_files_progress, name="report_files_progress"),
    path("achter/<str:key>/", views.records_behind, name="records_behind"),
]

one_edition = [
    path("", views.edition, name="edition"),  # /rapporten/edities/<uuid>/
    path("tekst/<slug:part>/", views.edition_text, name="edition_text"),
    path("verborgen/", views.edition_hidden, name="edition_hidden"),
    path("voorbeeld/", views.edition_preview, name="edition_preview"),
    path("aanvullen/", views.edition_gaps, name="edition_gaps"),
    path("aanvullen/<slug:code>/", views.edition_gap, name="edition_gap"),
    path("stap/<slug:step>/", views.edition_step, name="edition_step"),
]

one_comparison = [
    path("", views.comparison, name="comparison"),  # /rapporten/verschillen/<uuid>/
    path("achter/<str:key>/<slug:cause>/", views.comparison_records, name="comparison_records"),
]

drawing = [
    path("", views.reports, name="reports"),  # /rapporten/
    path("periodes/", views.periods, name="periods"),
    path("edities/", views.editions, name="editions"),
    path("edities/<uuid:edition_id>/", include(one_edition)),
    path("verschillen/", views.comparisons, name="comparisons"),
    path("verschillen/<uuid:comparison_id>/", include(one_comparison)),
    path("vandaag/", views.figures_today, name="figures_today"),
    path("reeks/", views.series, name="series"),
    path("reeks/reeks.<str:extension>", views.series_file, name="series_file"),
    path("<uuid:run_id>/", include(one_report)),
]

public = [
    path("", views.publications, name="publications"),  # /publicaties/
    path("reeks/", views.public_series, name="public_series"),
    path("reeks/reeks.<str:extension>", views.public_series_file, name="public_series_file"),
    path("<slug:slug>/", views.publication, name="publication"),
    path("<slug:slug>/cijfers.<str:extension>", views.publication_file, name="publication_file"),
]

accounting = [
    path("", views.accounts, name="accounts"),  # /verantwoording/
    path("<slug:kind>/nieuw/", views.account_add, name="account_add"),
    path("<slug:kind>/<uuid:fact_id>/", views.account_correct, name="account_correct"),
    path("<slug:kind>/<uuid:fact_id>/intrekken/", views.account_withdraw, name="account_withdraw"),
]

urlpatterns = [
    path("verantwoording/", include(accounting)),
    path("rapporten/", include(drawing)),
    path("publicaties/", include(public)),
    path("systeem/", views.health, name="health"),
    path("systeem.json", views.health_plain, name="health_plain"),
]
