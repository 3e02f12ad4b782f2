"""Passwords, one-time codes and refresh tokens: what they must look like."""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pyotp

from kernel.errors import Text

MAX_PASSWORD = 128
_CLASSES = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^A-Za-z0-9]")
_TOKEN_BYTES = 16 + 4 + 32
TOTP_SECONDS = 30


@dataclass(frozen=True, slots=True)
class PasswordFault:
    """What is wrong with a new password."""

    code: str
    text: Text


def password_faults(password: str, *, username: str, least: int) -> list[PasswordFault]:
    """What a new password lacks (MLPS 8.1.4.1): length, three of four classes of characters, not the user name."""
    faults = []
    if not least <= len(password) <= MAX_PASSWORD:
        faults.append(
            PasswordFault(
                "password_length",
                Text(f"长度须为 {least} 至 {MAX_PASSWORD} 位。", f"Use {least} to {MAX_PASSWORD} characters."),
            )
        )
    if sum(bool(re.search(pattern, password)) for pattern in _CLASSES) < 3:
        faults.append(
            PasswordFault(
                "password_classes",
                Text(
                    "须包含大写字母、小写字母、数字、符号中的至少三类。",
                    "Mix at least three of capitals, small letters, digits and signs.",
                ),
            )
        )
    if username and username.lower() in password.lower():
        faults.append(
            PasswordFault("password_username", Text("不能包含用户名。", "It must not contain the user name."))
        )
    return faults


def matching_step(secret: str, code: str, *, at: datetime, after: int | None) -> int | None:
    """The 30-second step (one either side of `at`) whose TOTP is `code` and that is later than `after`; else None."""
    if not (len(code) == 6 and code.isascii() and code.isdigit()):
        return None
    totp = pyotp.TOTP(secret)
    current = int(at.timestamp()) // TOTP_SECONDS
    steps = [step for step in (current - 1, current, current + 1) if hmac.compare_digest(totp.generate_otp(step), code)]
    return next((step for step in steps if after is None or step > after), None)


def encode_refresh(session_id: UUID, generation: int, mac: bytes) -> str:
    """A refresh token: the family, its generation, and a proof that we made it."""
    return base64.urlsafe_b64encode(session_id.bytes + generation.to_bytes(4, "big") + mac).decode().rstrip("=")


def decode_refresh(token: str) -> tuple[UUID, int, bytes] | None:
    """The parts of a refresh token, not yet checked; None for what cannot be one."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{70}", token):
        return None
    raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    parts = UUID(bytes=raw[:16]), int.from_bytes(raw[16:20], "big"), raw[20:]
    return parts if len(raw) == _TOKEN_BYTES and encode_refresh(*parts) == token else None


def is_repeated(password: str, hashes: list[str], check: Callable[[str, str], bool]) -> bool:
    """Whether a password is one of the former ones, by a hash check given from outside."""
    return any(check(password, former) for former in hashes)
