"""A person's own account: settings, real name, mobile number."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from backend.accounts.models import Identity, IdentityAttempt, User
from backend.accounts.rules.actors import person_of
from backend.accounts.rules.limits import Limit, reached
from backend.accounts.rules.numbers import normalised_id_number, normalised_name
from backend.accounts.selectors import ID_PURPOSE, own_profile, phone_index
from backend.accounts.services.codes import mobile_or_refuse, use_code
from backend.accounts.services.locks import lock_user
from backend.accounts.services.policies import current_policy, wait_headers
from backend.accounts.services.sessions import end_all_sessions
from backend.accounts.types import AccountError, EndReason, Profile, RealNameLevel
from backend.journal.services import record
from kernel import clock
from kernel.actors import Actor
from kernel.crypto import blind_index
from kernel.errors import CommonError, DomainError, FieldError, Text
from kernel.masking import MaskKind, mask
from sms.services import queue_message
from sms.types import Purpose

_DAY = 86400


@transaction.atomic
def update_profile(
    *, actor: Actor, version: int, language: str | None = None, preferences: Mapping[str, bool] | None = None
) -> Profile:
    """Change language or preferences of the own account; what is None stays. Raises STALE with the current version."""
    user = lock_user(person_of(actor))
    if user.version != version:
        raise DomainError(CommonError.STALE, extra={"current_version": user.version})
    if language is not None:
        user.language = language
    if preferences is not None:
        user.preferences = {**user.preferences, **preferences}
    user.save_change("language", "preferences", at=clock.now())
    record(
        actor=actor,
        action="account.profile_changed",
        subject=("user", user.pk),
        organisation_id=None,
        data={"language": user.language, "preferences": dict(user.preferences)},
    )
    return own_profile(actor)


def give_identity(*, actor: Actor, name: str, id_number: str) -> Profile:
    """Give the real name and citizen identity number; the same once more changes nothing.

    One number belongs to one account; that it is taken looks the same as a wrong number. Raises IDENTITY_REFUSED,
    IDENTITY_FIXED (another identity stands), IDENTITY_LIMIT with Retry-After.
    """
    user_id = person_of(actor)
    _count_attempt(user_id)
    keep_identity(actor=actor, user_id=user_id, name=name, id_number=id_number)
    return own_profile(actor)


def keep_identity(*, actor: Actor, user_id: UUID, name: str, id_number: str) -> None:
    """Note a person's real name and number, as `give_identity` does, without counting tries."""
    number = normalised_id_number(id_number, today=clock.today())
    if number is None:
        raise _identity_refusal()
    try:
        with transaction.atomic():
            _keep(actor, user_id, normalised_name(name), number)
    except IntegrityError as exc:
        raise _identity_refusal() from exc


def _count_attempt(user_id: UUID) -> None:
    with transaction.atomic(durable=True):
        lock_user(user_id)
        now = clock.now()
        made = IdentityAttempt.objects.filter(user_id=user_id, at__gt=now - timedelta(seconds=_DAY))
        limit = Limit(current_policy().identity_attempts_per_day, _DAY)
        hit = reached([limit], list(made.values_list("at", flat=True)), now)
        if hit is not None:
            raise DomainError(
                AccountError.IDENTITY_LIMIT,
                headers=wait_headers((hit.free_at - now).total_seconds()),
                until=f"{clock.local(hit.free_at):%m-%d %H:%M}",
            )
        IdentityAttempt.objects.create(user_id=user_id, at=now)


def _keep(actor: Actor, user_id: UUID, name: str, number: str) -> None:
    user, index = lock_user(user_id), blind_index(number, purpose=ID_PURPOSE)
    standing = Identity.objects.filter(user=user).first()
    if standing is not None:
        if bytes(standing.id_index) == index and standing.name == name:
            return
        raise DomainError(AccountError.IDENTITY_FIXED)
    now = clock.now()
    level = RealNameLevel.ID_CHECKED
    Identity.objects.create(user=user, name=name, id_number=number, id_index=index, level=level, confirmed_at=now)
    user.save_change(at=now)
    record(
        actor=actor,
        action="account.identity_given",
        subject=("user", user.pk),
        organisation_id=None,
        data={"level": int(level)},
        private={"name": name, "id_number": number},
    )


def _identity_refusal() -> DomainError:
    text = Text("请核对姓名和 18 位公民身份号码。", "Check the name and the 18 characters of the ID number.")
    return DomainError(AccountError.IDENTITY_REFUSED, errors=[FieldError("/id_number", "not_confirmed", text)])


def change_phone(*, actor: Actor, phone: str, code: str) -> Profile:
    """Move the own account to another mobile number, shown by a code sent there; all other sessions end, the old
    number is told by SMS.

    Raises VALIDATION, CODE_INVALID, PHONE_TAKEN.
    """
    number = mobile_or_refuse(phone)
    with transaction.atomic(durable=True):
        right = use_code(number, code)
    if not right:
        raise DomainError(AccountError.CODE_INVALID)
    try:
        with transaction.atomic():
            _move(actor, number)
    except IntegrityError as exc:
        raise DomainError(AccountError.PHONE_TAKEN) from exc
    return own_profile(actor)


def _move(actor: Actor, number: str) -> None:
    user = lock_user(person_of(actor))
    former = user.phone
    user.phone, user.phone_index = number, phone_index(number)
    user.save_change("phone", "phone_index", at=clock.now())
    end_all_sessions(actor=actor, user=user, reason=EndReason.PHONE_CHANGED, except_id=actor.session_id)
    record(
        actor=actor,
        action="account.phone_changed",
        subject=("user", user.pk),
        organisation_id=None,
        data={},
        private={"from": former or "", "to": number},
    )
    if former and former != number:
        _tell_former(former, number, user)


def _tell_former(former: str, number: str, user: User) -> None:
    """Whoever holds the old number learns of the move: it may not have been the account's owner who made it."""
    queue_message(
        to=former,
        template="security",
        params={"what": f"已改用手机号{mask(number, MaskKind.MOBILE)}"},
        purpose=Purpose.STATUTORY,
        reference=f"account:{user.pk}:phone:{user.version}",
        person_id=user.pk,
    )
