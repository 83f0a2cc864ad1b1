"""The pages of coming in: registering, the public form and its queue, the target group check."""

from django.urls import path

from cases.views import public_form, registering

urlpatterns = [
    path("aanmelden/", public_form.public_form, name="public_form"),
    path("aanmelden/ontvangen/<str:key>/", public_form.public_receipt, name="public_receipt"),
    path("aanmeldingen/nieuw/", registering.register_search, name="register"),
    path("aanmeldingen/nieuw/formulier/", registering.register_form, name="register_form"),
]
