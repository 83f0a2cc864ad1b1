"""One file, in sections. Everything that differs between machines comes from the environment.

A laptop needs no variable: `ondersteuning.local` starts PostgreSQL and Redis and fills in
DATABASE_URL, DATABASE_OWNER_URL, REDIS_URL and OT_SECRET_KEY before this file is read.
"""

import os
import sys
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from ondersteuning.checks import refuse_wrong_start
from ondersteuning.environment import database, required
from ondersteuning.field_keys import read_keys
from ondersteuning.local import data_path
from ondersteuning.mail_server import read_mail_server

BASE_DIR = Path(__file__).resolve().parent.parent

# --- What this process is ------------------------------------------------------------------
DEBUG = os.environ.get("OT_DEBUG") == "1"
DEMO = os.environ.get("OT_DEMO") == "1"
SECRET_KEY = required("OT_SECRET_KEY")
ALLOWED_HOSTS = os.environ.get("OT_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
# Served over plain HTTP on a laptop only; a server sets OT_HTTPS=1 (docs/beheer.md).
HTTPS = os.environ.get("OT_HTTPS") == "1"
VERSION = os.environ.get("OT_VERSION", "0.1.0")
# Where letters point to that no page writes; a page uses the address that it was asked at.
SITE_URL = os.environ.get("OT_SITE_URL") or f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0]}"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "bootstrap",
    "csp",
    "django_htmx",
    "guardian",
    "pgtrigger",
    "simple_history",
    "ondersteuning",
    "accounts",
    "cases",
    "surveys",
    "reporting",
]

MIDDLEWARE = [
    # The first see each answer: also static files, errors and what a later one refuses.
    "ondersteuning.middleware.refuse_wrong_database",
    "ondersteuning.middleware.never_stored",
    "ondersteuning.middleware.closed_to_others",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "ondersteuning.middleware.known_methods_only",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware_sign_in.session_activity",
    "accounts.middleware_sign_in.SecondFactorFirst",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.refusals_are_logged",  # last: an error at the commit comes out of the view
]

ROOT_URLCONF = "ondersteuning.urls"
WSGI_APPLICATION = "ondersteuning.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "ondersteuning.context.site",
            ],
        },
    },
]

# --- Data ----------------------------------------------------------------------------------
# The tables belong to a second role, which migrates; the application only reads and writes rows.
AS_OWNER = os.environ.get("OT_DATABASE_ROLE") == "owner"
DATABASES = {
    "default": {
        **database(required("DATABASE_OWNER_URL" if AS_OWNER else "DATABASE_URL")),
        # A page is one transaction: what it shows, changes and logs stands or falls together.
        "ATOMIC_REQUESTS": True,
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
}
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

# Outside the database, and better outside the machine: what shows that the read log was cut.
ACCESS_LOG_HEADS = Path(
    os.environ.get("OT_ACCESS_LOG_HEADS") or data_path(os.environ) / "access-log-heads.jsonl"
)

# More files than this by one person within an hour go on the review list of the privacy officer.
MOST_FILES_AN_HOUR = 30

DOCUMENTS_FOLDER = Path(os.environ.get("OT_DOCUMENTS") or data_path(os.environ) / "documents")
LARGEST_DOCUMENT = 20 * 2**20  # bytes
CONSENT_FROM_AGE = 12  # from then on a child's own (the FG confirms it); also in a trigger
REVIEW_ANSWERED_WITHIN = timedelta(weeks=2)  # by the institution, art. 1:265d BW

# A family that is supported and had no contact for longer than this stands out on Vandaag.
WEEKS_WITHOUT_CONTACT = int(os.environ.get("OT_WEEKS_WITHOUT_CONTACT") or 4)
TRAJECTORIES_PER_FTE = int(os.environ.get("OT_TRAJECTORIES_PER_FTE") or 20)  # to be confirmed

# --- Work ----------------------------------------------------------------------------------
CELERY_BROKER_URL = required("REDIS_URL")
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 5,
    "socket_connect_timeout": 5,
    "visibility_timeout": 3600,  # above the longest task
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "max_retries": 1,
}
CELERY_WORKER_CONSUMER = "ondersteuning.consumer:CarefulConsumer"
CELERY_BEAT_SCHEDULER = "ondersteuning.beat:BeatingScheduler"
CELERY_TIMEZONE = "Europe/Amsterdam"
CELERY_BEAT_SCHEDULE = {
    "pulse": {"task": "reporting.tasks.pulse", "schedule": 15.0},
    "begin-editions": {"task": "reporting.tasks.begin_editions", "schedule": 3600.0},
    "sweep-report-runs": {"task": "reporting.tasks.sweep", "schedule": 15.0},
    "draw-today": {"task": "reporting.tasks.draw_today", "schedule": 3600.0},
    "sweep-mail": {"task": "accounts.tasks.sweep_mail", "schedule": 20.0},
    "sweep-letters": {"task": "surveys.tasks.sweep_letters", "schedule": 20.0},
    "note-bounces": {"task": "surveys.tasks.note_bounces", "schedule": 3600.0},
    "empty-drop-boxes": {"task": "surveys.tasks.empty_boxes", "schedule": 300.0},
    "clear-what-ended": {"task": "accounts.tasks.clear_what_ended", "schedule": 3600.0},
    "keep-access-log-head": {"task": "accounts.tasks.keep_access_log_head", "schedule": 3600.0},
    "sweep-documents": {"task": "cases.tasks.sweep_documents", "schedule": 3600.0},
}

# --- Signing in ----------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.backends.InvitedOnly",
    "guardian.backends.ObjectPermissionBackend",
]
GUARDIAN_MONKEY_PATCH_USER = GUARDIAN_MONKEY_PATCH_GROUP = False
ANONYMOUS_USER_NAME = None
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
EVEN_SECONDS = 0.3  # what a stranger sends in takes this long to answer (accounts/even_time.py)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.password_rules.LongestPassword"},
    {"NAME": "accounts.password_rules.NothingEveryoneKnows"},
]
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.SignInOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# The token follows from the password and the last sign-in, so it works once.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_FORMS = {
    "login": "accounts.forms.sign_in.SignIn",
    "reauthenticate": "accounts.forms.sign_in.Reauthenticate",
    "reset_password": "accounts.forms.sign_in.ForgottenPassword",
    "reset_password_from_key": "accounts.forms.sign_in.NewPasswordByLetter",
    "change_password": "accounts.forms.sign_in.ChangePassword",
}
MFA_ADAPTER = "accounts.second_factor.SealedSecrets"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Ondersteuning"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "accounts.forms.sign_in.SecondStep",
    "authenticate_webauthn": "accounts.forms.sign_in.SecondStepByKey",
    "reauthenticate": "accounts.forms.sign_in.SecondStepAgain",
    "reauthenticate_webauthn": "accounts.forms.sign_in.SecondStepByKeyAgain",
    "activate_totp": "accounts.forms.sign_in.SetUpApp",
    "add_webauthn": "accounts.forms.sign_in.AddKey",
}
OBJECTS_TO_CLOSING = ["cases.services.leaving.refuse_who_has_families"]  # above accounts
FIELD_KEYS = read_keys(os.environ.get("OT_FIELD_KEYS", ""), secret_key=SECRET_KEY)
# The invented colleagues of the demo sign in with a password alone, and nowhere else.
DEMO_ADDRESSES = ("@demo.example.org",)
SECOND_FACTOR_SKIPPED_FOR = DEMO_ADDRESSES if DEMO else ()

# allauth's own limits count in the cache, where two processes at once count one guess: ours stand
# in accounts/guessing.py.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
# Whose X-Forwarded-For is believed: as many proxies as stand before us, and no others.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("OT_PROXIES") or 0)

# --- Sessions: rows that know whose they are and end by themselves (accounts/sessions.py) --------
SESSION_ENGINE = "accounts.sessions"
SESSION_IDLE = timedelta(minutes=int(os.environ.get("OT_IDLE_MINUTES") or 15))
SESSION_LONGEST = timedelta(hours=12)
SESSION_COOKIE_AGE = int(SESSION_LONGEST.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# What a page asks for by itself keeps no session alive.
PAGES_THAT_POLL = {"report_progress", "report_files_progress"}
# `__Host-`: only over https, only this very host, no other path.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, KNOWN_BROWSER_COOKIE = (
    f"{'__Host-' if HTTPS else ''}{name}" for name in ("session", "csrf", "browser")
)
KNOWN_BROWSER_AGE = 180 * 24 * 3600

# --- Mail: written to the outbox, sent by a worker (accounts/services/outbox.py) -----------------
MAIL_FOLDER = data_path(os.environ) / "mail"
DEFAULT_FROM_EMAIL = os.environ.get("OT_MAIL_FROM") or "Ondersteuning <ondersteuning@example.org>"
EMAIL_TIMEOUT = 20
BOUNCES = os.environ.get("OT_BOUNCES", "")
globals().update(read_mail_server(os.environ.get("OT_SMTP_URL", "")))

# --- People without an account -------------------------------------------------------------
# Where they can call the team; it stands on the public form and in its letter.
TEAM_PHONE = os.environ.get("OT_TEAM_PHONE") or "085 000 00 00"
FORM_TAKES = timedelta(seconds=3)  # who fills the public form in faster is asked to look once more

# --- What the browser is told --------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
# TLS ends at the proxy before us, which says so; nothing else can reach the server.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # until the browser closes: a borrowed telephone keeps nothing of us
SECURITY_CONTACT = os.environ.get("OT_SECURITY_CONTACT") or "mailto:security@example.org"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    },
}

# --- Publishing: numbers of people below this are hidden (reporting/suppression) ------------------
SUPPRESS_BELOW, SUPPRESS_BELOW_FINE = 5, 10  # the second by region or reason

# --- Language and time ---------------------------------------------------------------------
LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

# --- Files ---------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "static-collected"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site has use for them
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Logging: to the terminal, without personal data -----------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "ondersteuning.logs.WithoutWords"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["terminal"], "level": os.environ.get("OT_LOG_LEVEL", "WARNING")},
}

TESTING = "pytest" in sys.modules
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    EVEN_SECONDS = 0
    FORM_TAKES = timedelta(0)
    WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # not the collected files
    # A test that signs in straight away needs no app; tests of signing in take this back.
    SECOND_FACTOR_SKIPPED_FOR = ("",)
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

refuse_wrong_start(globals(), os.environ)
