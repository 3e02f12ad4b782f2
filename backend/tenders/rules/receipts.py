"""What a receipt and an opening record say when they are signed."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from backend.tenders.rules.sealing import canonical

RECEIPT = b"suqian-bid-receipt-v1\n"
RECORD = b"suqian-opening-record-v1\n"


def sign(seed: bytes, domain: bytes, statement: Mapping[str, Any]) -> str:
    """An Ed25519 signature, base64, over the domain and the canonical statement without its `signature`."""
    return base64.b64encode(Ed25519PrivateKey.from_private_bytes(seed).sign(_message(domain, statement))).decode()


def public_key(seed: bytes) -> str:
    """The public half of the signing key, base64 of 32 bytes."""
    key = Ed25519PrivateKey.from_private_bytes(seed).public_key()
    return base64.b64encode(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def is_genuine(public: str, domain: bytes, statement: Mapping[str, Any]) -> bool:
    """Whether a receipt or record bears a valid signature of this key."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public))
        key.verify(base64.b64decode(str(statement["signature"])), _message(domain, statement))
    except (InvalidSignature, ValueError, KeyError):
        return False
    return True


def _message(domain: bytes, statement: Mapping[str, Any]) -> bytes:
    return domain + canonical({name: value for name, value in statement.items() if name != "signature"})
