"""The pages of the quarterly figures, under /rapporten/."""

from django.urls import include, path

from reporting import views

one_report = [
    path("", views.report, name="report"),  # /rapporten/<uuid>/
    path("voortgang/", views.report_progress, name="report_progress"),
    path("opnieuw/", views.report_again, name="report_again"),
    path("cijfers.<str:extension>", views.report_file, name="report_file"),
    path("achter/<str:key>/", views.records_behind, name="records_behind"),
]

urlpatterns = [
    path("", views.reports, name="reports"),  # /rapporten/
    path("<uuid:run_id>/", include(one_report)),
]
