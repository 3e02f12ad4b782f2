"""The format of sealed bids (docs/bid-format.md): made in the bidder's browser or offline, opened once.

ECDH on P-256 with a key made for this bid, HKDF-SHA256, AES-256-GCM in steps of 64 KiB. Everything is bound to the
section, the bidder and the version of the bid, so that nothing can be moved to another place.
"""

from __future__ import annotations

import base64
import hashlib
import json
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from backend.tenders.types import FailureReason, OpenedBid

STEP = 64 * 1024
TAG = 16
SEALED_STEP = STEP + TAG
POINT = 65
WRAPPED = 48
SALT = 32
MAX_HEADER = 256 * 1024
ALGORITHM = "ECDH-P256+HKDF-SHA256+A256GCM"
_CURVE = ec.SECP256R1()
_NO_NONCE = bytes(12)


class UnopenableError(Exception):
    """A sealed bid cannot be opened; `reason` is the mark it gets."""

    def __init__(self, reason: FailureReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Envelope:
    """The key of a bid, wrapped to the tender's public key: an ephemeral point and 48 bytes."""

    point: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class SealedBid:
    """What is uploaded: envelope, steps of ciphertext, and the salted commitment to the statement."""

    envelope: Envelope
    steps: tuple[bytes, ...]
    commitment: str

    @property
    def sha256(self) -> str:
        """Digest of all steps."""
        return digest(self.steps)


def binding(section_id: UUID, bidder_id: UUID, version: int) -> bytes:
    """The associated data of a bid."""
    return f"suqian-bid-v1\n{section_id}\n{bidder_id}\n{version}".encode()


def key_id(public_key: bytes) -> str:
    """The name of a tender key: the first 16 hexadecimal digits of the SHA-256 of its point."""
    return hashlib.sha256(public_key).hexdigest()[:16]


def is_point(data: bytes) -> bool:
    """Whether these are 65 bytes of a point on P-256."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, data)
    except ValueError:
        return False
    return len(data) == POINT


def new_key() -> tuple[bytes, bytes]:
    """A fresh tender key: (private scalar, 32 bytes; public point, 65 bytes). Runs on the tenderer's device."""
    private = ec.generate_private_key(_CURVE)
    return private.private_numbers().private_value.to_bytes(32, "big"), _point(private.public_key())


def public_of(scalar: bytes) -> bytes:
    """The public point of a private scalar. Raises UnopenableError for what is no scalar of the curve."""
    return _point(_private(scalar).public_key())


def digest(steps: Iterable[bytes]) -> str:
    """SHA-256 of all steps one after the other, in hexadecimal."""
    whole = hashlib.sha256()
    for step in steps:
        whole.update(step)
    return whole.hexdigest()


def canonical(value: Any) -> bytes:
    """JSON with sorted names and no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def commitment_of(salt: bytes, statement: Mapping[str, Any]) -> str:
    """The promise that a statement was not changed after handing in; the salt keeps small numbers from being tried."""
    return hashlib.sha256(salt + canonical(dict(statement))).hexdigest()


def seal(
    public_key: bytes,
    bound: bytes,
    statement: Mapping[str, Any],
    files: Sequence[tuple[str, bytes]] = (),
    *,
    secret: tuple[bytes, bytes, bytes],
) -> SealedBid:
    """Seal a bid. `secret` is (ephemeral scalar, content key, salt), 32 random bytes each."""
    ephemeral, content_key, salt = secret
    header = {
        "statement": dict(statement),
        "salt": base64.b64encode(salt).decode(),
        "files": [{"name": n, "size": len(d), "sha256": hashlib.sha256(d).hexdigest()} for n, d in files],
    }
    point = public_of(ephemeral)
    wrapping = _wrapping_key(_private(ephemeral), public_key, point, bound)
    wrapped = AESGCM(wrapping).encrypt(_NO_NONCE, content_key, bound)
    plain = _pack(canonical(header), [data for _, data in files])
    steps = tuple(_sealed_steps(content_key, bound, plain))
    return SealedBid(Envelope(point, wrapped), steps, commitment_of(salt, statement))


def _pack(header: bytes, contents: Sequence[bytes]) -> bytes:
    body = struct.pack(">I", len(header)) + header + b"".join(contents)
    return body + bytes(-len(body) % STEP)


def _sealed_steps(content_key: bytes, bound: bytes, plain: bytes) -> Iterator[bytes]:
    count = len(plain) // STEP
    for index in range(count):
        step = plain[index * STEP : (index + 1) * STEP]
        yield AESGCM(content_key).encrypt(_nonce(index), step, _step_data(bound, index, count))


def unwrap(scalar: bytes, envelope: Envelope, bound: bytes) -> bytes:
    """The content key of a bid. Raises UnopenableError WRONG_KEY."""
    try:
        key = _wrapping_key(_private(scalar), envelope.point, envelope.point, bound)
        return AESGCM(key).decrypt(_NO_NONCE, envelope.wrapped, bound)
    except (InvalidTag, ValueError) as exc:
        raise UnopenableError(FailureReason.WRONG_KEY) from exc


def opened_steps(content_key: bytes, bound: bytes, steps: Iterable[bytes], count: int) -> Iterator[bytes]:
    """The plain bytes step by step. Raises UnopenableError BROKEN_STEP where a bit, the order or the number differs."""
    seen = 0
    for plain in steps_from(content_key, bound, steps, count, 0):
        yield plain
        seen += 1
    if seen != count:
        raise UnopenableError(FailureReason.BROKEN_STEP)


def steps_from(content_key: bytes, bound: bytes, steps: Iterable[bytes], count: int, first: int) -> Iterator[bytes]:
    """The plain bytes of the steps from place `first` on. Raises UnopenableError BROKEN_STEP."""
    for index, step in enumerate(steps, first):
        try:
            yield AESGCM(content_key).decrypt(_nonce(index), step, _step_data(bound, index, count))
        except InvalidTag as exc:
            raise UnopenableError(FailureReason.BROKEN_STEP) from exc


def open_bid(content_key: bytes, bound: bytes, steps: Iterable[bytes], count: int, commitment: str) -> OpenedBid:
    """Open a bid and check it whole: every step, the digests of its files, and the commitment.

    Raises UnopenableError with the mark the bid gets.
    """
    plain = b"".join(opened_steps(content_key, bound, steps, count))
    header, start = _header(plain)
    files = _files(plain, header, start)
    if commitment_of(base64.b64decode(header["salt"]), header["statement"]) != commitment:
        raise UnopenableError(FailureReason.COMMITMENT)
    return OpenedBid(header["statement"], files=files, content_key=content_key)


def _header(plain: bytes) -> tuple[dict[str, Any], int]:
    try:
        (size,) = struct.unpack(">I", plain[:4])
        if size > min(MAX_HEADER, len(plain) - 4):
            raise ValueError("header too long")
        header = json.loads(plain[4 : 4 + size].decode())
        salt = base64.b64decode(header["salt"], validate=True)
        if not isinstance(header["statement"], dict) or not isinstance(header["files"], list) or len(salt) < SALT:
            raise ValueError("not a header")
    except (ValueError, TypeError, KeyError, struct.error, RecursionError) as exc:
        raise UnopenableError(FailureReason.BAD_CONTENT) from exc
    return header, 4 + size


def _files(plain: bytes, header: dict[str, Any], start: int) -> tuple[dict[str, Any], ...]:
    found, position = [], start
    try:
        for entry in header["files"]:
            size, name = int(entry["size"]), str(entry["name"])[:200]
            content = plain[position : position + size]
            if size < 0 or len(content) != size or hashlib.sha256(content).hexdigest() != entry["sha256"]:
                raise ValueError("a file differs")
            found.append({"name": name, "size": size, "sha256": entry["sha256"], "offset": position})
            position += size
    except (ValueError, TypeError, KeyError) as exc:
        raise UnopenableError(FailureReason.BAD_CONTENT) from exc
    return tuple(found)


def _private(scalar: bytes) -> ec.EllipticCurvePrivateKey:
    try:
        return ec.derive_private_key(int.from_bytes(scalar, "big"), _CURVE)
    except ValueError as exc:
        raise UnopenableError(FailureReason.WRONG_KEY) from exc


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _wrapping_key(private: ec.EllipticCurvePrivateKey, peer: bytes, ephemeral: bytes, bound: bytes) -> bytes:
    shared = private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, peer))
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=ephemeral, info=b"suqian-bid-key-v1\n" + bound).derive(
        shared
    )


def _nonce(index: int) -> bytes:
    return struct.pack(">IQ", 0, index)


def _step_data(bound: bytes, index: int, count: int) -> bytes:
    return bound + struct.pack(">QQ", index, count)
