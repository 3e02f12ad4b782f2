"""Personal data at rest: AES-256-GCM with a key id in each value, and a keyed blind index to find it again.

Keys come from `settings.FIELD_KEYS` (`"k2:<base64>,k1:<base64>"`, the first encrypts, all decrypt) and
`settings.BLIND_INDEX_KEY`. The algorithm's mark stands in each value so that it can be changed (SM4-GCM) later.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

_ALGORITHM = b"A1"
_NONCE_BYTES = 12


@lru_cache(maxsize=4)
def _keys(spec: str) -> dict[bytes, AESGCM]:
    ring: dict[bytes, AESGCM] = {}
    for entry in spec.split(","):
        key_id, _, encoded = entry.strip().partition(":")
        ring[key_id.encode()] = AESGCM(base64.b64decode(encoded))
    return ring


def seal(plain: bytes, *, context: str) -> bytes:
    """Encrypt; `context` (for example `accounts.phone`) is bound in, so a value cannot be moved to another place."""
    key_id, cipher = next(iter(_keys(settings.FIELD_KEYS).items()))
    nonce = os.urandom(_NONCE_BYTES)
    return b":".join((_ALGORITHM, key_id, nonce + cipher.encrypt(nonce, plain, context.encode())))


def unseal(sealed: bytes, *, context: str) -> bytes:
    """Decrypt what `seal` made for the same context. Raises ValueError for another algorithm or an unknown key."""
    algorithm, key_id, rest = bytes(sealed).split(b":", 2)
    cipher = _keys(settings.FIELD_KEYS).get(key_id)
    if algorithm != _ALGORITHM or cipher is None:
        raise ValueError("sealed with an unknown algorithm or key")
    return cipher.decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], context.encode())


def blind_index(value: str, *, purpose: str) -> bytes:
    """A keyed digest (32 bytes) by which an encrypted value can be looked up for equality, and only for that."""
    key = base64.b64decode(settings.BLIND_INDEX_KEY)
    return hmac.new(key, f"{purpose}\x00{value}".encode(), hashlib.sha256).digest()


if TYPE_CHECKING:
    _StoredBytes = models.Field[str | None, str | None]
else:
    _StoredBytes = models.BinaryField


class EncryptedTextField(_StoredBytes):
    """Text that stands encrypted in the database and plain in Python. Not searchable: keep a blind index beside it."""

    def __init__(self, *args: Any, context: str, **kwargs: Any) -> None:
        self.context = context
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Keep the context in migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "context": self.context}

    def from_db_value(self, value: Any, *_: Any) -> str | None:
        """Decrypt."""
        return None if value is None else unseal(bytes(value), context=self.context).decode()

    def get_prep_value(self, value: Any) -> bytes | None:
        """Encrypt."""
        return None if value is None else seal(str(value).encode(), context=self.context)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Encrypt for the driver."""
        sealed = value if prepared or value is None else self.get_prep_value(value)
        return None if sealed is None else connection.Database.Binary(sealed)

    def to_python(self, value: Any) -> str | None:
        """Text stays text."""
        return value if value is None else str(value)

    def value_to_string(self, obj: models.Model) -> str:
        """Serialize sealed, never plain."""
        sealed = self.get_prep_value(self.value_from_object(obj))
        return "" if sealed is None else base64.b64encode(sealed).decode()
