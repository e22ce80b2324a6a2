"""Django settings. Everything that differs between machines comes from the environment:

DATABASE_URL           a PostgreSQL server; unset: the embedded one under the data directory
YONGGONG_DATABASE_ROLE the application's role there (default: the database's name with _app)
YONGGONG_DATA_DIR      where the embedded database and the generated keys live (default ./var)
YONGGONG_KEY_DIR       a folder with sealing.keys, digest.key, service.key (`vault/keys.py`), which lies
                       elsewhere than the data; systemd's $CREDENTIALS_DIRECTORY is looked into also
YONGGONG_SEALING_KEYS, YONGGONG_DIGEST_KEY, YONGGONG_SERVICE_KEY  the same secrets without a file
YONGGONG_CIPHER        what personal data is sealed with: "sm4" (SM4-GCM) or "aes" (AES-256-GCM, the default);
                       what was sealed with the other still opens, until `yonggong rotate-keys` seals it anew
YONGGONG_HOSTS         comma-separated host names that are served (default: this machine's)
YONGGONG_NETWORK       "public" serves employers and persons alone, "office" bureaus and administrators
                       alone; unset: both
YONGGONG_SECOND_FACTOR "required" of every account of bureaus and administrators, "off" of none; unset: as
                       the policy of their region says
YONGGONG_HTTPS         "1" when served behind TLS: secure cookies and HSTS
YONGGONG_SMTP_*        HOST, PORT, USER, PASSWORD, TLS, with YONGGONG_MAIL_FROM: e-mail reminders
YONGGONG_SMS_GATEWAY   what sends text messages (codes, reminders): an address, a command, or the dotted
                       path of a class with `send(mobile=, text=)` (`accounts/texting.py`)
YONGGONG_DEMONSTRATION "1" on a demonstration (`yonggong run` sets it): codes are shown, not sent; nothing
                       where people come by name (YONGGONG_HOSTS)
YONGGONG_CA_DIR        a folder with certificates of authorities: people sign in with theirs
YONGGONG_CRL_DIR       a folder with the authorities' revocation lists (default: the same)
YONGGONG_CERTIFICATE_PROXY    addresses of proxies whose word on a caller's certificate is taken
YONGGONG_CERTIFICATE_ADDRESS  where that proxy asks for it, such as https://yonggong.example.cn:8443
YONGGONG_OIDC_ISSUER   a provider of identities (OpenID Connect), as it calls itself, with
YONGGONG_OIDC_CLIENT_ID, YONGGONG_OIDC_CLIENT_SECRET, YONGGONG_OIDC_REGION  what it knows this platform
                       by, and the region (six digits) of people who come by it
YONGGONG_OIDC_TITLE    what people know it as (default 电子社保卡)
YONGGONG_OIDC_SCOPE, YONGGONG_OIDC_NAME_CLAIM, YONGGONG_OIDC_NUMBER_CLAIM  what is asked of it, and where
                       it says verified name and ID number (default openid profile, name, id_number)
YONGGONG_CLAMAV        socket of ClamAV's daemon (/path or host:port): uploads are scanned
YONGGONG_UNDO_SECONDS  how long a reviewer may take a decision back (default 10; 0: not at all)
YONGGONG_NODE_MODULES  where the front-end packages are installed (default ./node_modules)
"""

from __future__ import annotations

import os
from pathlib import Path

from yonggong import addresses, embedded
from yonggong.environment import networks, one_of, whole_number
from yonggong.vault.ciphers import CHOICES
from yonggong.vault.keys import digest_key, sealing_keys, service_key, subkey

PROJECT_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(os.environ.get("YONGGONG_DATA_DIR", PROJECT_DIR / "var")).resolve()
NODE_MODULES = Path(os.environ.get("YONGGONG_NODE_MODULES", PROJECT_DIR / "node_modules")).resolve()
HTTPS = os.environ.get("YONGGONG_HTTPS") == "1"

DEBUG = False
# What seals values (the current key first), and what digests are keyed with: secrets apart from
# each other, so that one can be changed without the other.
SEALING_KEYS = sealing_keys(DATA_DIR)
SEALING_CIPHER = CHOICES[
    one_of("YONGGONG_CIPHER", {"sm4": "SM4-GCM", "aes": "AES-256-GCM"}) or "aes"
]
DIGEST_KEY = digest_key(DATA_DIR)
_SERVICE_KEY = service_key(DATA_DIR)
SECRET_KEY = subkey(_SERVICE_KEY, "django").hex()
# By what names people reach the platform, through the proxy before it.
PUBLIC_HOSTS = [host for host in os.environ.get("YONGGONG_HOSTS", "").split(",") if host]
ALLOWED_HOSTS = [
    *PUBLIC_HOSTS,
    "localhost",
    "127.0.0.1",
    "[::1]",
]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in PUBLIC_HOSTS]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "procrastinate.contrib.django",
    "yonggong.forms",
    "yonggong.listings",
    "yonggong.accounts",
    "yonggong.registry",
    "yonggong.proofs",
    "yonggong.cases",
    "yonggong.documents",
    "yonggong.sources",
    "yonggong.contracts",
    "yonggong.employers",
    "yonggong.annual",
    "yonggong.staff",
    "yonggong.entitlements",
    "yonggong.services",
    "yonggong.relations",
    "yonggong.disputes",
    "yonggong.batch",
    "yonggong.reminders",
    "yonggong.supervision",
    "yonggong.counters",
    "yonggong.secrecy",
    "yonggong.portals",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yonggong.portals.middleware.security_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "yonggong.sources.current.middleware",
    "yonggong.portals.stale.keeps_typed",
    "yonggong.accounts.middleware.sign_in",
    "yonggong.portals.bureau.counter.at_counter",
    "yonggong.portals.networks.one_network",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yonggong.portals.middleware.refusals",
    "yonggong.portals.bureau.undoing.carries_out_due",
    # Last, so that it hears first of what was not found.
    "yonggong.portals.employer.choosing.works_for_one",
]

ROOT_URLCONF = "yonggong.urls"
WSGI_APPLICATION = "yonggong.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                # A form's token carries along whom its page was opened by and for.
                "yonggong.portals.templatetags.carried",
                "yonggong.portals.templatetags.times",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "yonggong.portals.context.portal",
            ],
        },
    },
]


DATABASE_URL = os.environ.get("DATABASE_URL") or embedded.start(
    DATA_DIR / "postgres", durable=os.environ.get("YONGGONG_TESTING") != "1"
)
DATABASES = {"default": addresses.django_settings(DATABASE_URL)}
# The role that web and job processes sign in as: it may not update or delete what only grows, and
# owns nothing. `yonggong migrate` makes it. Its password follows from the service key, so that no
# further secret has to be kept or handed on.
APPLICATION_ROLE = os.environ.get("YONGGONG_DATABASE_ROLE") or addresses.role_of(DATABASE_URL)
APPLICATION_PASSWORD = subkey(_SERVICE_KEY, f"database role {APPLICATION_ROLE}").hex()
APPLICATION_PASSWORD_NOTE = subkey(_SERVICE_KEY, f"note of {APPLICATION_ROLE}").hex()[:16]
# The role of `yonggong rotate-keys`, which alone may seal anew what only grows.
ROTATION_ROLE = addresses.rotation_role_of(APPLICATION_ROLE)
ROTATION_PASSWORD = subkey(_SERVICE_KEY, f"database role {ROTATION_ROLE}").hex()
# Set for the processes that serve: none of their connections may be anybody else's.
ACTS_AS_APPLICATION = os.environ.get("YONGGONG_ROLE") == "app"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["yonggong.accounts.backends.PasswordBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    # Django's own say the same once more, and one of them in English.
    {"NAME": "yonggong.accounts.passwords.LongEnoughValidator"},
    {"NAME": "yonggong.accounts.passwords.MixedCharactersValidator"},
    {"NAME": "yonggong.accounts.passwords.NameNotInItValidator"},
    {"NAME": "yonggong.accounts.passwords.CommonCoreValidator"},
    {"NAME": "yonggong.accounts.passwords.NotUsedBeforeValidator"},
]
LOGIN_URL = "/sign-in/"

# A session ends after half an hour without a request, and after twelve hours in any case.
# How soon every process counts by what was confirmed or loaded in another one (`sources`).
SOURCES_REFRESH_SECONDS: float | None = 5

SESSION_IDLE_SECONDS = 30 * 60
SESSION_LIFE_SECONDS = 12 * 3600
SESSION_COOKIE_AGE = SESSION_LIFE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "yonggong.portals.stale.csrf_failure"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [
    ("vendor/tabler", NODE_MODULES / "@tabler/core/dist"),
    ("vendor/icons", NODE_MODULES / "@tabler/icons-webfont/dist"),
    ("vendor/htmx", NODE_MODULES / "htmx.org/dist"),
    ("vendor/tom-select", NODE_MODULES / "tom-select/dist"),
]
STATICFILES_DIRS = [(prefix, path) for prefix, path in STATICFILES_DIRS if path.is_dir()]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# One form with its five photographs; every file is checked on its own as well.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "yonggong.portals.uploading.Declared",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Messages go out by e-mail where a mail server is named, by SMS where a gateway class is.
EMAIL_HOST = os.environ.get("YONGGONG_SMTP_HOST", "")
EMAIL_PORT = whole_number("YONGGONG_SMTP_PORT", 25)
EMAIL_HOST_USER = os.environ.get("YONGGONG_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("YONGGONG_SMTP_PASSWORD", "")
EMAIL_TIMEOUT = 20
EMAIL_USE_TLS = os.environ.get("YONGGONG_SMTP_TLS") == "1"
EMAIL_USE_SSL = os.environ.get("YONGGONG_SMTP_SSL") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("YONGGONG_MAIL_FROM", "yonggong@localhost")
EMAIL_ENABLED = bool(EMAIL_HOST)
SMS_GATEWAY = os.environ.get("YONGGONG_SMS_GATEWAY", "")

# Invented people only: what would be sent to their mobiles is shown on a page.
DEMONSTRATION = os.environ.get("YONGGONG_DEMONSTRATION") == "1" and not PUBLIC_HOSTS

CLAMAV = os.environ.get("YONGGONG_CLAMAV", "")

# Certificates: who is trusted (`proofs.trust`), and whose word on what a caller showed in TLS.
_CA_DIR, _CRL_DIR = (os.environ.get(f"YONGGONG_{name}_DIR", "") for name in ("CA", "CRL"))
CERTIFICATE_AUTHORITIES = Path(_CA_DIR) if _CA_DIR else None
REVOCATION_LISTS = Path(_CRL_DIR) if _CRL_DIR else None
CERTIFICATE_PROXIES = networks("YONGGONG_CERTIFICATE_PROXY")
CERTIFICATE_ADDRESS = os.environ.get("YONGGONG_CERTIFICATE_ADDRESS", "").rstrip("/")

# A provider of identities: who it is, and where it says what it verified (`proofs.provider`).
OIDC_ISSUER = os.environ.get("YONGGONG_OIDC_ISSUER", "")
OIDC_CLIENT_ID = os.environ.get("YONGGONG_OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = os.environ.get("YONGGONG_OIDC_CLIENT_SECRET", "")
OIDC_REGION = os.environ.get("YONGGONG_OIDC_REGION", "")
OIDC_TITLE = os.environ.get("YONGGONG_OIDC_TITLE", "") or "电子社保卡"
OIDC_SCOPE = os.environ.get("YONGGONG_OIDC_SCOPE", "") or "openid profile"
OIDC_NAME_CLAIM = os.environ.get("YONGGONG_OIDC_NAME_CLAIM", "") or "name"
OIDC_NUMBER_CLAIM = os.environ.get("YONGGONG_OIDC_NUMBER_CLAIM", "") or "id_number"

# Which people this process group serves: "public", "office", or "" for all (SX-6).
NETWORK = one_of("YONGGONG_NETWORK", {"public": "互联网", "office": "业务专网"})

# What bureaus' and administrators' accounts need beside the password, whatever their region's policy.
SECOND_FACTOR = one_of(
    "YONGGONG_SECOND_FACTOR", {"required": "机构和管理员账号一律须二次验证", "off": "一律不要求"}
)

# So long a reviewer's decision is held back before anything of it is done.
UNDO_SECONDS = whole_number("YONGGONG_UNDO_SECONDS", 10)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "yonggong.vault.logs.Hiding",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("YONGGONG_LOG", "WARNING")},
}
