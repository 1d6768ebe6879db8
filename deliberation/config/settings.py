"""All settings. docs/operations/settings.md says what each variable does."""

import os
from pathlib import Path
from typing import Any

from . import environment as given
from .databases import database

PRODUCTION = given.flag("PRODUCTION")
DEMO = given.flag("DEMO") and not PRODUCTION
DEBUG = given.flag("DEBUG") and not PRODUCTION
DATA_DIR = Path(given.text("DATA_DIR", str(given.ROOT / "var")))
SECRET_KEY = given.secret(DATA_DIR, production=PRODUCTION)
ALLOWED_HOSTS = given.hosts(production=PRODUCTION)
CSRF_TRUSTED_ORIGINS = given.words("TRUSTED_ORIGINS")
SITE_NAME = given.text("SITE_NAME", "Buurtdialoog")
ORGANISATION = given.text("ORGANISATION")
CONTACT = given.text("CONTACT")
OFFLINE = given.text("OFFLINE")
THEME = given.theme()
# Where links in mail lead: outside a page nobody says which name they used.
SITE_URL = given.text("SITE_URL", given.site_url(ALLOWED_HOSTS, production=PRODUCTION)).rstrip("/")
SOURCE_URL = given.text("SOURCE_URL", "https://example.nl/deliberation.git")

INSTALLED_APPS = [
    "deliberation.people",
    "deliberation.eventlog",
    "rooms",
    "deliberation.agenda",
    "deliberation.live",
    "moderation",
    "deliberation.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",
    "servestatic.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_vite",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "deliberation.config.compressing.CompressingMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "deliberation.people.middleware.SecondFactorMiddleware",
]
ROOT_URLCONF = "deliberation.config.urls"
ASGI_APPLICATION = "deliberation.config.asgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [given.ROOT / "deliberation" / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "deliberation.people.context.site",
                "rooms.notices.context.unread",
            ],
        },
    },
]

DATABASES = {"default": database(given.text("DATABASE_URL"), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# One per process: what is seen before the database is asked again. No personal data.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

REDIS_URL = given.text("REDIS_URL")
CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": "deliberation"},
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
}

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "deliberation.people.adapter.StaffAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False  # a guest's browser can become a colleague's
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a stranger's address gets no mail
MFA_ADAPTER = "deliberation.people.adapter.StaffMFAAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator gave the address
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1  # a code that was typed slowly still works
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_AGE = 365 * 24 * 3600  # a resident's browser; staff sessions end sooner
STAFF_SESSION_SECONDS = given.number("STAFF_SESSION_HOURS", 10) * 3600
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SESSION_COOKIE_AGE = STAFF_SESSION_SECONDS
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900  # seconds; long enough to find an app for codes
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = True  # one cookie for who takes part, as the privacy page says

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [given.ROOT / "deliberation" / "locale"]
TIME_ZONE = given.text("TIME_ZONE", "Europe/Amsterdam")
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
_PACKED = given.ROOT / "deliberation" / "frontend_dist"  # where a wheel carries it
FRONTEND_DIST = _PACKED if _PACKED.exists() else given.ROOT / "frontend" / "dist"
STATICFILES_DIRS = [FRONTEND_DIST] if FRONTEND_DIST.exists() else []
SERVESTATIC_USE_FINDERS = True
DJANGO_VITE = {
    "default": {"dev_mode": False, "manifest_path": FRONTEND_DIST / "manifest.json"},
    "hall": {
        "dev_mode": False,
        "manifest_path": FRONTEND_DIST / "hall" / "manifest.json",
        "static_url_prefix": "hall",
    },
}

_SELF = "'self'"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [_SELF],
        "script-src": [_SELF],
        "style-src": [_SELF],
        "img-src": [_SELF, "data:"],
        "connect-src": [_SELF],
        "worker-src": [_SELF],
        "manifest-src": [_SELF],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": [_SELF],
        "frame-ancestors": ["'none'"],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["svelte-trusted-html", "worker"],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb")
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = given.number("HSTS_SECONDS", 31_536_000)
    SESSION_COOKIE_SECURE = True

EMAIL_URL = given.text("EMAIL_URL", "consolemail://")
vars().update(given.env.email_url_config(EMAIL_URL))
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = given.text("FROM_EMAIL", "noreply@localhost")

# How push services know us, and reach us when something goes wrong with what we send.
VAPID_PRIVATE_KEY = given.vapid_key()
PUSH_CONTACT = given.text("PUSH_CONTACT", SITE_URL.replace("http://", "https://", 1))
PUSH_HOSTS = [] if PRODUCTION else given.words("PUSH_HOSTS")  # may be anywhere

SUMMARY = given.text("SUMMARY", "on") != "off"  # off: the computer suggests nothing
KENMERK_PREFIX = given.text("KENMERK_PREFIX", "BH")
NEED_PEOPLE = given.number("NEED_PEOPLE", 25)  # supporters from which a need must be answered
NEED_BREADTH = given.number("NEED_BREADTH", 2)  # threads, or streets, that they come from
# A language model that the municipality runs itself; without an address there is none.
MODEL_URL = given.text("MODEL_URL")
MODEL_NAME = given.text("MODEL_NAME")
MODEL_KEY = given.text("MODEL_KEY")
MODEL_TIMEOUT = given.number("MODEL_TIMEOUT", 20)  # seconds
EMBEDDING_URL = given.text("EMBEDDING_URL")
EMBEDDING_NAME = given.text("EMBEDDING_NAME")
EMBEDDING_KEY = given.text("EMBEDDING_KEY")
NEED_POLICY = given.need_policy()  # within how many working days it is answered

HOLD_MINUTES = given.minutes("HOLD_MINUTES", {"threat": 30, "personal_data": 30, "spam": 30})

RATE_LIMITS = given.text("RATE_LIMITS", "on") != "off"
TRUSTED_PROXIES = given.number("TRUSTED_PROXIES", 0)  # how many X-Forwarded-For hops to believe
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES  # else all who sign in share the proxy's limit
METRICS_TOKEN = given.text("METRICS_TOKEN")
DATABASE_THREADS = given.number("DATABASE_THREADS", 4)
LOG_FORMAT = given.text("LOG_FORMAT", "json" if PRODUCTION else "console")
LOGGING_CONFIG = "deliberation.config.logs.configure"
LOGGING = {"level": given.text("LOG_LEVEL", "INFO"), "format": LOG_FORMAT}
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deliberation.config.settings")
