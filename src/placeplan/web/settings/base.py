"""Settings that every installation shares. Safe by default: what loosens one stands in ``demonstration``."""

from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF

from placeplan.web.settings.environment import given

WEB = Path(__file__).parent.parent

DEBUG = False
ALLOWED_HOSTS: list[str] = []
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "placeplan.web.auditing",
    "placeplan.web.access",
    "placeplan.web.planning",
    "placeplan.web.evidencing",
    "placeplan.web.signing",
    "placeplan.web.meetings",
    "placeplan.web.assuring",
    "placeplan.web.discussing",
    "placeplan.web.publishing",
    "placeplan.web.exchanging",
    "placeplan.web.programs",
    "placeplan.web.keeping",
]
MIDDLEWARE = [
    "placeplan.web.requests.RequestIdentity",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "placeplan.web.requests.NoNulls",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "placeplan.web.access.middleware.SessionEnds",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "placeplan.web.access.middleware.SecondFactorFirst",
    "placeplan.web.access.middleware.RefusalPages",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "placeplan.web.urls"
WSGI_APPLICATION = "placeplan.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [WEB / "templates"],
        "OPTIONS": {
            "environment": "placeplan.web.pages.environment",
            "context_processors": ["placeplan.web.pages.shared"],
        },
    }
]

AUTH_USER_MODEL = "access.Person"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "access:sign-in"
LOGIN_REDIRECT_URL = "planning:plans"
LOGOUT_REDIRECT_URL = "access:sign-in"
# How many failures there may be of a kind, and for how many minutes they count. Many people sit behind one address.
THROTTLES = {
    "password of account": (5, 5),
    "password from address": (30, 5),
    "code of account": (5, 15),
    "code from address": (30, 15),
    "token from address": (60, 5),
}
MINUTES_FOR_A_CODE = 10
PASSWORD_LINK_HOURS = 24
TOKEN_DAYS = (30, 90, 365)

# Signing on by a provider of the organisation: off unless the environment names one. A second factor after the
# password: everybody may have one; whether it is compulsory for those who publish, sign or manage people is set here.
SINGLE_SIGN_ON: dict[str, Any] | None = None
SECOND_FACTOR_COMPULSORY = False
SOCIALACCOUNT_ADAPTER = "placeplan.web.access.adapters.JoiningByProvider"
SOCIALACCOUNT_EMAIL_VERIFICATION = ACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
MFA_ADAPTER = "placeplan.web.access.adapters.SecretsOfSecondFactors"
MFA_TOTP_ISSUER = "Placeplan"
MFA_TOTP_TOLERANCE = 1
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "static/"
STATICFILES_DIRS = [WEB / "static"]
WHITENOISE_USE_FINDERS = True

# A session ends when nobody used it for so many minutes, and so many hours after signing in.
SESSION_IDLE_MINUTES = 60
SESSION_HOURS = 12
SESSION_COOKIE_AGE = SESSION_HOURS * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "placeplan.web.access.views.signing_in.stale_page"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
FILE_UPLOAD_HANDLERS = [
    "placeplan.web.uploads.SizedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 1
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024

# Shown in the header. The NHS logo is for organisations that may use it, and off unless one says so.
SHOW_NHS_LOGO = False
DEMONSTRATION = False

# Who may read /health/metrics: nobody, unless a site names a token or addresses.
METRICS_TOKEN = ""
METRICS_NETWORKS: tuple[object, ...] = ()
WORKER_SILENT_SECONDS = 90

# A folder of public files, and one with a folder of segment runs for each plan; pages say so where there is none.
DATA_FOLDER = given("PLACEPLAN_DATA")
SEGMENT_RUNS = given("PLACEPLAN_SEGMENT_RUNS")
