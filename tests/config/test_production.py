"""Production settings refuse to start with a debug key, the handset, test policy values, open hosts or a missing
secret, and name each."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "k9#Lw2!qZ4-pT7vB" * 4,
    "FIELD_KEYS": "p1:" + "A" * 43 + "=",
    "BLIND_INDEX_KEY": "A" * 43 + "=",
    "JWT_SIGNING_KEY": "pem",
    "JOURNAL_ANCHOR_KEY": "pem",
    "VAPID_PRIVATE_KEY": "pem",
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
    "SECRET_KEY": ("short", "SECRET_KEY"),
    "HANDSET_ENABLED": ("1", "HANDSET_ENABLED"),
    "DEBUG": ("1", "DEBUG"),
    "OTP_TTL_SECONDS": ("5", "OTP_TTL_SECONDS"),
    "EGRESS_ALLOW": ("127.0.0.1", "EGRESS_ALLOW"),
    "ALLOWED_HOSTS": ("*", "ALLOWED_HOSTS"),
    "FIELD_KEYS": ("", "FIELD_KEYS is missing"),
    "TWILIO_AUTH_TOKEN": ("", "TWILIO_AUTH_TOKEN is missing"),
    "PUBLIC_BASE_URL": ("http://gov.suqian.example", "PUBLIC_BASE_URL"),
    "SMS_GATEWAY": ("handset", "SMS_GATEWAY"),
}


def _start(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", START], env=environment, capture_output=True, text=True, cwd=ROOT)


def test_a_sound_configuration_starts() -> None:
    done = _start(GOOD)
    assert done.stdout.strip() == "started", done.stderr


@pytest.mark.parametrize("name", ["HANDSET_ENABLED", "OTP_TTL_SECONDS"])
def test_one_fault_is_enough(name: str) -> None:
    value, named = BAD[name]
    done = _start({**GOOD, name: value})
    assert done.returncode != 0
    assert named in done.stderr
    assert done.stderr.count("\n  - ") == 1


def test_all_faults_are_named_at_once() -> None:
    done = _start({**GOOD, **{name: value for name, (value, _) in BAD.items()}})
    for _, named in BAD.values():
        assert named in done.stderr
