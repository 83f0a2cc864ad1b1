"""The whole site map."""

from allauth.account import views as account
from django.urls import include, path

from ondersteuning import views

urlpatterns = [
    path("", views.home, name="home"),
    path("inloggen/", account.login, name="account_login"),
    path("uitloggen/", account.logout, name="account_logout"),
    path("rapporten/", include("reporting.urls")),
]

# Errors: templates/400.html, 403.html, 403_csrf.html, 404.html, 429.html and 500.html.
