"""The pages of staff, under /enquetes/, and those of who was asked, under /enquete/."""

from django.urls import include, path

from surveys.views import answering, letters, report, reviewing, rounds, words

one_round = [
    path("", rounds.survey_round, name="survey_round"),  # /enquetes/<uuid>/
    path("regels/", rounds.survey_rules, name="survey_rules"),
    path("wie/", rounds.survey_who, name="survey_who"),
    path("stap/<slug:step>/", rounds.survey_step, name="survey_step"),
    path("vragen/", words.survey_questions, name="survey_questions"),
    path("vragen/<uuid:question_id>/", words.survey_question, name="survey_question"),
    path("talen/", words.survey_languages, name="survey_languages"),
    path("talen/<str:code>/", words.survey_language, name="survey_language"),
    path("teksten/<str:code>/", words.survey_texts, name="survey_texts"),
    path("voorbeeld/", words.survey_preview, name="survey_preview"),
    path("brieven/", letters.survey_letters, name="survey_letters"),
    path("brieven/<uuid:letter_id>/", letters.survey_letter, name="survey_letter"),
    path("nalezen/", reviewing.survey_remarks, name="survey_remarks"),
    path("nalezen/<uuid:remark_id>/", reviewing.survey_remark, name="survey_remark"),
    path("rapport/", report.survey_report, name="survey_report"),
    path("rapport/rapport.<str:extension>", report.survey_report_file, name="survey_report_file"),
]

answers = [
    path("", answering.survey_start, name="survey_start"),  # /enquete/
    path("vraag/<int:number>/", answering.survey_ask, name="survey_ask"),
    path("insturen/", answering.survey_send, name="survey_send"),
    path("bedankt/", answering.survey_thanks, name="survey_thanks"),
    path("afmelden/<str:link>/", answering.survey_unsubscribe, name="survey_unsubscribe"),
    path("<str:link>/", answering.survey_link, name="survey_link"),  # last: it takes any word
]

urlpatterns = [
    path("enquetes/", rounds.surveys, name="surveys"),
    path("enquetes/nalezen/", reviewing.survey_reviews, name="survey_reviews"),
    path("enquetes/rapporten/", report.survey_reports, name="survey_reports"),
    path("enquetes/<uuid:round_id>/", include(one_round)),
    path("enquete/", include(answers)),
]
