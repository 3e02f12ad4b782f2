"""Secrets of an embedded installation: made once, kept in var/, readable by its owner only."""

from __future__ import annotations

import base64
import json
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from config.embedded.faults import StageError


def installation_keys(path: Path) -> dict[str, str]:
    """The environment variables with this installation's secrets; missing ones are made and kept.

    Raises StageError when the file cannot be read: new keys would close the data that the old ones encrypted.
    """
    try:
        kept: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    except ValueError as exc:
        raise StageError(f"{path} is damaged; put it back from a copy, or run `make reset` and remove it") from exc
    keys = {**_fresh(), **kept}
    if keys != kept:
        fresh = path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(keys, indent=1))
        fresh.replace(path)
    return keys


def _fresh() -> dict[str, str]:
    return {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "FIELD_KEYS": f"e1:{_random()}",
        "BLIND_INDEX_KEY": _random(),
        "JWT_SIGNING_KEY": _pem(ec.generate_private_key(ec.SECP256R1())),
        "JOURNAL_ANCHOR_KEY": _pem(ed25519.Ed25519PrivateKey.generate()),
        "VAPID_PRIVATE_KEY": _pem(ec.generate_private_key(ec.SECP256R1())),
        "DEMO_SEED": secrets.token_urlsafe(24),
        "TWILIO_ACCOUNT_SID": "AC" + secrets.token_hex(16),
        "TWILIO_AUTH_TOKEN": secrets.token_hex(16),
        "TWILIO_FROM_NUMBER": "+8610690000",
    }


def _random() -> str:
    return base64.b64encode(os.urandom(32)).decode()


def _pem(key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
