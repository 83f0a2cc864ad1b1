"""The whole site map."""

from django.urls import include, path

from ondersteuning import security_txt, views

urlpatterns = [
    path("", views.home, name="home"),
    path("demo/mail/", views.demo_mail, name="demo_mail"),  # 404 on a server
    path("", include("accounts.urls")),
    path("", include("cases.urls")),
    path("", include("surveys.urls")),
    path("", include("reporting.urls")),
    path(".well-known/security.txt", security_txt.show, name="security_txt"),
]

# Errors: templates/400.html, 403.html, 403_csrf.html, 404.html, 429.html, 500.html and 503.html.
handler500 = "ondersteuning.views.went_wrong"
