"""The pages of coming in: registering, the public form and its queue, the target group check."""

from django.urls import include, path

from cases.views import public_form, queue, registering, target_group

web_registrations = [
    path("", queue.web_queue, name="web_queue"),  # /aanmeldingen/wachtrij/
    path("<uuid:web_id>/", queue.web_registration, name="web_registration"),
    path("<uuid:web_id>/aannemen/", queue.web_accept, name="web_accept"),
    path("<uuid:web_id>/niet-aannemen/", queue.web_refuse, name="web_refuse"),
    path("<uuid:web_id>/bij/<uuid:registration_id>/", queue.web_join, name="web_join"),
]

urlpatterns = [
    path("aanmelden/", public_form.public_form, name="public_form"),
    path("aanmelden/ontvangen/<str:key>/", public_form.public_receipt, name="public_receipt"),
    path("aanmeldingen/nieuw/", registering.register_search, name="register"),
    path("aanmeldingen/nieuw/formulier/", registering.register_form, name="register_form"),
    path("aanmeldingen/wachtrij/", include(web_registrations)),
    path(
        "aanmeldingen/<uuid:registration_id>/doelgroep/",
        target_group.target_group,
        name="target_group",
    ),
]
