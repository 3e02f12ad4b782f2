"""One machine, started by `make run`, `make demo` and the tests. Everything real but the carriers."""

from __future__ import annotations

from config.settings.base import *  # noqa: F403 - the one star import: settings extend settings
from config.settings.base import env

HANDSET_ENABLED = True
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,testserver")
SMS_GATEWAY = env.text("SMS_GATEWAY", "handset")
SMS_QUIET_HOURS_OFF = env.flag("SMS_QUIET_HOURS_OFF", True)  # a demo in the evening must not wait for 08:00
STATIC_ROOT = None  # served from the apps' own folders, nothing to collect
WHITENOISE_USE_FINDERS = True
