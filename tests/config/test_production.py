"""Production settings refuse to start with a debug key, the handset, test policy values, open hosts or a missing
secret, and name each."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.embedded.keys import installation_keys

ROOT = Path(__file__).resolve().parents[2]
POLICY = ["TENDER_MIN_SECONDS", "RATING_WINDOW_SECONDS", "OTP_TTL_SECONDS", "LEASE_SECONDS", "JWT_ACCESS_SECONDS"]
SECRETS = ["FIELD_KEYS", "BLIND_INDEX_KEY", "JWT_SIGNING_KEY", "JOURNAL_ANCHOR_KEY", "VAPID_PRIVATE_KEY"]
GOOD = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "k9#Lw2!qZ4-pT7vB" * 4,
    "TWILIO_ACCOUNT_SID": "AC1",
    "TWILIO_AUTH_TOKEN": "t",
    "TWILIO_FROM_NUMBER": "+8610690000",
    "DATABASE_URL": "postgresql://a:b@db.internal:5432/s",
    "REDIS_URL": "redis://valkey.internal:6379/0",
    "ALLOWED_HOSTS": "gov.suqian.example",
    "PUBLIC_BASE_URL": "https://gov.suqian.example",
    "REALTIME_PUBLIC_URL": "wss://gov.suqian.example/ws/v1/events",
    "PATH": os.environ["PATH"],
    "PYTHONPATH": str(ROOT),
}
START = "import django; django.setup(); print('started')"
BAD = {
    "SECRET_KEY": ("short", "SECRET_KEY is missing, short or a development key"),
    "DEBUG": ("1", "DEBUG is on"),
    "HANDSET_ENABLED": ("1", "HANDSET_ENABLED shows everybody's messages"),
    "SMS_GATEWAY": ("handset", "SMS_GATEWAY is not a real carrier"),
    "ALLOWED_HOSTS": ("*", "ALLOWED_HOSTS is empty or open"),
    "PUBLIC_BASE_URL": ("http://gov.suqian.example", "PUBLIC_BASE_URL is not https"),
    "REALTIME_PUBLIC_URL": ("ws://gov.suqian.example/ws", "REALTIME_PUBLIC_URL is not wss"),
    "TWILIO_API_BASE": ("http://127.0.0.1:9999", "TWILIO_API_BASE is not https"),
    "FCM_CREDENTIALS_FILE": ("/nowhere.json", "FCM_CREDENTIALS_FILE names no file"),
    "OTP_LIMITS": ("99/1", "OTP_LIMITS is a test policy value"),
    "SMS_QUIET_HOURS_OFF": ("1", "SMS_QUIET_HOURS_OFF is a test policy value"),
    "EGRESS_ALLOW": ("127.0.0.1", "EGRESS_ALLOW is a test policy value"),
    **{name: ("5", f"{name} is a test policy value") for name in POLICY},
    **{name: ("c2hvcnQ=", f"{name} is not") for name in SECRETS},
}
CARRIER = ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM_NUMBER"]
MISSING = [*SECRETS, *CARRIER, "DATABASE_URL", "REDIS_URL", "SECRET_KEY"]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    keys = installation_keys(tmp_path_factory.mktemp("keys") / "keys.json")
    return {**GOOD, **{name: keys[name] for name in SECRETS}}


def _start(environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, *(command or ("-c", START))]
    return subprocess.run(line, env=environment, capture_output=True, text=True, cwd=ROOT, check=False)


def _named(done: subprocess.CompletedProcess[str]) -> list[str]:
    assert done.returncode != 0
    return [line.removeprefix("  - ") for line in done.stderr.splitlines() if line.startswith("  - ")]


def test_a_sound_configuration_starts(good: dict[str, str]) -> None:
    done = _start(good)
    assert done.stdout.strip() == "started", done.stderr


def test_one_fault_is_enough_and_nothing_else_is_named(good: dict[str, str]) -> None:
    assert _named(_start({**good, "HANDSET_ENABLED": "1"})) == [BAD["HANDSET_ENABLED"][1]]


def test_all_faults_are_named_at_once(good: dict[str, str]) -> None:
    named = _named(_start({**good, **{name: value for name, (value, _) in BAD.items()}}))
    missed = {text for _, text in BAD.values() if not any(line.startswith(text) for line in named)}
    assert not missed


def test_every_missing_secret_is_named_at_once(good: dict[str, str]) -> None:
    named = _named(_start({name: value for name, value in good.items() if name not in MISSING}))
    assert {name for name in MISSING if not any(line.startswith(f"{name} is missing") for line in named)} == set()


def test_the_deployment_check_of_the_runbook_passes(good: dict[str, str]) -> None:
    done = _start(good, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


def test_the_deployment_check_names_them_too(good: dict[str, str]) -> None:
    done = _start({**good, "ALLOWED_HOSTS": "", "DEBUG": "1"}, "manage.py", "check", "--deploy")
    assert done.returncode != 0
    assert "ALLOWED_HOSTS is empty or open" in done.stderr
    assert "DEBUG is on" in done.stderr
