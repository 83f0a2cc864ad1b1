"""Signing in, the safety of an account, drafts, and managing people."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.webauthn import views as webauthn
from django.urls import include, path, re_path

from accounts.views import drafts, invitations, mail, people, people_deeds, shortcuts, sign_in

forgotten_password = [
    path("", sign_in.password_reset, name="account_reset_password"),  # /wachtwoord-vergeten/
    path("verstuurd/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "klaar/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"
    ),
    re_path(
        r"^(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]

confirming = [
    path("", account.reauthenticate, name="account_reauthenticate"),  # …/bevestigen/
    path("code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("sleutel/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
]

safety = [
    path("", mfa.index, name="mfa_index"),  # /account/beveiliging/
    path("app/", sign_in.SetUpApp.as_view(), name="mfa_activate_totp"),
    path("app/verwijderen/", sign_in.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("sleutels/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("sleutels/nieuw/", sign_in.AddKey.as_view(), name="mfa_add_webauthn"),
    path("sleutels/<int:pk>/verwijderen/", sign_in.RemoveKey.as_view(), name="mfa_remove_webauthn"),
    path("herstelcodes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "herstelcodes/nieuw/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path("herstelcodes/bewaren/", sign_in.keep_codes, name="mfa_download_recovery_codes"),
    path("bevestigen/", include(confirming)),
]

one_person = [
    path("", people.person, name="person"),  # /beheer/medewerkers/<uuid>/
    path("werk/", people_deeds.person_work, name="person_work"),
    path("uitnodigen/", people_deeds.person_invite, name="person_invite"),
    path("sluiten/", people_deeds.person_close, name="person_close"),
    path("heropenen/", people_deeds.person_reopen, name="person_reopen"),
    path("tweede-stap/", people_deeds.reset_ask, name="reset_ask"),
]

managing_people = [
    path("", people.people, name="people"),  # /beheer/medewerkers/
    path("nieuw/", people.person_new, name="person_new"),
    path("<uuid:user_id>/", include(one_person)),
    path("herstel/<uuid:reset_id>/goedkeuren/", people_deeds.reset_approve, name="reset_approve"),
    path("herstel/<uuid:reset_id>/afwijzen/", people_deeds.reset_refuse, name="reset_refuse"),
]

troubled_mail = [
    path("", mail.mail, name="mail"),  # /beheer/mail/
    path("<uuid:mail_id>/opnieuw/", mail.mail_again, name="mail_again"),
    path("<uuid:mail_id>/afgehandeld/", mail.mail_handled, name="mail_handled"),
]

urlpatterns = [
    path("inloggen/", sign_in.login, name="account_login"),
    path("inloggen/tweede-stap/", sign_in.second_step, name="mfa_authenticate"),
    path("uitloggen/", sign_in.SignOut.as_view(), name="account_logout"),
    path("wachtwoord-vergeten/", include(forgotten_password)),
    path("uitnodiging/", invitations.invitation, name="invitation"),
    path("uitnodiging/<str:token>/", invitations.invitation_link, name="invitation_link"),
    path("account/beveiliging/", include(safety)),
    path("account/wachtwoord/", account.password_change, name="account_change_password"),
    path("ingelogd-blijven/", sign_in.stay, name="session_stay"),
    path("concept/", drafts.keep, name="draft_keep"),
    path("sneltoetsen/", shortcuts.shortcuts, name="shortcuts"),
    path("concept/weg/", drafts.discard, name="draft_discard"),
    path("beheer/medewerkers/", include(managing_people)),
    path("beheer/mail/", include(troubled_mail)),
]
