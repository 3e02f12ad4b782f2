"""Starts PostgreSQL and Valkey for a test run, before Django reads its settings; workers of xdist share them."""

from __future__ import annotations

import atexit
import base64
import os
import secrets
import shutil
import tempfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

OWN_VARIABLES = frozenset(
    {
        "SECRET_KEY",
        "FIELD_KEYS",
        "BLIND_INDEX_KEY",
        "JWT_SIGNING_KEY",
        "JOURNAL_ANCHOR_KEY",
        "VAPID_PRIVATE_KEY",
        "TWILIO_ACCOUNT_SID",
        "TWILIO_AUTH_TOKEN",
        "TWILIO_FROM_NUMBER",
        "PUBLIC_BASE_URL",
        "DJANGO_SETTINGS_MODULE",
        "DATABASE_URL",
        "REDIS_URL",
        "SUQIAN_TEST_SERVICES",
        "ATTACHMENTS_ROOT",
        "JOURNAL_ANCHOR_PATH",
    }
)


def _pem(key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def _secrets() -> dict[str, str]:
    return {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "FIELD_KEYS": "t1:" + base64.b64encode(os.urandom(32)).decode(),
        "BLIND_INDEX_KEY": base64.b64encode(os.urandom(32)).decode(),
        "JWT_SIGNING_KEY": _pem(ec.generate_private_key(ec.SECP256R1())),
        "JOURNAL_ANCHOR_KEY": _pem(ed25519.Ed25519PrivateKey.generate()),
        "VAPID_PRIVATE_KEY": _pem(ec.generate_private_key(ec.SECP256R1())),
        "TWILIO_ACCOUNT_SID": "AC" + secrets.token_hex(16),
        "TWILIO_AUTH_TOKEN": secrets.token_hex(16),
        "TWILIO_FROM_NUMBER": "+8610690000",
        "PUBLIC_BASE_URL": "https://gov.test.example",
        "DJANGO_SETTINGS_MODULE": "config.settings.embedded",
    }


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Start the services once a run; the environment carries their addresses to the workers."""
    if os.environ.get("SUQIAN_TEST_SERVICES"):
        worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
        os.environ["REDIS_URL"] = os.environ["REDIS_URL"].rsplit("/", 1)[0] + f"/{int(worker) + 1}"
        _own_folders()
        return
    from config.embedded.services import start_postgres, start_valkey  # noqa: PLC0415 - before any settings

    folder = Path(tempfile.mkdtemp(prefix="suqian-test-"))
    folder.chmod(0o755)
    postgres = start_postgres(folder / "postgres", fast=True)
    valkey = start_valkey(folder / "valkey")
    os.environ.update(_secrets())
    os.environ["DATABASE_URL"] = postgres.url
    os.environ["REDIS_URL"] = valkey.url
    os.environ["SUQIAN_TEST_SERVICES"] = str(folder)
    _own_folders()

    def stop() -> None:
        postgres.stop()
        valkey.stop()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)


def _own_folders() -> None:
    own = Path(os.environ["SUQIAN_TEST_SERVICES"]) / os.environ.get("PYTEST_XDIST_WORKER", "main")
    os.environ["ATTACHMENTS_ROOT"] = str(own / "attachments")
    os.environ["JOURNAL_ANCHOR_PATH"] = str(own / "anchors" / "journal.jsonl")
