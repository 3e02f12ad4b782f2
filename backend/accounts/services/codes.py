"""Sign-in by a code sent to a mobile number (F30, F31). The answer and its time are the same for every number."""

from __future__ import annotations

import math
import os
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Q

from backend.accounts.models import OtpCode, SignInPolicy, User
from backend.accounts.rules.limits import Limit, Reached, parse_limits, reached
from backend.accounts.rules.numbers import normalised_mobile
from backend.accounts.selectors import phone_index
from backend.accounts.services.clients import origin_of
from backend.accounts.services.locks import lock_names
from backend.accounts.services.people import create_person
from backend.accounts.services.policies import current_policy, wait_headers
from backend.accounts.services.sessions import open_session
from backend.accounts.types import AccountError, Client, CodeSent, SignedIn
from backend.journal.services import record
from kernel import clock
from kernel.actors import Actor, ActorKind
from kernel.crypto import blind_index
from kernel.errors import CommonError, DomainError, FieldError, Text
from sms.services import queue_message
from sms.types import Purpose

_PREFIX = 10  # "+86" and the seven digits that carriers give out together
_HOUR = 3600

_USE = """
    UPDATE accounts_otpcode
    SET attempts = attempts + 1, used_at = CASE WHEN digest = %(digest)s THEN %(now)s ELSE NULL END
    WHERE id = %(id)s AND used_at IS NULL AND NOT superseded AND attempts < %(attempts)s AND expires_at > %(now)s
    RETURNING used_at IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class _Marks:
    phone: bytes
    prefix: bytes
    source: bytes
    network: bytes


def send_code(*, phone: str, client: Client) -> CodeSent:
    """Send a fresh sign-in code to a Chinese mobile number; an earlier code stops working.

    Knows nothing of accounts, so it cannot tell who has one. Raises VALIDATION for any other number, CODE_LIMIT with
    Retry-After (`settings.OTP_LIMITS` per number; per address, neighbourhood and number block by policy), CODES_PAUSED.
    """
    number = mobile_or_refuse(phone)
    marks = _marks(number, client)
    with transaction.atomic(durable=True):
        lock_names([marks.phone, marks.prefix, marks.source, marks.network])
        now = clock.now()
        _refuse_beyond_limits(marks, current_policy(), now)
        return _issue(number, marks, now)


def verify_code(*, phone: str, code: str, client: Client, request_id: UUID | None = None) -> SignedIn:
    """Sign in with the code; the first sign-in of a number opens its account. Raises VALIDATION, CODE_INVALID."""
    number = mobile_or_refuse(phone)
    with transaction.atomic(durable=True):
        signed_in = _sign_in(number, client) if use_code(number, code, request_id=request_id) else None
    if signed_in is None:
        raise DomainError(AccountError.CODE_INVALID)
    return signed_in


def use_code(number: str, code: str, *, request_id: UUID | None = None) -> bool:
    """Count one try at the live code of a number and use it up when it fits, in one UPDATE.

    The caller's transaction must commit even when this is False, or the try is not counted.
    """
    now = clock.now()
    live = OtpCode.objects.filter(phone_index=phone_index(number), used_at=None, superseded=False)
    row = live.filter(**({"pk": request_id} if request_id else {})).only("id", "salt").first()
    salt = bytes(row.salt) if row else os.urandom(16)
    values = {
        "id": row.pk if row else None,
        "digest": _digest(salt, number, code),
        "now": now,
        "attempts": current_policy().code_attempts,
    }
    with connection.cursor() as cursor:
        cursor.execute(_USE, values)
        found = cursor.fetchone()
    return bool(found and found[0])


def mobile_or_refuse(phone: str) -> str:
    """The number as `+861…`. Raises VALIDATION for whatever is not a mobile number of mainland China."""
    number = normalised_mobile(phone)
    if number is None:
        hint = Text("请填写中国大陆手机号码。", "Enter a mobile number of mainland China.")
        raise DomainError(CommonError.VALIDATION, errors=[FieldError("/phone", "phone_not_allowed", hint)])
    return number


def _marks(number: str, client: Client) -> _Marks:
    origin = origin_of(client)
    prefix = blind_index(number[:_PREFIX], purpose="accounts.phone_prefix")
    return _Marks(phone_index(number), prefix, origin.source, origin.network)


def _issue(number: str, marks: _Marks, now: datetime) -> CodeSent:
    OtpCode.objects.filter(phone_index=marks.phone, used_at=None, superseded=False).update(superseded=True)
    code, salt = f"{secrets.randbelow(10**6):06d}", os.urandom(16)
    row = OtpCode.objects.create(
        phone_index=marks.phone,
        prefix_index=marks.prefix,
        address_index=marks.source,
        network_index=marks.network,
        salt=salt,
        digest=_digest(salt, number, code),
        sent_at=now,
        expires_at=now + timedelta(seconds=settings.OTP_TTL_SECONDS),
    )
    minutes = str(math.ceil(settings.OTP_TTL_SECONDS / 60))
    queue_message(
        to=number,
        template="otp",
        params={"code": code, "minutes": minutes},
        purpose=Purpose.OTP,
        reference=f"otp:{row.pk}",
    )
    shortest = min(parse_limits(settings.OTP_LIMITS), key=lambda limit: limit.seconds)
    return CodeSent(row.pk, row.expires_at, now + timedelta(seconds=shortest.seconds))


def _digest(salt: bytes, number: str, code: str) -> bytes:
    return blind_index(f"{salt.hex()}:{number}:{code}", purpose="accounts.code")


def _refuse_beyond_limits(marks: _Marks, policy: SignInPolicy, now: datetime) -> None:
    own = parse_limits(settings.OTP_LIMITS)
    since = now - timedelta(seconds=max(limit.seconds for limit in own))
    sent = OtpCode.objects.filter(phone_index=marks.phone, sent_at__gt=since).values_list("sent_at", flat=True)
    hit = reached(own, list(sent), now)
    if hit is not None:
        raise _limit_refusal(hit, now, "number")
    for column, value, most in (
        ("address_index", marks.source, policy.codes_per_address),
        ("network_index", marks.network, policy.codes_per_network),
        ("prefix_index", marks.prefix, policy.codes_per_prefix),
    ):
        hit = _pending_hit({column: value}, most, now)
        if hit is not None:
            raise _limit_refusal(hit, now, "around")
    _refuse_when_pumped(policy, now)


def _pending_hit(where: dict[str, Any], most: int, now: datetime) -> Reached | None:
    """Codes of the last hour that nobody has used; people who sign in do not count against their neighbours."""
    pending = OtpCode.objects.filter(**where, used_at=None, sent_at__gt=now - timedelta(seconds=_HOUR))
    times = list(pending.order_by("-sent_at").values_list("sent_at", flat=True)[:most])
    return reached([Limit(most, _HOUR)], times, now)


def _refuse_when_pumped(policy: SignInPolicy, now: datetime) -> None:
    window = timedelta(seconds=policy.breaker_seconds)
    recent = OtpCode.objects.filter(sent_at__gt=now - window)
    counts = recent.aggregate(sent=Count("id"), used=Count("id", filter=Q(used_at__isnull=False)))
    if counts["sent"] < policy.breaker_sent or counts["used"] * 100 >= counts["sent"] * policy.breaker_percent:
        return
    until = now + timedelta(seconds=60)
    raise DomainError(AccountError.CODES_PAUSED, headers=wait_headers(60), until=_hour_text(until))


def _limit_refusal(hit: Reached, now: datetime, about: str) -> DomainError:
    limit = hit.limit
    span = {60: ("1 分钟", "a minute"), 3600: ("1 小时", "an hour"), 86400: ("24 小时", "24 hours")}.get(
        limit.seconds, (f"{limit.seconds} 秒", f"{limit.seconds} seconds")
    )
    if about == "number":
        reason = f"同一手机号{span[0]}内最多获取 {limit.count} 次验证码。"
        reason_en = f"At most {limit.count} codes for one number within {span[1]}. "
    else:
        reason = "您所在网络或号段的验证码请求过多。"
        reason_en = "Too many codes were asked for from your network or number block. "
    return DomainError(
        AccountError.CODE_LIMIT,
        headers=wait_headers((hit.free_at - now).total_seconds()),
        reason=reason,
        reason_en=reason_en,
        until=_hour_text(hit.free_at),
    )


def _hour_text(moment: datetime) -> str:
    return f"{clock.local(moment):%m-%d %H:%M:%S}"


def _sign_in(number: str, client: Client) -> SignedIn | None:
    before = User.objects.filter(phone_index=phone_index(number)).only("id", "is_active").first()
    if before is not None and not before.is_active:
        return None
    anonymous = Actor.anonymous(client.address)
    user = User.objects.get(pk=create_person(actor=anonymous, phone=number))
    signed_in = open_session(user=user, client=client, mfa_at=None)
    record(
        actor=Actor(kind=ActorKind.CITIZEN, user_id=user.pk, session_id=signed_in.session_id, address=client.address),
        action="account.signed_in",
        subject=("user", user.pk),
        organisation_id=None,
        data={"method": "code"},
        private={"device_name": client.device_name},
    )
    return replace(signed_in, is_new_person=before is None)
