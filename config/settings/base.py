"""What holds everywhere. Every secret and address comes from the environment; see docs/runbooks/production.md."""

from __future__ import annotations

from pathlib import Path

from config import env as env

BASE_DIR = Path(__file__).resolve().parent.parent.parent
PRODUCTION = False
DEBUG = False

SECRET_KEY = env.text("SECRET_KEY")
FIELD_KEYS = env.text("FIELD_KEYS")
BLIND_INDEX_KEY = env.text("BLIND_INDEX_KEY")
JWT_SIGNING_KEY = env.text("JWT_SIGNING_KEY").replace("\\n", "\n")
JOURNAL_ANCHOR_KEY = env.text("JOURNAL_ANCHOR_KEY")
JOURNAL_ANCHOR_OLD_PUBLIC_KEYS = env.words("JOURNAL_ANCHOR_OLD_PUBLIC_KEYS")
JOURNAL_ANCHOR_PATH = env.text("JOURNAL_ANCHOR_PATH", str(BASE_DIR / "var" / "anchors" / "journal.jsonl"))
ATTACHMENTS_ROOT = env.text("ATTACHMENTS_ROOT", str(BASE_DIR / "var" / "attachments"))
CLAMD_ADDRESS = env.text("CLAMD_ADDRESS")

PUBLIC_BASE_URL = env.text("PUBLIC_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
REALTIME_PUBLIC_URL = env.text("REALTIME_PUBLIC_URL", "ws://127.0.0.1:8001/ws/v1/events")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
WEB_ORIGINS = env.words("WEB_ORIGINS") or [PUBLIC_BASE_URL]
EGRESS_ALLOW = env.words("EGRESS_ALLOW")

DATABASES = {
    "default": {
        **env.database(env.text("DATABASE_URL", "postgresql://suqian@127.0.0.1:54321/suqian")),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": env.number("DATABASE_POOL", 8), "timeout": 5},
            "connect_timeout": 5,
            "options": " ".join(
                (
                    f"-c statement_timeout={env.number('STATEMENT_TIMEOUT_MS', 5000)}",
                    "-c lock_timeout=3000",
                    "-c idle_in_transaction_session_timeout=10000",
                    "-c TimeZone=UTC",
                )
            ),
        },
    }
}
REDIS_URL = env.text("REDIS_URL", "redis://127.0.0.1:63790/0")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "channels",
    "pgtrigger",
    "django_prometheus",
    "config.apps.PlatformConfig",
    "kernel.apps.KernelConfig",
    "sms",
    "backend.journal",
    "backend.accounts",
    "backend.attachments",
    "backend.workflow",
    "backend.push",
    "backend.partners",
    "backend.notifications",
    "backend.powers",
    "backend.centres",
    "backend.ratings",
    "backend.cases",
    "backend.inquiries",
    "backend.tenders",
    "backend.meetings",
    "backend.agenda",
    "backend.documents",
    "backend.contacts",
    "backend.attendance",
    "backend.leave",
    "backend.statistics",
    "backend.operations",
    "webhooks",
    "mobile_api.apps.MobileApiConfig",
]
MIDDLEWARE = [
    "mobile_api.platform.middleware.RequestContextMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mobile_api.platform.middleware.LanguageMiddleware",
    "mobile_api.platform.middleware.ProblemMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT: Path | None = BASE_DIR / "var" / "static"
WEB_DIST = Path(env.text("WEB_DIST", str(BASE_DIR / "web" / "dist")))

MAP_TILES = env.text("MAP_TILES")  # https://…/{z}/{x}/{y}.png; empty: places are told in words and by location
MAP_ATTRIBUTION = env.text("MAP_ATTRIBUTION")  # what the provider of the pictures wants to be named as
MAP_CENTRE = tuple(float(part) for part in env.words("MAP_CENTRE", "118.275,33.963,10"))  # longitude, latitude, zoom

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
MAX_UPLOAD_BYTES = 20 * 1024 * 1024

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
USE_X_FORWARDED_HOST = False
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["mobile_api.platform.authentication.SessionTokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["mobile_api.platform.parsers.StrictJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "mobile_api.platform.schema.ContractSchema",
    "EXCEPTION_HANDLER": "mobile_api.platform.errors.handle",
    "COERCE_DECIMAL_TO_STRING": True,
    "UNAUTHENTICATED_USER": None,
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Suqian Government Service Cloud",
    "DESCRIPTION": "What the handheld apps, the web hall and outside clients speak. Conventions: openapi/README.md.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVERS": [{"url": "/", "description": "the web process"}],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "COMPONENT_SPLIT_PATCH": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": ["mobile_api.platform.schema.add_shared_components"],
}

OTP_TTL_SECONDS = env.number("OTP_TTL_SECONDS", 300)
OTP_LIMITS = env.text("OTP_LIMITS", "1/60,5/3600,10/86400")
RATING_WINDOW_SECONDS = env.number("RATING_WINDOW_SECONDS", 72 * 3600)
LEASE_SECONDS = env.number("LEASE_SECONDS", 30)
TENDER_MIN_SECONDS = env.number("TENDER_MIN_SECONDS", 0)
OCID_PREFIX = env.text("OCID_PREFIX", "ocds-suqian")
JWT_ACCESS_SECONDS = env.number("JWT_ACCESS_SECONDS", 600)
JWT_REFRESH_SECONDS = 14 * 24 * 3600
TEST_POLICY_VARIABLES = (
    "OTP_TTL_SECONDS",
    "OTP_LIMITS",
    "RATING_WINDOW_SECONDS",
    "LEASE_SECONDS",
    "TENDER_MIN_SECONDS",
    "JWT_ACCESS_SECONDS",
    "EGRESS_ALLOW",
    "SMS_QUIET_HOURS_OFF",
)

SIMPLE_JWT = {
    "ALGORITHM": "ES256",
    "SIGNING_KEY": JWT_SIGNING_KEY,
    "AUDIENCE": "suqian-gov",
    "ISSUER": PUBLIC_BASE_URL,
    "LEEWAY": 10,
    "USER_ID_CLAIM": "sub",
    "JTI_CLAIM": "jti",
}

SMS_QUIET_HOURS_OFF = env.flag("SMS_QUIET_HOURS_OFF")
SMS_GATEWAY = env.text("SMS_GATEWAY", "twilio")
SMS_GATEWAYS = env.words("SMS_GATEWAYS")
SMPP_HOST = env.text("SMPP_HOST")
SMPP_PORT = env.number("SMPP_PORT", 2775)
SMPP_SYSTEM_ID = env.text("SMPP_SYSTEM_ID")
SMPP_PASSWORD = env.text("SMPP_PASSWORD")
SMPP_SOURCE = env.text("SMPP_SOURCE")
SMPP_TLS = env.flag("SMPP_TLS")
HANDSET_ENABLED = False
TWILIO_API_BASE = env.text("TWILIO_API_BASE", "https://api.twilio.com")
TWILIO_ACCOUNT_SID = env.text("TWILIO_ACCOUNT_SID")
TWILIO_AUTH_TOKEN = env.text("TWILIO_AUTH_TOKEN")
TWILIO_FROM_NUMBER = env.text("TWILIO_FROM_NUMBER")
FCM_API_BASE = env.text("FCM_API_BASE", "https://fcm.googleapis.com")
FCM_CREDENTIALS_FILE = env.text("FCM_CREDENTIALS_FILE")
FCM_PROJECT_ID = env.text("FCM_PROJECT_ID")
VAPID_PRIVATE_KEY = env.text("VAPID_PRIVATE_KEY")
VAPID_PREVIOUS_KEYS = env.words("VAPID_PREVIOUS_KEYS")
VAPID_SUBJECT = env.text("VAPID_SUBJECT", "mailto:ops@suqian.example")

CHANNEL_LAYERS = {
    "default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}}
}

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_WORKER_MAX_TASKS_PER_CHILD = 2000
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "health_check_interval": 10,
}
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_MAX_LOOP_INTERVAL = 5
CELERY_BEAT_SCHEDULE = {
    "workflow.sweep_deadlines": {"task": "workflow.sweep_deadlines", "schedule": 60.0},
    "attachments.remove_leftovers": {"task": "attachments.remove_leftovers", "schedule": 3600.0},
    "kernel.forget_old": {"task": "kernel.forget_old", "schedule": 3600.0},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "config.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.db.backends": {"level": "WARNING"},
        "django.request": {"level": "CRITICAL"},
        "fontTools": {"level": "WARNING"},
        "fpdf": {"level": "WARNING"},
        "twilio": {"level": "WARNING"},
        "urllib3": {"level": "WARNING"},
    },
}
