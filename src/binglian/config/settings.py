"""Every setting of the platform, read from the environment once.

The mode says how strict we are: ``production`` (the default) refuses to start without a
secret and hosts; ``demo``, ``development`` and ``test`` make their own.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parent.parent

MODES = ("production", "demo", "development", "test")
MODE = os.environ.get("BINGLIAN_MODE", "production")
if MODE not in MODES:
    raise ImproperlyConfigured(f"BINGLIAN_MODE is {MODE!r}; choose one of {', '.join(MODES)}.")
PRODUCTION = MODE == "production"
DEBUG = MODE == "development"
DEMO = MODE == "demo"
if DEMO:
    # Everybody in the demonstration signs in with it; it exists in no other mode.
    DEMO_PASSWORD = "binglian-demo"  # noqa: S105
    #: So that other programs can be tried on it.
    DEMO_API_KEY = "bl_demo"

#: Where the database file, keys and outgoing test mail live when nothing else is configured.
DATA = Path(os.environ.get("BINGLIAN_DATA", Path.home() / ".local/share/binglian" / MODE))


def _required(name: str, purpose: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {purpose}. See docs/guides/operator.md.")
    return value


def _kept_secret(name: str) -> str:
    """A secret made once and kept in a file only this user can read."""
    path = DATA / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


if PRODUCTION:
    SECRET_KEY = _required("BINGLIAN_SECRET_KEY", "it signs sessions and links")
    hosts = _required("BINGLIAN_HOSTS", "the host names users type, comma separated")
    ALLOWED_HOSTS = [host.strip() for host in hosts.split(",")]
elif MODE == "test":
    SECRET_KEY, ALLOWED_HOSTS = "only for tests", ["*"]
else:
    SECRET_KEY, ALLOWED_HOSTS = _kept_secret("secret.key"), ["*"]

if PRODUCTION:
    SITE_URL = _required("BINGLIAN_URL", "links in mail and secure cookies depend on it")
else:
    SITE_URL = os.environ.get("BINGLIAN_URL", "http://127.0.0.1:8000")
SITE_URL = SITE_URL.rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

#: Ed25519 private key (PEM) that signs ledger checkpoints.
LEDGER_KEY_FILE = Path(os.environ.get("BINGLIAN_LEDGER_KEY", DATA / "ledger-key.pem"))
#: What that file is encrypted with; production accepts no other.
LEDGER_KEY_PASSPHRASE = os.environ.get("BINGLIAN_LEDGER_KEY_PASSPHRASE", "")
#: Public keys of former times (hexadecimal, comma separated) whose checkpoints still count.
LEDGER_FORMER_KEYS = os.environ.get("BINGLIAN_LEDGER_FORMER_KEYS", "").replace(",", " ").split()

#: Who certifies the organisations' signatures: the platform itself (``builtin``), or an outside
#: authority whose keys lie in PKCS#12 files or in a PKCS#11 device.
SIGNING = os.environ.get("BINGLIAN_SIGNING", "builtin")
if SIGNING not in ("builtin", "pkcs12", "pkcs11"):
    raise ImproperlyConfigured(
        f"BINGLIAN_SIGNING is {SIGNING!r}; choose one of builtin, pkcs12, pkcs11."
    )
#: What the organisations' signing keys and the contacts of residents are encrypted with.
if PRODUCTION:
    KEY_ENCRYPTION_KEY = _required(
        "BINGLIAN_KEY_ENCRYPTION_KEY", "signing keys and residents' contacts are encrypted with it"
    )
    if len(KEY_ENCRYPTION_KEY) < 32:
        raise ImproperlyConfigured("BINGLIAN_KEY_ENCRYPTION_KEY is shorter than 32 characters.")
elif MODE == "test":
    KEY_ENCRYPTION_KEY = "only for tests"
else:
    KEY_ENCRYPTION_KEY = _kept_secret("key-encryption.key")
#: PKCS#12: a folder with one ``<code>.p12`` for each organisation and ``platform.p12``.
PKCS12_FOLDER = os.environ.get("BINGLIAN_PKCS12_FOLDER", "")
PKCS12_PASSWORD = os.environ.get("BINGLIAN_PKCS12_PASSWORD", "")
#: PKCS#11: the device's library, its token and PIN; keys carry the code as their label.
PKCS11_MODULE = os.environ.get("BINGLIAN_PKCS11_MODULE", "")
PKCS11_TOKEN = os.environ.get("BINGLIAN_PKCS11_TOKEN", "")
PKCS11_PIN = os.environ.get("BINGLIAN_PKCS11_PIN", "")
#: Outside roots (PEM) that signatures and time-stamps may lead to, beside the platform's own.
TRUST_FILE = os.environ.get("BINGLIAN_TRUST", "")
#: RFC 3161 time-stamping authority; none in a closed intranet.
TSA_URL = os.environ.get("BINGLIAN_TSA_URL", "")

INSTALLED_APPS = [
    "binglian.web",  # first: its templates stand before those of allauth
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "template_partials",
    "django_vite",
    "django_tasks",
    "django_tasks_db",
    "ninja",  # its pages come with the package, not from elsewhere
    "binglian.domain.accounts",
    "binglian.domain.ledger",
    "binglian.domain.places",
    "binglian.domain.alliance",
    "binglian.domain.clients",
    "binglian.domain.governance",
    "binglian.domain.coupling",
    "binglian.domain.heritage",
    "binglian.domain.projects",
    "binglian.domain.matters",
    "binglian.domain.openness",
    "binglian.domain.checks",
    "binglian.domain.newsroom",
    "binglian.domain.indicators",
    "binglian.domain.publishing",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "binglian.web.middleware.PreferencesMiddleware",
    "binglian.web.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "binglian.config.urls"
WSGI_APPLICATION = "binglian.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "binglian.web.context.desk",
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "binglian.web.templatetags.desk",
            ],
        },
    }
]

# ---- database: SQLite as it comes, PostgreSQL by DATABASE_URL --------------------------------

if os.environ.get("DATABASE_URL"):
    DATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"])}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(DATA / "binglian.sqlite3"),
            "OPTIONS": {
                # A read-then-write transaction must take its lock at once, or it fails half-way.
                "transaction_mode": "IMMEDIATE",
                "timeout": 60,  # seconds; SQLite's queue for the write lock is not fair
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
                    "PRAGMA mmap_size=268435456;PRAGMA cache_size=-65536;"
                    "PRAGMA temp_store=MEMORY;PRAGMA journal_size_limit=67108864"
                ),
            },
        }
    }
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DATABASES["default"]["CONN_MAX_AGE"] = None
if MODE == "test" and "sqlite3" in DATABASES["default"]["ENGINE"]:
    # A real file: threads of one test share it as processes do in production.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    },
    # What each process may count for itself, such as reads of the interfaces.
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# ---- sign-in -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
if DEMO:  # its one password is printed on the sign-in page, and may resemble a user name
    AUTH_PASSWORD_VALIDATORS = []
ACCOUNT_ADAPTER = "binglian.web.accounts.adapter.ClosedSignupAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # its letter would invite to sign up, which is closed
ACCOUNT_SESSION_REMEMBER = None
# Beside those allauth brings. Many people share an address: more than «report» makes a report
# doubtful, only more than «report_flood» is turned away.
ACCOUNT_RATE_LIMITS = {
    "apply": "10/h/ip",
    "report": "20/h/ip",
    "report_flood": "200/h/ip",
    "report_hints": "120/m/ip",
    # Each sends a letter to somebody who has not asked for it yet.
    "follow": "20/h/ip",
}
# Limits count the address of the reader, not that of the proxy in front of us.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("BINGLIAN_PROXIES", "0"))
# Second factors, which signing an agreement asks for.
MFA_ADAPTER = "binglian.web.accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_TOTP_ISSUER = "Binglian"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts come from the secretariat, not from sign-up
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
#: A server of raster map tiles in WGS-84 (Web Mercator), ``https://…/{z}/{x}/{y}.png``; none by
#: default, so that a closed intranet and a reader's privacy need no outside call.
TILES_URL = os.environ.get("BINGLIAN_TILES_URL", "")
TILES_ATTRIBUTION = os.environ.get("BINGLIAN_TILES_ATTRIBUTION", "")
_tiles = urlsplit(TILES_URL)
if TILES_URL:
    if _tiles.scheme not in ("http", "https") or not all(f"{{{x}}}" in TILES_URL for x in "zxy"):
        raise ImproperlyConfigured(
            "BINGLIAN_TILES_URL must look like https://tiles.example/{z}/{x}/{y}.png."
        )
    if not TILES_ATTRIBUTION:
        raise ImproperlyConfigured(
            "BINGLIAN_TILES_ATTRIBUTION is not set: say whose map the tiles show."
        )
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF, *([f"{_tiles.scheme}://{_tiles.netloc}"] if TILES_URL else [])],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# ---- interfaces for other programs ---------------------------------------------------------------

#: Requests a minute from one address without a key; a key brings its own limit.
API_PER_MINUTE = int(os.environ.get("BINGLIAN_API_PER_MINUTE", "120"))
#: Whom their authors ask, e.g. for a key.
API_CONTACT = os.environ.get("BINGLIAN_API_CONTACT", SITE_URL)

#: Networks (CIDR, comma separated) of our own that webhooks may be sent to, e.g. 10.1.0.0/16; none
#: by default, so that nobody is led into the intranet by an address somebody typed.
WEBHOOK_NETWORKS = os.environ.get("BINGLIAN_WEBHOOK_NETWORKS", "").replace(",", " ").split()
#: Under what terms anybody may use the open data: the address of a licence and its short name.
OPEN_DATA_LICENCE = os.environ.get(
    "BINGLIAN_OPEN_DATA_LICENCE", "https://creativecommons.org/licenses/by/4.0/"
)
OPEN_DATA_LICENCE_NAME = os.environ.get("BINGLIAN_OPEN_DATA_LICENCE_NAME", "CC BY 4.0")

# ---- mail ----------------------------------------------------------------------------------------

EMAIL_HOST = os.environ.get("BINGLIAN_MAIL_HOST", "")
if EMAIL_HOST:
    EMAIL_PORT = int(os.environ.get("BINGLIAN_MAIL_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("BINGLIAN_MAIL_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("BINGLIAN_MAIL_PASSWORD", "")
    EMAIL_USE_TLS = EMAIL_PORT == 587
    EMAIL_USE_SSL = EMAIL_PORT == 465
else:
    # Without a mail server every message is kept as a file, so none is lost unseen.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(DATA / "mail")
#: A mailbox whose unread messages are reports of residents; see `binglian mail-in --imap`.
IMAP_HOST = os.environ.get("BINGLIAN_IMAP_HOST", "")
IMAP_PORT = int(os.environ.get("BINGLIAN_IMAP_PORT", "993"))
IMAP_USER = os.environ.get("BINGLIAN_IMAP_USER", "")
IMAP_PASSWORD = os.environ.get("BINGLIAN_IMAP_PASSWORD", "")
IMAP_FOLDER = os.environ.get("BINGLIAN_IMAP_FOLDER", "INBOX")
DEFAULT_FROM_EMAIL = os.environ.get("BINGLIAN_MAIL_FROM", "binglian@localhost")

# ---- language, time, files -------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", _("英文"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
#: How often a process looks whether the days off of another year were imported; 0 for never.
CALENDAR_REFRESH_SECONDS = 60
FORMAT_MODULE_PATH = "binglian.config.formats"

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "web/static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"/dist/assets/.+[-.][\w-]{8,}\.\w+$"
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "static_url_prefix": "binglian/dist",
        "manifest_path": PACKAGE / "web/static/binglian/dist/manifest.json",
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("BINGLIAN_LOG", "WARNING")},
}
