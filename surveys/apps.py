"""Surveys by e-mail: other users, other rights and other retention than the files."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "surveys"
    verbose_name = "Enquêtes"
