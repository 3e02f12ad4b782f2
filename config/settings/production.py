"""Production: nothing is guessed. config.checks refuses to start and names every fault."""

from __future__ import annotations

from config.settings.base import *  # noqa: F403 - the one star import: settings extend settings
from config.settings.base import env

PRODUCTION = True
HANDSET_ENABLED = env.flag("HANDSET_ENABLED")
DEBUG = env.flag("DEBUG")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# The only cookies are a browser's lasting tokens, and they count only together with our own Origin; an API must refuse
# http, not redirect it.
SILENCED_SYSTEM_CHECKS = ["security.W003", "security.W008"]
