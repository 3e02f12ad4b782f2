"""Liveness, readiness and metrics. No personal data, no secret, safe to show to a load balancer."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django_prometheus import exports
from psycopg_pool import PoolTimeout

from config.metrics import register
from kernel import clock, outbox

MAX_OUTBOX_AGE_SECONDS = 120
MAX_SKEW_SECONDS = 1.0


def alive(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> HttpResponse:
    """The process can serve: database, Valkey, outbox age and clock skew, each with its figure; else 503."""
    checks = {"database": _database(), "valkey": _valkey()}
    if checks["database"]["ok"]:
        checks["outbox"] = _outbox()
        checks["clock"] = _clock()
    ok = all(check["ok"] for check in checks.values())
    response = JsonResponse({"status": "ok" if ok else "unavailable", "checks": checks}, status=200 if ok else 503)
    if not ok:
        response["Retry-After"] = "5"
    response["Cache-Control"] = "no-store"
    return response


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus metrics: of this process, and of the channels as the database has them."""
    register()
    return exports.ExportToDjangoView(request)


def _database() -> dict[str, object]:
    started = time.perf_counter()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, PoolTimeout):
        return {"ok": False}
    return {"ok": True, "milliseconds": round((time.perf_counter() - started) * 1000, 1)}


def _valkey() -> dict[str, object]:
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1) as client:
            client.ping()
    except redis.RedisError:
        return {"ok": False}
    return {"ok": True}


def _outbox() -> dict[str, object]:
    age = outbox.oldest_waiting_seconds()
    return {"ok": age < MAX_OUTBOX_AGE_SECONDS, "oldest_seconds": round(age, 1)}


def _clock() -> dict[str, object]:
    skew = (datetime.now(UTC) - clock.now()).total_seconds()
    return {"ok": abs(skew) < MAX_SKEW_SECONDS, "skew_seconds": round(skew, 3)}
