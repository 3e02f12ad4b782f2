"""The journal's keys: the stamp of what the application wrote, and the signature of anchors."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from django.conf import settings

from backend.journal.rules import anchor_statement
from backend.journal.types import Anchor
from kernel.crypto import blind_index


def stamp_key() -> bytes:
    """The key of the stamps; derived from `settings.BLIND_INDEX_KEY`, never stored."""
    return _derive(settings.BLIND_INDEX_KEY)


@lru_cache(maxsize=4)
def _derive(_master: str) -> bytes:
    return blind_index("journal line stamps", purpose="journal.stamp")


@lru_cache(maxsize=4)
def _private_key(text: str) -> Ed25519PrivateKey:
    if not text.startswith("-----BEGIN"):
        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(text))
    key = load_pem_private_key(text.replace("\\n", "\n").encode(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("JOURNAL_ANCHOR_KEY must be an Ed25519 key")
    return key


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def _key_id(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()[:16]


def public_keys() -> dict[str, str]:
    """Public keys that anchors may bear, base64 of 32 bytes, by key id: the current one, then retired ones.

    Retired keys stand in `settings.JOURNAL_ANCHOR_OLD_PUBLIC_KEYS` (a list, base64).
    """
    current = base64.b64encode(_raw(_private_key(settings.JOURNAL_ANCHOR_KEY).public_key())).decode()
    retired = getattr(settings, "JOURNAL_ANCHOR_OLD_PUBLIC_KEYS", [])
    return {_key_id(base64.b64decode(encoded)): encoded for encoded in (current, *retired)}


def current_key_id() -> str:
    """The id of the key that signs now."""
    return _key_id(_raw(_private_key(settings.JOURNAL_ANCHOR_KEY).public_key()))


def sign(anchor: Anchor) -> str:
    """Sign an anchor (Ed25519, base64)."""
    return base64.b64encode(_private_key(settings.JOURNAL_ANCHOR_KEY).sign(anchor_statement(anchor).encode())).decode()


def is_genuine(anchor: Anchor) -> bool:
    """Whether the anchor bears a valid signature of a known key."""
    encoded = public_keys().get(anchor.key_id)
    if encoded is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(encoded)).verify(
            base64.b64decode(anchor.signature), anchor_statement(anchor).encode()
        )
    except (InvalidSignature, ValueError):
        return False
    return True
