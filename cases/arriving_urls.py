"""The pages of coming in: registering, the public form and its queue, the target group check."""

from django.urls import path

from cases.views import registering

urlpatterns = [
    path("aanmeldingen/nieuw/", registering.register_search, name="register"),
    path("aanmeldingen/nieuw/formulier/", registering.register_form, name="register_form"),
]
